"""What goes in and out of the slice."""

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

TargetKind = Literal["enterprise", "individual_business", "cooperative", "product", "project", "behaviour"]
TargetStatus = Literal["operating", "deregistered", "revoked", "moved", "gone"]
CreditRiskClass = Literal["A", "B", "C", "D"]


class Position(Struct, frozen=True):
    """A WGS-84 position in degrees."""

    latitude: float
    longitude: float


class Industry(Struct, frozen=True):
    """An industry of GB/T 4754."""

    code: str
    name: str


class TargetView(Struct, frozen=True):
    """A target as an inspector needs it."""

    id: UUID
    name: str
    kind: TargetKind
    credit_code: str | None
    address: str
    position: Position | None
    industry: Industry
    credit_risk_class: CreditRiskClass


class TargetRef(Struct, frozen=True):
    """A target as lists name it; its kind decides which questions a checklist asks."""

    id: UUID
    name: str
    kind: TargetKind
    credit_code: str | None
    address: str


class NewTarget(Struct, frozen=True):
    """A target to enter."""

    name: str
    kind: TargetKind
    address: str
    industry: Industry
    credit_risk_class: CreditRiskClass
    credit_code: str | None = None
    legal_representative: str | None = None
    position: Position | None = None
    status: TargetStatus = "operating"


class NewInspector(Struct, frozen=True):
    """An inspector to enter."""

    department_id: UUID
    name: str
    post: str
    certificate_number: str
    certificate_expires_on: date
    staff_kind: Literal["enforcement", "qualified", "daily_supervision"] = "enforcement"
    unit: str = ""
    qualification: str = ""
    expertise: tuple[str, ...] = ()
    region: str = ""


class InspectorRef(Struct, frozen=True):
    """An inspector as other records name him."""

    id: UUID
    name: str
    certificate_number: str
    department_id: UUID

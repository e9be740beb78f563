"""What goes in and out where people are looked after."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.kernel.clock import Instant

Line = Annotated[str, Meta(min_length=1, max_length=100)]
Short = Annotated[str, Meta(max_length=100)]
Reason = Annotated[str, Meta(min_length=1, max_length=500)]
StaffKind = Literal["enforcement", "qualified", "daily_supervision"]
ServiceStatus = Literal["active", "transferred", "retired"]
ReviewState = Literal["changed", "refused", "reviewed"]
ReviewDecision = Literal["accept", "refuse"]
InspectorSort = Literal["name", "-name", "certificate_expires_on", "-certificate_expires_on"]
NotDrawable = Literal["left", "staff_kind", "certificate_expired", "not_reviewed"]
Drawable = Literal["yes", "left", "staff_kind", "certificate_expired", "not_reviewed"]
TrainingResult = Literal["passed", "failed", "attended"]
ExpertKind = Literal["testing", "audit", "consulting", "institute", "person"]
ExpertStatus = Literal["active", "ended"]
ExpertSort = Literal["name", "-name"]


class InspectorQuery(Struct, frozen=True):
    """What a list of inspectors is narrowed down to. `expires_within` counts days from today; expired ones are in."""

    q: str | None = None
    department_id: UUID | None = None
    staff_kind: StaffKind | None = None
    status: ServiceStatus | None = None
    review_state: ReviewState | None = None
    expires_within: int | None = None
    expertise: str | None = None
    region: str | None = None
    drawable: Drawable | None = None
    sort: InspectorSort = "name"


class SaveInspector(Struct, frozen=True, forbid_unknown_fields=True):
    """An inspector as a clerk enters or changes him; `version` is what the editor saw, null to enter."""

    department_id: UUID
    name: Line
    post: Short
    unit: Short
    staff_kind: StaffKind
    certificate_number: Line
    certificate_expires_on: date
    qualification: Short = ""
    expertise: Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(max_length=20)] = []
    region: Short = ""
    version: int | None = None


class InspectorView(Struct, frozen=True):
    """An inspector as lists show him; `not_drawable` says what keeps him out of a draw today."""

    id: UUID
    department_id: UUID
    department_name: str
    name: str
    post: str
    unit: str
    staff_kind: StaffKind
    certificate_number: str
    certificate_expires_on: date
    qualification: str
    expertise: list[str]
    region: str
    status: ServiceStatus
    review_state: ReviewState
    not_drawable: list[NotDrawable]
    version: int


class InterestView(Struct, frozen=True):
    """A declared interest; `holds` today."""

    id: UUID
    target_id: UUID | None
    target_name: str | None
    credit_code: str | None
    reason: str
    since: date
    ended_on: date | None
    holds: bool


class SaveTraining(Struct, frozen=True, forbid_unknown_fields=True):
    """A training that was taken."""

    title: Line
    organiser: Line
    held_on: date
    hours: Annotated[int, Meta(ge=1, le=1000)]
    result: TrainingResult


class TrainingView(Struct, frozen=True):
    """A training as the registry keeps it."""

    id: UUID
    title: str
    organiser: str
    held_on: date
    hours: int
    result: TrainingResult


class InspectorDetail(Struct, frozen=True):
    """An inspector with all that is known; `may_edit` and `may_review` say what the reader may do."""

    inspector: InspectorView
    reviewed_on: date | None
    review_reference: str | None
    review_reason: str | None
    left_on: date | None
    left_because: str | None
    interests: list[InterestView]
    trainings: list[TrainingView]
    may_edit: bool
    may_review: bool


class PersonVersion(Struct, frozen=True):
    """The row of an inspector or expert as it stood after a change; a department by its name."""

    version: int
    at: Instant
    row: dict[str, Any]


class SaveInterest(Struct, frozen=True, forbid_unknown_fields=True):
    """An interest in a target of the registry, or in whoever has a code; the reason is for the registry only."""

    reason: Reason
    since: date
    target_id: UUID | None = None
    credit_code: Annotated[str, Meta(max_length=18)] | None = None
    ended_on: date | None = None


class Review(Struct, frozen=True, forbid_unknown_fields=True):
    """The justice department's review; `version` is the row that it saw."""

    version: int
    reference: Line


class Seen(Struct, frozen=True, forbid_unknown_fields=True):
    """A row as somebody saw it."""

    id: UUID
    version: int


class DecideReviews(Struct, frozen=True, forbid_unknown_fields=True):
    """What the justice department decides of rows: `words` are its document's number, or why it refuses."""

    decision: ReviewDecision
    words: Line
    rows: Annotated[list[Seen], Meta(min_length=1, max_length=100)]


class UndoReviews(Struct, frozen=True, forbid_unknown_fields=True):
    """Decisions to take back, by the versions that they made."""

    rows: Annotated[list[Seen], Meta(min_length=1, max_length=100)]


class ReviewsDecided(Struct, frozen=True):
    """The rows as they stand after a decision; to take it back one sends them again."""

    rows: list[Seen]


class FieldChange(Struct, frozen=True):
    """A field as it was reviewed last (empty if never), and as it is; a department by its name."""

    field: str
    before: str
    after: str


class ReviewCase(Struct, frozen=True):
    """A row that waits for review or was refused, and what changed; `first`: it was never reviewed."""

    inspector: InspectorView
    first: bool
    changes: list[FieldChange]
    refused_because: str | None
    may_decide: bool
    may_open: bool


class EndService(Struct, frozen=True, forbid_unknown_fields=True):
    """Why an inspector is transferred or retires."""

    reason: Reason


class PeopleStanding(Struct, frozen=True):
    """How the inspectors in service stand today; `expiring` within 60 days. Their words are there to narrow by."""

    active: int
    drawable: int
    to_review: int
    expiring: int
    expired: int
    regions: list[str]
    expertise: list[str]


class PersonFault(Struct, frozen=True):
    """One fault of a file: the line as the spreadsheet shows it, the field, the rule, the value as found."""

    line: int
    field: str
    rule: Literal["required", "unknown", "date", "too_long", "repeated", "not_yours", "left", "formula"]
    value: str


class SaveExpert(Struct, frozen=True, forbid_unknown_fields=True):
    """An expert or a delegated body; `version` is what the editor saw, null to enter."""

    department_id: UUID
    kind: ExpertKind
    name: Line
    field: Line
    credit_code: Annotated[str, Meta(max_length=18)] | None = None
    qualification: Short = ""
    contact: Short = ""
    valid_until: date | None = None
    status: ExpertStatus = "active"
    version: int | None = None


class ExpertView(Struct, frozen=True):
    """An expert or a delegated body."""

    id: UUID
    department_id: UUID
    department_name: str
    kind: ExpertKind
    name: str
    field: str
    credit_code: str | None
    qualification: str
    contact: str
    valid_until: date | None
    status: ExpertStatus
    version: int
    may_edit: bool

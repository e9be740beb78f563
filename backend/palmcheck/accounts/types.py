"""What goes in and out of the slice."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.jurisdictions.types import DepartmentRef, JurisdictionRef

Name = Annotated[str, Meta(min_length=1, max_length=80)]
Role = Literal["inspector", "team_lead", "auditor", "joint_office", "department_administrator", "system_administrator"]


class PublicKey(Struct, forbid_unknown_fields=True, frozen=True):
    """A P-256 public key as JWK."""

    x: str
    y: str
    kty: Literal["EC"] = "EC"
    crv: Literal["P-256"] = "P-256"


class EnrolDevice(Struct, forbid_unknown_fields=True, frozen=True):
    """A phone asks to become an account's device. `proof` signs purpose, device_id and code with the new key."""

    code: Annotated[str, Meta(min_length=4, max_length=40)]
    device_id: UUID
    name: Name
    public_key: PublicKey
    proof: str
    alg: Literal["ES256"] = "ES256"


class EnrolledDevice(Struct, frozen=True):
    """The phone is enrolled: whose it is now."""

    device_id: UUID
    account_id: UUID
    username: str
    display_name: str
    department_name: str | None
    jurisdiction_name: str


class SignIn(Struct, forbid_unknown_fields=True, frozen=True):
    """Name and password; a phone names its device, a desk none."""

    username: Name
    password: Annotated[str, Meta(min_length=1, max_length=200)]
    device_id: UUID | None = None


class AskChallenge(Struct, forbid_unknown_fields=True, frozen=True):
    """A phone wants to take its session up again."""

    device_id: UUID


class Challenge(Struct, frozen=True):
    """What the phone signs, within two minutes."""

    challenge: str


class ResumeSession(Struct, forbid_unknown_fields=True, frozen=True):
    """The phone's answer: `signature` covers purpose, device_id and challenge."""

    device_id: UUID
    challenge: Annotated[str, Meta(max_length=200)]
    signature: Annotated[str, Meta(max_length=200)]


class Me(Struct, frozen=True):
    """The signed-in account."""

    account_id: UUID
    username: str
    display_name: str
    roles: list[str]
    permissions: list[str]
    jurisdiction: JurisdictionRef
    department: DepartmentRef | None
    inspector_id: UUID | None
    device_id: UUID | None
    must_change_password: bool = False


class NewAccount(Struct, frozen=True):
    """An account to open."""

    username: str
    display_name: str
    password: str
    roles: tuple[Role, ...]
    department_id: UUID | None = None
    inspector_id: UUID | None = None

"""What goes in and out of the administration of accounts, devices, sessions and tokens."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.accounts.types import Name, Role
from palmcheck.jurisdictions.types import DepartmentRef, JurisdictionRef
from palmcheck.kernel.clock import Instant

USERNAME = r"^[a-z0-9][a-z0-9._-]{2,39}$"
Username = Annotated[str, Meta(min_length=3, max_length=40, pattern=USERNAME)]
Reason = Annotated[str, Meta(min_length=2, max_length=500)]
Roles = Annotated[list[Role], Meta(min_length=1, max_length=7)]
AccountStatus = Literal["active", "transferred", "retired"]
Linked = Literal["yes", "no"]
DeviceState = Literal["active", "draining", "revoked"]
RowRule = Literal[
    "required",
    "username",
    "username_taken",
    "duplicate",
    "role",
    "role_not_yours",
    "department",
    "department_needed",
    "too_long",
    "certificate",
    "certificate_department",
    "certificate_taken",
]


class OpenAccount(Struct, forbid_unknown_fields=True, frozen=True):
    """A real-name account to open; it begins with a one-time password."""

    username: Username
    display_name: Name
    roles: Roles
    department_id: UUID | None = None
    inspector_id: UUID | None = None


class ChangeAccount(Struct, frozen=True):
    """What an account is to be from now on; If-Match names the version that was edited."""

    display_name: Name
    roles: Roles
    department_id: UUID | None = None
    inspector_id: UUID | None = None


class EndAccount(Struct, forbid_unknown_fields=True, frozen=True):
    """A transfer or a retirement."""

    status: Literal["transferred", "retired"]
    reason: Reason


class GiveReason(Struct, forbid_unknown_fields=True, frozen=True):
    """Why."""

    reason: Reason


class AccountView(Struct, frozen=True):
    """An account as lists show it; `may_administer`: whether the caller may change it."""

    id: UUID
    username: str
    display_name: str
    roles: list[str]
    department: DepartmentRef | None
    jurisdiction: JurisdictionRef
    inspector_id: UUID | None
    status: AccountStatus
    must_change_password: bool
    last_sign_in_at: Instant | None
    device_state: DeviceState | None
    ended_at: Instant | None
    ended_because: str | None
    version: int
    may_administer: bool


class OpenedAccount(Struct, frozen=True):
    """The account with its one-time password, which is shown this once; a repeat has null."""

    account: AccountView
    one_time_password: str | None


class NewPassword(Struct, frozen=True):
    """A one-time password, shown this once."""

    one_time_password: str


class NewEnrolmentCode(Struct, frozen=True):
    """A one-time code for one phone, and the same as a QR code: `payload` as an SVG image."""

    code: str
    payload: str
    qr_svg: str
    expires_at: Instant


class SessionView(Struct, frozen=True):
    """A signed-in browser or phone; `current`: the one that asks."""

    id: UUID
    began_at: Instant
    expires_at: Instant
    address: str | None
    browser: str | None
    device_id: UUID | None
    device_name: str | None
    current: bool


class DeviceView(Struct, frozen=True):
    """A phone and whose it is. `draining`: replaced, may send what it still holds until `drains_until` (R17)."""

    id: UUID
    name: str
    state: DeviceState
    enrolled_at: Instant
    drains_until: Instant | None
    account_id: UUID
    username: str
    display_name: str
    department: DepartmentRef | None
    jurisdiction: JurisdictionRef
    may_administer: bool


HistoryField = Literal["display_name", "roles", "department", "inspector", "status"]


class AccountFieldChange(Struct, frozen=True):
    """What a field held before and after, in words or role codes; a name's words are kept nowhere (R18)."""

    field: HistoryField
    before: list[str]
    after: list[str]


class AccountHistoryEntry(Struct, frozen=True):
    """One entry of an account's history; `by_name`: who did it, null for the person himself at a door, or the system.

    `number` and `name` are those of the trail.
    """

    number: int
    at: Instant
    name: str
    by_name: str | None
    changes: list[AccountFieldChange]
    reason: str | None


class ChangePassword(Struct, forbid_unknown_fields=True, frozen=True):
    """The password at hand, and the one that is to be."""

    current: Annotated[str, Meta(min_length=1, max_length=200)]
    new: Annotated[str, Meta(min_length=1, max_length=200)]


class IssueToken(Struct, forbid_unknown_fields=True, frozen=True):
    """A machine client's token to issue: what it may do, and until which day."""

    name: Name
    scopes: Annotated[list[str], Meta(min_length=1, max_length=20)]
    expires_on: date


class TokenView(Struct, frozen=True):
    """A token without its secret."""

    id: UUID
    name: str
    scopes: list[str]
    issued_at: Instant
    expires_at: Instant
    last_used_at: Instant | None
    revoked_at: Instant | None


class IssuedToken(Struct, frozen=True):
    """The token with its secret, which is shown this once; a repeat has null."""

    token: TokenView
    secret: str | None


class BadRow(Struct, frozen=True):
    """A row that was not taken: the line in the sheet, the column, what stood there, and the rule."""

    line: int
    column: str
    value: str
    rule: RowRule


class OpenedRow(Struct, frozen=True):
    """A row that became an account, with the password that is shown this once."""

    line: int
    account_id: UUID
    username: str
    display_name: str
    one_time_password: str


class AccountImportReport(Struct, frozen=True):
    """What became of a file: accounts opened, accounts of before that got their inspector, rows that were there
    already, rows that were not taken.

    With mode `all` and a bad row nothing is taken. A repeat answers the same without passwords.
    """

    id: UUID
    filename: str
    mode: Literal["all", "good_rows"]
    opened: int
    linked: int
    unchanged: int
    bad_rows: list[BadRow]
    opened_rows: list[OpenedRow]

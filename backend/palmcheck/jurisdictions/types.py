"""What goes in and out of the slice."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.jurisdictions.settings.kinds import Kind, Theme
from palmcheck.kernel.clock import Instant

PersonName = Annotated[str, Meta(min_length=1, max_length=50)]


class DepartmentRef(Struct, frozen=True):
    """A department as other records name it."""

    id: UUID
    name: str
    code: str


class JurisdictionRef(Struct, frozen=True):
    """A jurisdiction as other records name it."""

    id: UUID
    name: str


class NewDepartment(Struct, frozen=True):
    """A department to found with its jurisdiction."""

    code: str
    name: str


class NewJurisdiction(Struct, frozen=True):
    """A jurisdiction to found."""

    id: UUID
    code: str
    name: str
    level: str
    departments: tuple[NewDepartment, ...]
    parent_id: UUID | None = None


Value = int | bool | str
"""What a setting may hold."""


class Author(Struct, frozen=True):
    """Who changed something here, as he was called then; without an account it was the system."""

    account_id: UUID | None = None
    name: str | None = None


class SettingView(Struct, frozen=True):
    """A setting with its value in force. `version`: how often it was changed, for If-Match; ratios in 1/10,000."""

    key: str
    theme: Theme
    kind: Kind
    value: Value
    default: Value
    unit: str
    minimum: int | None
    maximum: int | None
    choices: list[str]
    source: str
    rule: str | None
    version: int
    since: Instant | None
    author_name: str | None
    reason: str | None


class SettingChange(Struct, frozen=True):
    """One change of a setting; the first one replaced the default."""

    value: Value
    before: Value
    since: Instant
    reason: str
    author_name: str | None


class ChangeSetting(Struct, frozen=True, forbid_unknown_fields=True):
    """Another value, and why."""

    value: Value
    reason: Annotated[str, Meta(max_length=500)]


class Responsible(Struct, frozen=True, forbid_unknown_fields=True):
    """The three persons who answer for a department: first, leading and direct (S3 四(一)). Names only."""

    first: PersonName | None = None
    leading: PersonName | None = None
    direct: PersonName | None = None


class DepartmentView(Struct, frozen=True):
    """A department with who answers for it. `version` is for If-Match."""

    id: UUID
    jurisdiction_id: UUID
    code: str
    name: str
    responsible: Responsible
    version: int


class ResponsibleChange(Struct, frozen=True):
    """Who answered for a department from an instant on."""

    responsible: Responsible
    version: int
    since: Instant
    author_name: str | None


class TreeNode(Struct, frozen=True):
    """One jurisdiction of the tree, with its departments; `depth` counts from the reader's own."""

    id: UUID
    parent_id: UUID | None
    code: str
    name: str
    level: str
    depth: int
    departments: list[DepartmentView]


class Tree(Struct, frozen=True):
    """A jurisdiction and all below it, each after the one above it."""

    items: list[TreeNode]


class DayView(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether one day is a working day."""

    day: date
    is_working: bool


class CalendarVersionView(Struct, frozen=True):
    """One version of the calendar: how many days it changed, who did it and why."""

    version: int
    since: Instant
    reason: str
    author_name: str | None
    changes: list[DayView]


class CalendarYear(Struct, frozen=True):
    """A year of the newest calendar; `missing` when there is no table for it: no deadline can be counted into it.

    `missing_years`: this year and the next, as far as they have none.
    """

    year: int
    version: int
    missing: bool
    missing_years: list[int]
    years: list[int]
    days: list[DayView]
    versions: list[CalendarVersionView]


class ChangeDays(Struct, frozen=True, forbid_unknown_fields=True):
    """Days that are to be working or free, and why."""

    changes: Annotated[list[DayView], Meta(min_length=1, max_length=2000)]
    reason: Annotated[str, Meta(max_length=500)]


class FileFault(Struct, frozen=True):
    """A line of a calendar file that cannot be used; `rule`: columns | date | working | twice."""

    line: int
    field: str
    rule: str
    value: str


class CalendarFile(Struct, frozen=True):
    """What a calendar file says: the days that would change, and the lines that cannot be used."""

    days: int
    changes: list[DayView]
    faults: list[FileFault]
    version: int

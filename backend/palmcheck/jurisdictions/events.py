"""What happens in this slice."""

from datetime import date
from uuid import UUID

from palmcheck.kernel.events import Event


class JurisdictionFounded(Event, frozen=True):
    """A jurisdiction entered the tree, with its departments and its calendar."""

    name = "jurisdiction.founded"
    code: str
    departments: list[UUID]
    calendar_years: list[int]


class SettingChanged(Event, frozen=True):
    """A setting has another value from now on."""

    name = "setting.changed"
    key: str
    value: str
    reason: str
    before: str | None = None


class CalendarChanged(Event, frozen=True):
    """The working-day table has a new version: open deadlines are counted anew."""

    name = "calendar.changed"
    version: int
    first_day: date
    last_day: date
    days: int
    changes_sha256: str
    reason: str


class ResponsibleNamed(Event, frozen=True):
    """A department named its responsible persons; `posts` says which changed, the names stand in the table (R18)."""

    name = "department.responsible_named"
    department_id: UUID
    version: int
    posts: list[str]

"""What happens in this slice."""

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

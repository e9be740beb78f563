"""The 44 joint check items of the demonstration, and which trade of the registry each subject is found under."""

from functools import cache
from importlib.resources import files

import msgspec

from palmcheck.demonstration.places import SHORT_NAMES


class JointItem(msgspec.Struct, frozen=True):
    """An item as the list has it; `ratios` for the classes A to D and `cap` in 1/10,000."""

    code: str
    area: str
    big_class: str
    name: str
    lead: str
    joint: list[str]
    subject: str
    key: bool
    cap: int | None
    ratios: list[int]
    method: str
    basis: str
    checklist: str | None

    @property
    def lead_department(self) -> str:
        """Code of the department that leads."""
        return SHORT_NAMES[self.lead]

    @property
    def departments(self) -> tuple[str, ...]:
        """Codes of all departments, the lead's first."""
        return tuple(SHORT_NAMES[name] for name in (self.lead, *self.joint))


@cache
def joint_items() -> dict[str, JointItem]:
    """The items by code."""
    source = files("palmcheck.demonstration").joinpath("joint_items.json")
    return {each.code: each for each in msgspec.json.decode(source.read_bytes(), type=list[JointItem])}

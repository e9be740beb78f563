"""The 44 joint check items that come with the program, to start a joint list from and for the demonstration.

They are examples: ratios and caps are nobody's plan, and `doubtful` says what to look up before an item is used.
"""

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from msgspec import Struct

from palmcheck.catalogue.types import ItemClass

RiskClass = Literal["A", "B", "C", "D"]


class JointItem(Struct, frozen=True, forbid_unknown_fields=True):
    """One item. `lead` and `joint` are short Chinese names of departments; `ratio_cap`, `ratios` in 1/10,000."""

    code: str
    area: str
    big_class: str
    name: str
    lead: str
    joint: list[str]
    target_range: str
    item_class: ItemClass
    ratio_cap: int | None
    ratios: dict[RiskClass, int]
    method: str
    basis: list[str]
    standards: list[str]
    checklist: str | None
    doubtful: str | None = None


@cache
def joint_items() -> tuple[JointItem, ...]:
    """The items by code."""
    return msgspec.json.decode((files(__name__) / "joint.json").read_bytes(), type=tuple[JointItem, ...])

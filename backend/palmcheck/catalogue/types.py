"""What goes in and out of the slice."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.catalogue.checklist_language import Checklist

ItemClass = Literal["general", "key"]


class CheckItemRef(Struct, frozen=True):
    """An item as other records name it."""

    id: UUID
    code: str
    name: str


class ChecklistVersionView(Struct, frozen=True):
    """One version of a checklist, whole."""

    id: UUID
    code: str
    version: int
    content: Checklist


class NewCheckItem(Struct, frozen=True):
    """An item to list. `ratio_cap` in 1/10,000; None for key items (R6)."""

    code: str
    name: str
    big_class: str
    department_id: UUID
    item_class: ItemClass
    basis: str
    method: str
    ratio_cap: int | None = None

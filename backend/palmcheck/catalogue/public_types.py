"""What the public gets of the catalogue."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.types import ItemClass


class PublicItem(Struct, frozen=True):
    """An item on the public list (R10)."""

    id: UUID
    jurisdiction: str
    code: str
    name: str
    big_class: str
    area: str
    department: str
    joint_departments: list[str]
    item_class: ItemClass
    target_range: str
    method: str
    ratio_cap: int | None
    basis: str
    standards: list[str]
    version: int
    listed_at: datetime


class PublicChange(Struct, frozen=True):
    """One field of an item before and after an amendment."""

    field: str
    before: str
    after: str


class PublicVersion(Struct, frozen=True):
    """A version of an item, why it came, and what it changed. `reason` null: first listed."""

    version: int
    since: datetime
    reason: str | None
    changes: list[PublicChange]


class PublicItemDetail(Struct, frozen=True):
    """An item whole, as far as it is public. `checklist_id`: the newest version of its form."""

    item: PublicItem
    content: str
    method_note: str
    visits_cap: int | None
    checklist_code: str | None
    checklist_id: UUID | None
    retired_at: datetime | None
    versions: list[PublicVersion]


class PublicChecklistRow(Struct, frozen=True):
    """One version of a form, with how much it asks."""

    id: UUID
    jurisdiction: str
    code: str
    version: int
    title: dict[str, str]
    questions: int
    published_at: datetime


class PublicChecklist(Struct, frozen=True):
    """A form that anybody may read and print, with its other versions, newest first."""

    row: PublicChecklistRow
    content: Checklist
    versions: list[PublicChecklistRow]

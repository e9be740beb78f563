"""What goes in and out of the slice about checklists and their drafts."""

from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.catalogue.checklist_mistakes import Mistake
from palmcheck.jurisdictions.types import FileFault
from palmcheck.kernel.clock import Instant


class ChecklistRow(Struct, frozen=True):
    """A published version of a checklist, with how much it asks."""

    id: UUID
    code: str
    version: int
    title: dict[str, str]
    questions: int
    published_at: Instant


class SaveDraft(Struct, frozen=True, forbid_unknown_fields=True):
    """A checklist as far as it is written: any JSON object; what is wrong with it is told, not refused."""

    code: Annotated[str, Meta(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}(?!\n)$")]
    content: dict[str, Any]


class ChecklistFile(Struct, frozen=True):
    """What a file says as a draft: its sections, and the cells that could not be used."""

    content: dict[str, Any]
    faults: list[FileFault]


class DraftRow(Struct, frozen=True):
    """A draft as a list shows it."""

    id: UUID
    code: str
    title: dict[str, str]
    version: int
    saved_at: Instant
    author_name: str | None
    published_checklist_id: UUID | None


class DraftView(Struct, frozen=True):
    """A draft whole, with its mistakes. `next_version`: the number it would be published under."""

    row: DraftRow
    content: dict[str, Any]
    mistakes: list[Mistake]
    next_version: int

"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class CheckItemListed(Event, frozen=True):
    """An item stands on the public list (R24)."""

    name = "catalogue.check_item_listed"
    check_item_id: UUID
    code: str


class ChecklistPublished(Event, frozen=True):
    """A version of a checklist may be used."""

    name = "catalogue.checklist_published"
    checklist_id: UUID
    code: str
    version: int
    content_sha256: str

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


class CheckItemAmended(Event, frozen=True):
    """An item says something else from now on."""

    name = "catalogue.check_item_amended"
    check_item_id: UUID
    code: str
    version: int
    changed: list[str]
    content_sha256: str
    reason: str


class CheckItemRetired(Event, frozen=True):
    """An item leaves the public list."""

    name = "catalogue.check_item_retired"
    check_item_id: UUID
    code: str
    reason: str


class CheckItemReinstated(Event, frozen=True):
    """A retired item stands on the public list again."""

    name = "catalogue.check_item_reinstated"
    check_item_id: UUID
    code: str
    reason: str


class CheckItemClaimed(Event, frozen=True):
    """An item of the level above is taken on here (认领)."""

    name = "catalogue.check_item_claimed"
    check_item_id: UUID
    upper_item_id: UUID
    department_id: UUID


class ItemReportedMissing(Event, frozen=True):
    """The list above lacks an item."""

    name = "catalogue.item_reported_missing"
    missing_item_id: UUID
    upper_jurisdiction_id: UUID
    department_id: UUID


class MissingItemAnswered(Event, frozen=True):
    """The level above answered a report."""

    name = "catalogue.missing_item_answered"
    missing_item_id: UUID
    state: str


class ImplementationDrawnUp(Event, frozen=True):
    """A department said what it makes of an item; a later version replaces it."""

    name = "catalogue.implementation_drawn_up"
    implementation_item_id: UUID
    check_item_id: UUID
    department_id: UUID
    version: int
    content_sha256: str


class ImplementationBrokenDown(Event, frozen=True):
    """The unit that does it is named."""

    name = "catalogue.implementation_broken_down"
    implementation_item_id: UUID
    check_item_id: UUID
    unit: str


class ImplementationCompliant(Event, frozen=True):
    """An implementation item was found compliant."""

    name = "catalogue.implementation_compliant"
    implementation_item_id: UUID
    check_item_id: UUID


class ChecklistDraftSaved(Event, frozen=True):
    """A draft was saved."""

    name = "catalogue.checklist_draft_saved"
    checklist_draft_id: UUID
    code: str
    version: int
    content_sha256: str


class ChecklistDraftDiscarded(Event, frozen=True):
    """A draft was thrown away; whoever threw it away may put it back under its id."""

    name = "catalogue.checklist_draft_discarded"
    checklist_draft_id: UUID
    code: str
    version: int

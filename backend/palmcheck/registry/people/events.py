"""What happens to people of the registry: ids and names of fields, no personal data (R15, R18)."""

from uuid import UUID

from palmcheck.kernel.events import Event


class InspectorSaved(Event, frozen=True):
    """An inspector was entered or changed; `version` leads to the row as it stood after."""

    name = "registry.inspector_saved"
    inspector_id: UUID
    department_id: UUID
    version: int
    fields: list[str]
    review_state: str


class InspectorReviewed(Event, frozen=True):
    """The justice department reviewed the row."""

    name = "registry.inspector_reviewed"
    inspector_id: UUID
    version: int
    reference: str


class InspectorRefused(Event, frozen=True):
    """The justice department refused the row; its reason stands with the row (R18)."""

    name = "registry.inspector_refused"
    inspector_id: UUID
    version: int


class InspectorReviewUndone(Event, frozen=True):
    """A decision of the review was taken back; the row waits again."""

    name = "registry.inspector_review_undone"
    inspector_id: UUID
    version: int


class InspectorLeft(Event, frozen=True):
    """An inspector was transferred or retired: he is drawn no more, and his account's rights end (R2)."""

    name = "registry.inspector_left"
    inspector_id: UUID
    version: int
    status: str


class InspectorReturned(Event, frozen=True):
    """An inspector is back in service; the row waits for review."""

    name = "registry.inspector_returned"
    inspector_id: UUID
    version: int


class InterestDeclared(Event, frozen=True):
    """An interest was declared, changed or ended (R21)."""

    name = "registry.interest_declared"
    inspector_id: UUID
    interest_id: UUID
    target_id: UUID | None
    ended: bool


class TrainingRecorded(Event, frozen=True):
    """A training was recorded or corrected."""

    name = "registry.training_recorded"
    inspector_id: UUID
    training_id: UUID


class InspectorsImported(Event, frozen=True):
    """A file of inspectors was read in; the event that received it has its digest."""

    name = "registry.inspectors_imported"
    import_id: UUID
    new: int
    changed: int
    unchanged: int
    bad: int


class ExpertSaved(Event, frozen=True):
    """An expert or delegated body was entered or changed."""

    name = "registry.expert_saved"
    expert_id: UUID
    department_id: UUID
    version: int
    fields: list[str]

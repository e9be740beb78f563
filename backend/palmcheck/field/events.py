"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class FeedExtended(Event, frozen=True):
    """Inspectors have something to pull."""

    name = "field.feed_extended"
    inspector_ids: list[UUID]
    kind: str


class OperationAccepted(Event, frozen=True):
    """A signed operation took effect; its hash stands for its bytes."""

    name = "field.operation_accepted"
    operation_id: UUID
    kind: str
    operation_sha256: str
    disputed: bool


class OperationRejected(Event, frozen=True):
    """A signed operation was refused; it stays on the phone, with the reason."""

    name = "field.operation_rejected"
    operation_id: UUID
    kind: str
    operation_sha256: str
    problem: str


class VaultOpened(Event, frozen=True):
    """Somebody forgot his phone's PIN and got at his drafts by his password."""

    name = "field.vault_opened"
    account_id: UUID


class UnsentFileOpened(Event, frozen=True):
    """A file of unsent work is taken in by a phone of the account that wrote it."""

    name = "field.unsent_file_opened"
    account_id: UUID
    written_by: UUID

"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class RecordPublished(Event, frozen=True):
    """A part's result is public (R10, R11)."""

    name = "publication.record_published"
    record_id: UUID
    part_id: UUID
    version: int
    body_sha256: str

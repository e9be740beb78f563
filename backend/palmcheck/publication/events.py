"""What happens in this slice."""

from datetime import date
from uuid import UUID

from palmcheck.kernel.events import Event


class RecordPublished(Event, frozen=True):
    """A part's result is public (R10, R11)."""

    name = "publication.record_published"
    record_id: UUID
    part_id: UUID
    version: int
    body_sha256: str


class DeadlineRecounted(Event, frozen=True):
    """A record's last day to publish moved with the working-day table (R12); none where a table ends."""

    name = "publication.deadline_recounted"
    record_id: UUID
    part_id: UUID
    due_before: date | None
    due_now: date | None
    calendar_version: int


class DeadlinesRecounted(Event, frozen=True):
    """All open deadlines were held against a version of the calendar; `moved` of them are entries of their own."""

    name = "publication.deadlines_recounted"
    calendar_version: int
    looked_at: int
    moved: int

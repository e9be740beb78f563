"""What happens in this slice."""

from datetime import date
from uuid import UUID

from palmcheck.kernel.events import Event


class FollowUpOpened(Event, frozen=True):
    """Something is to be done about a found problem (R13)."""

    name = "followup.opened"
    follow_up_id: UUID
    part_id: UUID
    kind: str
    due_on: date | None


class FollowUpsVoided(Event, frozen=True):
    """The result that found these problems was set aside; what replaced it opens its own."""

    name = "followup.voided"
    part_id: UUID
    follow_up_ids: list[UUID]


class DisposalRecorded(Event, frozen=True):
    """What was done about a problem is on record (R13)."""

    name = "followup.disposal_recorded"
    follow_up_id: UUID
    part_id: UUID


class DisposalVerified(Event, frozen=True):
    """A second person has seen that a problem is handled (R13)."""

    name = "followup.disposal_verified"
    follow_up_id: UUID
    part_id: UUID

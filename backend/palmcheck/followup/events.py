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

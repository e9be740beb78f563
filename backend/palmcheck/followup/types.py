"""What goes out of the slice."""

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.kernel.clock import Instant

FollowUpKind = Literal["on_the_spot", "order_to_correct", "case", "coercive", "transfer", "referral", "hazard_notice"]
FollowUpState = Literal["opened", "done", "verified", "void"]


class FollowUpView(Struct, frozen=True):
    """What is done about one found problem."""

    id: UUID
    inspection_id: UUID
    part_id: UUID
    question_key: str | None
    finding: str
    photo_ids: list[UUID]
    kind: FollowUpKind
    state: FollowUpState
    due_on: date | None
    opened_at: Instant
    done_at: Instant | None

"""What goes out of the slice."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.kernel.clock import Instant

FollowUpKind = Literal["on_the_spot", "order_to_correct", "case", "coercive", "transfer", "referral", "hazard_notice"]
FollowUpState = Literal["opened", "done", "verified", "void"]


class FollowUpView(Struct, frozen=True):
    """What is done about one found problem."""

    id: UUID
    inspection_id: UUID
    part_id: UUID
    department_id: UUID
    question_key: str | None
    finding: str
    photo_ids: list[UUID]
    kind: FollowUpKind
    state: FollowUpState
    due_on: date | None
    opened_at: Instant
    done_at: Instant | None
    disposal: str | None
    disposed_by: UUID | None
    verified_at: Instant | None
    verification: str | None


class RecordDisposal(Struct, frozen=True, forbid_unknown_fields=True):
    """What was done about a problem."""

    what: Annotated[str, Meta(min_length=1, max_length=2000)]


class VerifyDisposal(Struct, frozen=True, forbid_unknown_fields=True):
    """What a second person saw."""

    seen: Annotated[str, Meta(min_length=1, max_length=2000)]

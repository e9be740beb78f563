"""What goes in and out of the slice."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.inspections.on_site_types import Words
from palmcheck.kernel.clock import Instant

About = Literal["inspection", "inspections", "plan_task", "nothing"]
"""Where a row leads: one visit, the visits of a task, a task with its draw."""
Kind = Literal[
    "visits_issued",
    "visits_dated",
    "visits_undated",
    "draw_made",
    "dispute_to_decide",
    "dispute_decided",
    "recusal_asked",
    "message",
    "visit_due",
    "visit_overdue",
    "publication_due",
    "publication_overdue",
    "follow_up_due",
    "follow_up_overdue",
]
Values = dict[str, str | int]
MOST_AT_ONCE = 1000
MOST_NAMED = 500


@dataclass(frozen=True)
class News:
    """What one account is told: where it leads, and what fills the places of the kind's text."""

    about: About
    subject_id: UUID
    values: Values


class NotificationView(Struct, frozen=True):
    """A row of the inbox. `kind` and `values` make its text; `about` and `subject_id` say where it leads."""

    id: UUID
    kind: Kind
    values: Values
    about: About
    subject_id: UUID
    created_at: Instant
    read_at: Instant | None


class InboxCount(Struct, frozen=True):
    """How many rows are not read yet."""

    unread: int


class NewestOfInbox(Struct, frozen=True):
    """The newest rows, for a phone to keep. `version` stands for them: with it a repeat is answered without rows."""

    version: str
    unread: int
    items: list[NotificationView] | None


class LiveNews(Struct, frozen=True):
    """What changed, as topics that screens know. `position`: give it back to hear what changed since."""

    position: int
    topics: list[str]


class ReadUpTo(Struct, forbid_unknown_fields=True, frozen=True):
    """The newest row that was on the screen: what came after it was not seen."""

    newest_id: UUID


class SomeOfInbox(Struct, forbid_unknown_fields=True, frozen=True):
    """Rows of the caller's own inbox."""

    ids: Annotated[list[UUID], Meta(max_length=MOST_AT_ONCE)]


class NewMessage(Struct, forbid_unknown_fields=True, frozen=True):
    """What officers are told. `inspector_ids`: null is everybody who goes on these visits."""

    words: Words
    inspection_ids: Annotated[list[UUID], Meta(max_length=MOST_NAMED)]
    inspector_ids: Annotated[list[UUID], Meta(max_length=MOST_NAMED)] | None = None


class MessageView(Struct, frozen=True):
    """A message as it was sent. `officers`: whom it is for; `reached`: those of them who have an account."""

    id: UUID
    words: str
    sent_by: str
    sent_at: Instant
    officers: int
    reached: int

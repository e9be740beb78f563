"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class Notified(Event, frozen=True):
    """Accounts were told of something; `cause` names what it follows from, the words stand in their inboxes."""

    name = "notifications.notified"
    kind: str
    cause: str
    account_ids: list[UUID]


class Reminded(Event, frozen=True):
    """Rows were reminded of, each once at a step before its due day (R23)."""

    name = "notifications.reminded"
    kind: str
    step: int
    subject_ids: list[UUID]


class InboxRead(Event, frozen=True):
    """An account marked rows of its inbox as read, or took that back."""

    name = "notifications.inbox_read"
    account_id: UUID
    notification_ids: list[UUID]
    read: bool


class MessageSent(Event, frozen=True):
    """A lead wrote to officers; the words stand in the message's row."""

    name = "notifications.message_sent"
    message_id: UUID
    inspection_ids: list[UUID]
    inspector_ids: list[UUID]

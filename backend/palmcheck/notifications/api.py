"""Routes of the slice."""

from litestar import Controller, get, put
from litestar.params import FromQuery, JSONBody

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId
from palmcheck.notifications import inbox, messages
from palmcheck.notifications.types import (
    InboxCount,
    MessageView,
    NewestOfInbox,
    NewMessage,
    NotificationView,
    ReadUpTo,
    SomeOfInbox,
)


class Inbox(Controller):
    """The caller's own inbox."""

    path = "/api/inbox"
    tags = ("notifications",)

    @get("", operation_id="listInbox", guards=[may("self.read")])
    async def list(
        self, tx: OpenTx, actor: SignedIn, unread: FromQuery[bool] = False, cursor: FromQuery[str | None] = None
    ) -> Page[NotificationView]:
        """What the caller was told, newest first; `unread`: only what he has not read."""
        return await inbox.list_inbox(tx.session, actor, cursor, unread=unread)

    @get("/unread-count", operation_id="countInbox", guards=[may("self.read")])
    async def count(self, tx: OpenTx, actor: SignedIn) -> InboxCount:
        """How many rows of the inbox are not read yet."""
        return await inbox.count_unread(tx.session, actor)

    @get("/newest", operation_id="pullInbox", guards=[may("self.read")])
    async def newest(self, tx: OpenTx, actor: SignedIn, known: FromQuery[str | None] = None) -> NewestOfInbox:
        """The newest rows for a phone to keep; `known`: the version that it has, which is not sent again."""
        return await inbox.newest_of_inbox(tx.session, actor, known)

    @put("/read", operation_id="markRead", guards=[may("self.manage")])
    async def read(self, tx: OpenTx, actor: SignedIn, data: JSONBody[SomeOfInbox]) -> SomeOfInbox:
        """Mark rows as read; the answer names those that were not read before, a repeat changes nothing."""
        return SomeOfInbox(await inbox.mark_read(tx, actor, data.ids))

    @put("/unread", operation_id="markUnread", guards=[may("self.manage")])
    async def unread(self, tx: OpenTx, actor: SignedIn, data: JSONBody[SomeOfInbox]) -> SomeOfInbox:
        """Take back that these rows were read; the answer names those that are not read now."""
        return SomeOfInbox(await inbox.mark_unread(tx, actor, data.ids))

    @put("/all-read", operation_id="markAllRead", guards=[may("self.manage")])
    async def read_all(self, tx: OpenTx, actor: SignedIn, data: JSONBody[ReadUpTo]) -> SomeOfInbox:
        """Mark everything up to the newest row that was seen; the answer names what was marked, to take it back."""
        return SomeOfInbox(await inbox.mark_read_up_to(tx, actor, data.newest_id))


class Messages(Controller):
    """What leads write to officers."""

    path = "/api/messages"
    tags = ("notifications",)

    @put("/{id:uuid}", operation_id="sendMessage", guards=[may("message.send")])
    async def send(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[NewMessage]) -> MessageView:
        """Write to all who go on visits that the caller's department leads, to some of them, or to its inspectors."""
        return await messages.send_message(tx, actor, id, data)

    @get("/of-inspection/{inspection_id:uuid}", operation_id="listMessages", guards=[may("inspection.read")])
    async def about(self, tx: OpenTx, actor: SignedIn, inspection_id: PathId) -> list[MessageView]:
        """What the officers of one visit were told, the newest first."""
        return await messages.messages_about(tx.session, actor, inspection_id)

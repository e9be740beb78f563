"""Reading one's inbox, and marking what was read."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.notifications.events import InboxRead
from palmcheck.notifications.models import Notification
from palmcheck.notifications.types import InboxCount, NewestOfInbox, NotificationView


async def list_inbox(
    session: AsyncSession, actor: Actor, cursor: str | None, *, unread: bool
) -> Page[NotificationView]:
    """The caller's own rows, newest first; `unread`: only those not read yet. Raises CursorInvalid."""
    wanted = _newest(actor).limit(PAGE + 1)
    if unread:
        wanted = wanted.where(Notification.read_at.is_(None))
    if cursor is not None:
        wanted = wanted.where(Notification.id < decode_cursor(cursor, UUID)[0])
    rows = (await session.scalars(wanted)).all()
    return page_of(rows, PAGE, _view, lambda row: (str(row.id),))


async def count_unread(session: AsyncSession, actor: Actor) -> InboxCount:
    """How many of the caller's rows are not read yet."""
    wanted = select(func.count()).select_from(Notification).where(*_own(actor), Notification.read_at.is_(None))
    return InboxCount(await session.scalar(wanted) or 0)


async def newest_of_inbox(session: AsyncSession, actor: Actor, known: str | None) -> NewestOfInbox:
    """The newest rows for a phone to keep; none where it has these already, read or not as they are."""
    rows = (await session.scalars(_newest(actor).limit(PAGE))).all()
    unread = (await count_unread(session, actor)).unread
    version = digest([unread, *([str(row.id), row.read_at is not None] for row in rows)])
    return NewestOfInbox(version, unread, None if version == known else [_view(row) for row in rows])


async def mark_read(tx: Tx, by: Actor, ids: Sequence[UUID]) -> list[UUID]:
    """Marks rows read and answers which it marked; a repeat marks none, other people's ids are passed over."""
    return await _mark(tx, by, tx.now, Notification.id.in_(list(ids)), Notification.read_at.is_(None))


async def mark_read_up_to(tx: Tx, by: Actor, newest_id: UUID) -> list[UUID]:
    """Marks all rows read that are not newer than the named one, and answers which: they can be taken back."""
    return await _mark(tx, by, tx.now, Notification.id <= newest_id, Notification.read_at.is_(None))


async def mark_unread(tx: Tx, by: Actor, ids: Sequence[UUID]) -> list[UUID]:
    """Takes back that rows were read; ids that are not the caller's own are passed over."""
    return await _mark(tx, by, None, Notification.id.in_(list(ids)), Notification.read_at.is_not(None))


async def _mark(tx: Tx, by: Actor, read_at: datetime | None, *which: ColumnElement[bool]) -> list[UUID]:
    await tx.lock("inbox", by.account_id)
    change = update(Notification).where(*_own(by), *which).values(read_at=read_at).returning(Notification.id)
    marked = sorted(await tx.session.scalars(change))
    if marked:
        event = InboxRead(
            jurisdiction_id=by.jurisdiction_id,
            account_id=by.account_id,
            notification_ids=marked,
            read=read_at is not None,
        )
        tx.record(by, event)
    return marked


def _own(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (Notification.jurisdiction_id == actor.jurisdiction_id, Notification.account_id == actor.account_id)


def _newest(actor: Actor) -> Select[Notification]:
    return select(Notification).where(*_own(actor)).order_by(Notification.id.desc())


def _view(row: Notification) -> NotificationView:
    plain = {name: getattr(row, name) for name in NotificationView.__struct_fields__}
    return msgspec.convert(plain, NotificationView)

"""Jobs: enqueued in the transaction of the fact (pgqueuer)."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.database import hot_rows
from palmcheck.kernel.events import Event

_ENQUEUE = QueryQueueBuilder().build_enqueue_query()


async def enqueue(session: AsyncSession, following: Sequence[tuple[str, Event]]) -> None:
    """Puts one job a reaction into the queue, inside the session's transaction.

    The queue's SQL goes through the session: SQLAlchemy sends BEGIN with its own first statement, so a call of the
    bare driver ahead of it would stand outside the transaction and survive a rollback.
    """
    if not following:
        return
    count = len(following)
    await hot_rows(
        session,
        _ENQUEUE,
        [0] * count,
        [name for name, _ in following],
        [msgspec.json.encode(event) for _, event in following],
        [timedelta(0)] * count,
        [None] * count,
        [None] * count,
    )


async def outstanding(session: AsyncSession) -> dict[str, int]:
    """Jobs by status (`queued`, `picked`, `failed`): nothing waits when the first two are absent."""
    counted = await session.execute(text("select status::text as status, count(*) as jobs from pgqueuer group by 1"))
    return {row.status: row.jobs for row in counted}

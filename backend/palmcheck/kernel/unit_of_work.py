"""The unit of work: one transaction an edge, with its trail, its jobs and its last writes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from palmcheck.kernel import jobs, trail
from palmcheck.kernel.clock import now
from palmcheck.kernel.events import Event, Reaction, Trace
from palmcheck.kernel.object_store import ObjectStore

LastWrite = Callable[[], Awaitable[None]]


class UnrecordedWrite(RuntimeError):
    """A transaction wrote without an event: it rolls back, for no write goes without a trail (R15)."""


class Tx:
    """One transaction. Verbs take it and never commit; the edge that opened it does."""

    def __init__(
        self, session: AsyncSession, reactions: Sequence[Reaction], at: datetime, store: ObjectStore | None
    ) -> None:
        self.session, self.reactions, self.now, self._store = session, reactions, at, store
        self.recorded: list[trail.Recorded] = []
        self.last_writes: dict[tuple[str, str], LastWrite] = {}

    @property
    def store(self) -> ObjectStore:
        """Where bytes of evidence live; no transaction reaches them."""
        assert self._store is not None, "this edge was opened without an object store"
        return self._store

    def record(self, actor: Trace, event: Event) -> None:
        """Says what happened and who did it: the trail entry and the jobs of the event's reactions."""
        self.recorded.append(trail.Recorded(actor, event))

    def write_last(self, kind: str, key: str, write: LastWrite) -> None:
        """Defers a write that locks a shared row to the transaction's end; kinds and keys run in sorted order."""
        self.last_writes[kind, key] = write

    async def lock(self, kind: str, id: UUID) -> None:
        """Holds a thing's lock until the transaction ends.

        For verbs whose repeat writes nothing: unlike a row lock it takes no transaction id, which counts as a write.
        """
        key = {"key": f"{kind}/{id}"}
        await self.session.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), key)

    async def try_lock(self, kind: str, id: UUID) -> bool:
        """Like `lock`, but answers at once whether it is held now."""
        key = {"key": f"{kind}/{id}"}
        held = await self.session.scalar(text("select pg_try_advisory_xact_lock(hashtextextended(:key, 0))"), key)
        return bool(held)

    async def wrote(self) -> bool:
        """Whether this transaction has written anything, or locked a row to do so."""
        return bool(await self.session.scalar(text("select pg_current_xact_id_if_assigned() is not null")))


@dataclass(frozen=True)
class Database:
    """The engine with the reactions of all slices and the object store: what an edge opens a unit of work with."""

    engine: AsyncEngine
    reactions: Sequence[Reaction] = ()
    store: ObjectStore | None = None

    @asynccontextmanager
    async def unit_of_work(self, at: datetime | None = None) -> AsyncIterator[Tx]:
        """Opens one transaction and commits it with its trail and jobs; any error rolls all of it back.

        `at` is the instant that the transaction takes for now; only the demonstration gives one.
        """
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            tx = Tx(session, self.reactions, at or now(), self.store)
            yield tx
            await session.flush()
            await finish(tx)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads; whatever it writes is thrown away."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def glancing(self) -> AsyncIterator[AsyncConnection]:
        """A connection for single statements that only read, with no transaction around them: two trips less."""
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection


async def finish(tx: Tx) -> None:
    """Ends a unit of work: feed counters, then jobs, then the trail's head; shared rows are locked last, in one order.

    Raises UnrecordedWrite.
    """
    if not tx.recorded:
        if await tx.wrote():
            raise UnrecordedWrite
        return
    for key in sorted(tx.last_writes):
        await tx.last_writes[key]()
    following = [
        (reaction.name, entry.event)
        for entry in tx.recorded
        for reaction in tx.reactions
        if isinstance(entry.event, reaction.event)
    ]
    await jobs.enqueue(tx.session, following)
    await trail.append(tx.session, tx.now, tx.recorded)

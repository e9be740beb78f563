"""Many units of work that stand or fall together: an interrupted loading leaves nothing half done."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from palmcheck.kernel.clock import now
from palmcheck.kernel.events import Reaction
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Database, Tx, finish


class _PartOfOne(Tx):
    """A unit of work that does not end the transaction it is in."""

    async def lock(self, kind: str, id: UUID) -> None:
        """Nothing to hold: until the end nobody else sees the rows, and a lock for each would fill the lock table."""

    async def wrote(self) -> bool:
        """The transaction has written before; a unit cannot tell its own writes, so it is not asked."""
        return False


class OneTransaction(Database):
    """A database whose units of work are all parts of one connection's transaction."""

    connection: AsyncConnection

    def __init__(self, connection: AsyncConnection, reactions: Sequence[Reaction], store: ObjectStore | None) -> None:
        super().__init__(connection.engine, reactions, store)
        object.__setattr__(self, "connection", connection)

    def quietly(self) -> "OneTransaction":
        """The same transaction, where nothing follows from an event."""
        return OneTransaction(self.connection, (), self.store)

    @asynccontextmanager
    async def unit_of_work(self, at: datetime | None = None) -> AsyncIterator[Tx]:
        """One unit with its trail; it is kept when the whole transaction is."""
        async with AsyncSession(self.connection, expire_on_commit=False) as session, session.begin():
            tx = _PartOfOne(session, self.reactions, at or now(), self.store)
            yield tx
            await session.flush()
            await finish(tx)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that sees what the transaction has written."""
        async with AsyncSession(self.connection, expire_on_commit=False) as session:
            yield session


@asynccontextmanager
async def one_transaction(database: Database) -> AsyncIterator[OneTransaction]:
    """Commits everything at its end; whatever ends it before, also a killed process, leaves nothing."""
    async with database.engine.begin() as connection:
        yield OneTransaction(connection, database.reactions, database.store)

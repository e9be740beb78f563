"""Units of work that leave nothing behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.clock import now
from palmcheck.kernel.unit_of_work import Database, Tx


@asynccontextmanager
async def thrown_away(self: Database, at: datetime | None = None) -> AsyncIterator[Tx]:
    """A unit of work that never commits: whatever a caller was let to do, the next one finds the rows untouched."""
    async with AsyncSession(self.engine, expire_on_commit=False) as session:
        yield Tx(session, self.reactions, at or now(), self.store)
        await session.flush()
        await session.rollback()

"""One writer an upload, over all processes, without a database connection for each of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from palmcheck.evidence.problems import UploadBusy

_TAKE = text("select pg_try_advisory_lock(:key)")
_FREE = text("select pg_advisory_unlock(:key)")


class UploadLocks:
    """The locks that this process holds: advisory locks, all in one session of PostgreSQL.

    A phone on a weak line may send for a minute, and a pooled connection for each would starve everything
    else. So the first writer takes one connection from the pool and the last gives it back. Within the process
    a set keeps writers apart, since a session may take its own lock twice. A killed process frees its locks.
    Should the connection be lost, its locks are taken again with the next one; and a photo's SHA-256 is
    checked at its end in any case.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._wanted: set[int] = set()
        self._taken: set[int] = set()
        self._connection: AsyncConnection | None = None
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def holding(self, jurisdiction_id: UUID, id: UUID) -> AsyncIterator[None]:
        """Makes the caller the upload's only writer. Raises UploadBusy at once when there is another.

        Taking and freeing are shielded: a request that is cancelled in their middle would break the session
        that everybody's locks live in.
        """
        key = lock_key(jurisdiction_id, id)
        if key in self._wanted:
            raise UploadBusy
        self._wanted.add(key)
        try:
            if not await asyncio.shield(self._take(key)):
                raise UploadBusy
            yield
        finally:
            await asyncio.shield(self._free(key))

    async def _take(self, key: int) -> bool:
        async with self._turn:
            try:
                taken = await self._ask(key)
            except DBAPIError:
                await self._drop()
                for other in self._taken:
                    await self._ask(other)
                taken = await self._ask(key)
            if taken:
                self._taken.add(key)
            return taken

    async def _ask(self, key: int) -> bool:
        if self._connection is None:
            connection = await self._engine.connect()
            self._connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        return bool(await self._connection.scalar(_TAKE, {"key": key}))

    async def _free(self, key: int) -> None:
        async with self._turn:
            self._wanted.discard(key)
            try:
                if key in self._taken and self._connection is not None:
                    await self._connection.execute(_FREE, {"key": key})
            except DBAPIError:
                await self._drop()
            self._taken.discard(key)
            if not self._wanted and self._connection is not None:
                await self._connection.close()
                self._connection = None

    async def _drop(self) -> None:
        """Gives up a broken connection; its locks went with it."""
        broken, self._connection = self._connection, None
        if broken is not None:
            await broken.invalidate()
            await broken.close()


def lock_key(jurisdiction_id: UUID, id: UUID) -> int:
    """64 bits as PostgreSQL's bigint; two uploads that share them would merely wait for each other."""
    return int.from_bytes((jurisdiction_id.int ^ id.int).to_bytes(16)[-8:], signed=True)

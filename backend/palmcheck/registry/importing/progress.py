"""How far an import is (of targets, of inspectors), written where a screen sees it, and whether it is to stop.

The job's transaction is not to be seen before its end, so this is written in transactions of their own. Progress is
no fact, so it leaves no trail.
"""

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.importing.models import TargetImport
from palmcheck.registry.importing.refusals import Refused

TELL_SECONDS = 0.5
WHOLE = 10_000


class Cancelled(Refused):
    """Somebody asked the import to stop."""

    def __init__(self) -> None:
        super().__init__("cancelled")


@dataclass
class Telling:
    """Tells one import's progress. Raises Cancelled as soon as it is to stop."""

    engine: AsyncEngine
    jurisdiction_id: UUID
    import_id: UUID
    row: Any = TargetImport
    """The class of the import's row."""
    _told: float = 0.0

    async def reading(self, rows: int, part: int) -> None:
        """Rows read so far and how much of the file that is, at most twice a second."""
        if monotonic() - self._told >= TELL_SECONDS:
            self._told = monotonic()
            await self._write(state="reading", rows_read=rows, progress=part)

    async def merging(self, rows: int) -> None:
        """All rows are read; they are being merged."""
        await self._write(state="merging", rows_read=rows, progress=WHOLE)

    async def entering(self, rows: int, done: int, of: int) -> None:
        """So many of the good rows are entered, told at most twice a second."""
        if monotonic() - self._told >= TELL_SECONDS:
            self._told = monotonic()
            await self._write(state="merging", rows_read=rows, progress=done * WHOLE // of)

    async def go_on(self) -> None:
        """Asks only whether to stop."""
        await self._write()

    async def wait_for_turn(self, tx: Tx, rows: int, kind: str = "targets_of") -> None:
        """Until no other import of the jurisdiction merges; a screen sees that this one waits."""
        while not await tx.try_lock(kind, self.jurisdiction_id):
            await self._write(state="waiting", rows_read=rows, progress=WHOLE)
            await asyncio.sleep(TELL_SECONDS)

    async def _write(self, **values: object) -> None:
        wanted = update(self.row).where(
            self.row.jurisdiction_id == self.jurisdiction_id,
            self.row.id == self.import_id,
            self.row.cancelled_by.is_(None),
        )
        async with self.engine.begin() as connection:
            found = await connection.execute(wanted.values(values or {"cancelled_by": None}))
        if found.rowcount == 0:
            raise Cancelled

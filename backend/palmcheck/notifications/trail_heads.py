"""How far trails have come: asked once a second for all that listen in this process, and told to them."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.kernel.trail import AuditHead

log = logging.getLogger(__name__)
EVERY_SECONDS = 1.0


async def read_heads(engine: AsyncEngine, places: Collection[UUID]) -> dict[UUID, int]:
    """The newest number of each place's trail; a trail's numbers become visible in their order (R15)."""
    wanted = select(AuditHead.jurisdiction_id, AuditHead.number).where(AuditHead.jurisdiction_id.in_(places))
    async with engine.connect() as connection:
        return {row.jurisdiction_id: row.number for row in await connection.execute(wanted)}


class TrailHeads:
    """The heads of the places that somebody follows. `over`: the process ends, and whoever listens lets go."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._followed: Counter[UUID] = Counter()
        self._numbers: Mapping[UUID, int] = {}
        self._news = asyncio.Event()
        self.over = False

    @contextlib.contextmanager
    def following(self, places: Collection[UUID]) -> Iterator[None]:
        """The places are asked for until the block ends."""
        self._followed.update(places)
        try:
            yield
        finally:
            self._followed -= Counter(places)

    async def news(self, within: float) -> None:
        """Waits until some trail has grown or the process ends, at most so many seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), within)

    async def run(self) -> None:
        """Asks until cancelled; a question that fails is asked again."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            if not self._followed:
                continue
            try:
                found = await read_heads(self._engine, list(self._followed))
            except (OSError, SQLAlchemyError) as failure:
                log.warning("nobody says how far the trails have come", exc_info=failure)
                continue
            if found != self._numbers:
                self._numbers = found
                self._wake()

    def end(self) -> None:
        """Lets go of all that listen: an open stream would hold up the end of the process."""
        self.over = True
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

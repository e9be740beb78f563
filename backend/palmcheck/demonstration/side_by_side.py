"""A place filled by a process of its own, so that the counties share the machine's cores."""

import asyncio
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from sqlalchemy.engine import URL

from palmcheck.demonstration.filling import Bounds, Filling
from palmcheck.demonstration.founding import Founded
from palmcheck.demonstration.one_transaction import one_transaction
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.events import Reaction
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Database


class Work(NamedTuple):
    """What a process needs to know to fill one place."""

    url: str
    reactions: Sequence[Reaction]
    store: ObjectStore | None
    home: Founded
    bounds: Bounds


async def fill_beside(database: Database, home: Founded, bounds: Bounds, reached: Callable[[float], None]) -> None:
    """Fills a place in a process of its own; raises ChildProcessError if that ends before its work does."""
    url: URL = database.engine.url
    work = Work(url.render_as_string(hide_password=False), database.reactions, database.store, home, bounds)
    spawning = get_context("spawn")
    heard, told = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_fill, args=(work, told), daemon=True)
    await asyncio.to_thread(process.start)
    told.close()
    try:
        while (share := await asyncio.to_thread(heard.recv)) is not None:
            reached(share)
    except EOFError:
        raise ChildProcessError(f"{home.place.name} was not filled; its process wrote why") from None
    await asyncio.to_thread(process.join)


def _fill(work: Work, told: "Connection[float | None, None]") -> None:
    """The process: a telling that nobody hears any more ends it, and the database forgets what it wrote."""
    asyncio.run(_fill_one(work, told))
    told.send(None)


async def _fill_one(work: Work, told: "Connection[float | None, None]") -> None:
    engine = open_engine(work.url)
    async with one_transaction(Database(engine, work.reactions, work.store)) as whole:
        await Filling(whole, work.home, work.bounds, told.send).run()
    await engine.dispose()

"""Events and writes of no slice, for the tests of what carries all slices."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from sqlalchemy import text

from palmcheck.kernel.events import Event, Reaction, SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database, Tx

SOMEBODY = SystemActor("tests")
PLACE = new_id()


class Happened(Event, frozen=True):
    """Something happened."""

    name = "tests.happened"
    what: str


class Followed(Event, frozen=True):
    """Something followed from it; nothing follows from this."""

    name = "tests.followed"


def happened(what: str = "", place: UUID = PLACE) -> Happened:
    return Happened(jurisdiction_id=place, what=what)


def following(run: Callable[[Tx, Any], Awaitable[None]]) -> Reaction:
    """A reaction to Happened."""
    return Reaction(Happened, "tests.follow/tests.happened", run)


async def nothing(tx: Tx, event: Happened) -> None:
    """A reaction that does nothing."""


async def write(tx: Tx, purpose: str) -> None:
    """A row in a table that no test of a slice looks at."""
    await tx.session.execute(text("insert into server_secret values (:purpose, ''::bytea)"), {"purpose": purpose})


async def written(database: Database) -> list[str]:
    """What `write` has left behind."""
    async with database.reading() as session:
        rows = await session.scalars(text("select purpose from server_secret where value = ''::bytea order by 1"))
        return list(rows)


async def count(database: Database, table: str) -> int:
    async with database.reading() as session:
        return int(await session.scalar(text(f"select count(*) from {table}")) or 0)


async def until(true: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Waits until a condition holds. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.02)

"""The large demonstration: a city and two counties at full width, with half a year behind them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts import reads as account_reads
from palmcheck.demonstration.filling import FOUNDED, Bounds
from palmcheck.demonstration.founding import PLACES, Founded, found_places, founded_places, is_filled
from palmcheck.demonstration.loading import ACCOUNTS_FILE
from palmcheck.demonstration.logins import LOGINS, PlacedAccount, open_login
from palmcheck.demonstration.places import CITY, COUNTIES
from palmcheck.demonstration.progress import Say, Shares, tell
from palmcheck.demonstration.side_by_side import fill_beside
from palmcheck.demonstration.work_today import with_open_visits
from palmcheck.kernel.clock import now
from palmcheck.kernel.unit_of_work import Database, Tx
from palmcheck.registry import reads as registry_reads

SEED = 2026
OF_THE_CITY = 100
"""One target of the city's own for so many of the counties'."""


@dataclass(frozen=True)
class Width:
    """How large: targets in both counties together, and the seed of everything that is left to chance."""

    targets: int = 60_000
    seed: int = SEED


async def load_large_demonstration(
    database: Database, data_folder: Path, width: Width | None = None, say: Say | None = None
) -> list[PlacedAccount]:
    """Loads city, counties and their past unless they are there, and answers the logins.

    Each place comes in one transaction and the accounts come last, with their file: a loading that was interrupted
    goes on with what is missing. Where the small county was loaded before, it stays as it is.
    """
    path = data_folder / ACCOUNTS_FILE
    async with database.reading() as session:
        places = await founded_places(session)
        is_small = bool(places) and places[0].place != CITY
        complete = is_small or (bool(places) and await _has_accounts(session, places[-1]))
    if complete:
        logins = await asyncio.to_thread(_read, path)
    else:
        logins = await _Loading(database, path, width or Width(), say or tell()).run(places)
    async with database.reading() as session:
        return await with_open_visits(session, logins)


class _Loading:
    def __init__(self, database: Database, path: Path, width: Width, say: Say) -> None:
        self._database, self._path, self._width, self._say = database, path, width, say
        self._now = now()

    async def run(self, places: list[Founded]) -> list[PlacedAccount]:
        if places:
            self._say("上次载入中断，继续 going on after an interruption")
        else:
            self._say("辖区、部门 jurisdictions and departments")
            async with Database(self._database.engine).unit_of_work(at=self._now - FOUNDED) as tx:
                places = await found_places(tx)
        city, *counties = places
        count = self._width.targets // len(COUNTIES)
        shares = Shares(len(PLACES))
        self._say(f"每县对象 {count} 户，半年检查 {count:,} targets a county, half a year of inspections")
        await self._fill(city, max(self._width.targets // OF_THE_CITY, 1), shares)  # its items are claimed below
        async with asyncio.TaskGroup() as group:
            for county in counties:
                group.create_task(self._fill(county, count, shares))
        self._say("账号 accounts")
        async with self._database.unit_of_work() as tx:
            logins = await self._open_logins(tx, {each.place.code: each for each in places})
            await asyncio.to_thread(_write, self._path, logins)
        self._say("")
        return logins

    async def _fill(self, home: Founded, count: int, shares: Shares) -> None:
        async with self._database.reading() as session:
            if await is_filled(session, home):
                shares.reached(home.id, 1.0)
                return
        await self._forget_photos(home.id)
        bounds = Bounds(count, self._width.seed, self._now)
        await fill_beside(self._database, home, bounds, lambda share: shares.reached(home.id, share))

    async def _forget_photos(self, jurisdiction_id: UUID) -> None:
        """Photos of a loading that was interrupted; their rows went with its transaction."""
        store = self._database.store
        assert store is not None
        for key in [each.key async for each in store.listing() if each.key.startswith(str(jurisdiction_id))]:
            await store.delete(key)

    async def _open_logins(self, tx: Tx, by_code: dict[str, Founded]) -> list[PlacedAccount]:
        opened = []
        for login in LOGINS:
            home = by_code[login.place.code]
            rows = registry_reads.inspector_rows.subquery()
            named = select(rows.c.name, rows.c.id).where(
                rows.c.jurisdiction_id == home.id, rows.c.name == login.display_name
            )
            inspectors: dict[str, UUID] = {row.name: row.id for row in await tx.session.execute(named)}
            opened.append(await open_login(tx, home.id, login, home.departments, inspectors))
        return opened


async def _has_accounts(session: AsyncSession, home: Founded) -> bool:
    rows = account_reads.account_rows.subquery()
    return await session.scalar(select(rows.c.id).where(rows.c.jurisdiction_id == home.id).limit(1)) is not None


def _write(path: Path, logins: list[PlacedAccount]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(logins), indent=2))


def _read(path: Path) -> list[PlacedAccount]:
    return msgspec.json.decode(path.read_bytes(), type=list[PlacedAccount]) if path.exists() else []

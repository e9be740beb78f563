"""Jobs: retried, kept as dead letters, taken over from workers that are gone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.app import REACTIONS
from palmcheck.kernel import jobs, worker
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.events import Reaction
from palmcheck.kernel.unit_of_work import Database, Tx
from palmcheck.kernel.worker import Worker, wait_before
from tests.kernel.happenings import (
    PLACE,
    SOMEBODY,
    Followed,
    Happened,
    following,
    happened,
    until,
    write,
    written,
)

Run = Callable[[Tx, Happened], Awaitable[None]]


@dataclass
class Workers:
    """Workers over one database; each runs one reaction."""

    url: str
    engine: AsyncEngine
    running: list[tuple[Worker, asyncio.Task[None]]] = field(default_factory=list)

    def start(self, run: Run) -> Database:
        """One more worker; answers the database as it sees it."""
        database = Database(self.engine, [following(run)])
        worker = Worker(database, self.url)
        self.running.append((worker, asyncio.create_task(worker.run(elected=True))))
        return database

    async def stop_first(self) -> None:
        worker, task = self.running.pop(0)
        worker.stop()
        await asyncio.wait_for(task, 10)


@pytest.fixture
async def workers(database_url: str) -> AsyncIterator[Workers]:
    """None at first."""
    workers = Workers(database_url, open_engine(database_url))
    yield workers
    while workers.running:
        await workers.stop_first()
    await workers.engine.dispose()


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three tries, no wait between them."""
    monkeypatch.setattr(worker, "TRIES", 3)
    monkeypatch.setattr(worker, "wait_before", lambda _: timedelta(0))


async def tell(database: Database, *news: str) -> None:
    async with database.unit_of_work() as tx:
        for what in news:
            tx.record(SOMEBODY, happened(what))


async def outstanding(database: Database) -> dict[str, int]:
    async with database.reading() as session:
        return await jobs.outstanding(session)


@pytest.mark.usefixtures("_impatient")
async def test_a_reaction_that_fails_is_undone_and_tried_again(workers: Workers) -> None:
    tries = 0

    async def lucky_the_second_time(tx: Tx, event: Happened) -> None:
        nonlocal tries
        tries += 1
        await write(tx, f"try {tries}")
        tx.record(SOMEBODY, Followed(jurisdiction_id=event.jurisdiction_id))
        if tries == 1:
            raise ConnectionError("try again")

    database = workers.start(lucky_the_second_time)
    await tell(database, "news")

    await until(lambda: _is(outstanding(database), {}))
    assert await written(database) == ["try 2"]


@pytest.mark.usefixtures("_impatient")
async def test_what_never_works_is_kept_as_a_dead_letter_and_stops_nothing_else(workers: Workers) -> None:
    done: list[str] = []

    async def choosy(tx: Tx, event: Happened) -> None:
        done.append(event.what)
        if event.what == "poison":
            raise ConnectionError("never")

    database = workers.start(choosy)
    await tell(database, "poison", "bread")

    await until(lambda: _is(outstanding(database), {"failed": 1}))
    assert (done.count("poison"), done.count("bread")) == (3, 1)
    async with database.reading() as session:
        kept = (await session.scalars(text("select convert_from(payload, 'UTF8') from pgqueuer"))).one()
        assert '"what":"poison"' in kept


async def test_a_reaction_that_writes_without_an_event_fails_as_anybody_else(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "TRIES", 1)

    async def silent(tx: Tx, event: Happened) -> None:
        await write(tx, "unrecorded")

    database = workers.start(silent)
    await tell(database, "news")

    await until(lambda: _is(outstanding(database), {"failed": 1}))
    assert await written(database) == []


async def test_a_worker_takes_over_what_a_dead_one_held(workers: Workers) -> None:
    done: list[str] = []

    async def note(tx: Tx, event: Happened) -> None:
        done.append(event.what)

    database = workers.start(note)
    async with database.engine.begin() as connection:
        payload = b'{"jurisdiction_id":"%s","what":"orphan"}' % str(PLACE).encode()
        await connection.execute(
            text(
                "insert into pgqueuer (priority, queue_manager_id, heartbeat, status, entrypoint, payload) "
                "values (0, gen_random_uuid(), now() - interval '1 minute', 'picked', :name, :payload)"
            ),
            {"name": following(note).name, "payload": payload},
        )

    await until(lambda: _is(outstanding(database), {}))
    assert done == ["orphan"]


async def test_a_worker_that_loses_its_connection_opens_another(workers: Workers) -> None:
    done: list[str] = []

    async def note(tx: Tx, event: Happened) -> None:
        done.append(event.what)

    database = workers.start(note)
    await tell(database, "before")
    await until(lambda: _is(outstanding(database), {}))
    async with database.engine.begin() as connection:
        holder = (
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 7256 "
            "and database = (select oid from pg_database where datname = current_database())"
        )
        assert (await connection.execute(text(holder + " and objid = 1"))).all() == [(True,)]

    await tell(database, "after")

    await until(lambda: _is(outstanding(database), {}))
    assert done == ["before", "after"]


async def test_one_worker_works_at_a_time_and_the_next_takes_its_place(workers: Workers) -> None:
    done: list[tuple[int, str]] = []

    def by(number: int) -> Run:
        async def note(tx: Tx, event: Happened) -> None:
            done.append((number, event.what))

        return note

    database = workers.start(by(1))
    await tell(database, "one")
    await until(lambda: _is(outstanding(database), {}))
    workers.start(by(2))
    await tell(database, "two")
    await until(lambda: _is(outstanding(database), {}))
    await workers.stop_first()
    await tell(database, "three")
    await until(lambda: _is(outstanding(database), {}))

    assert done == [(1, "one"), (1, "two"), (2, "three")]


def test_an_event_has_one_job_for_each_of_its_reactions_by_a_name_of_its_own() -> None:
    names = [each.name for each in REACTIONS]

    assert len(names) == len(set(names))
    assert all(isinstance(each, Reaction) and each.name.endswith(f"/{each.event.name}") for each in REACTIONS)


def test_waits_double_and_end_at_ten_minutes() -> None:
    waits = [wait_before(attempt).total_seconds() for attempt in range(12)]

    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-2:] == [600, 600]


async def _is(actual: Awaitable[object], expected: object) -> bool:
    return await actual == expected

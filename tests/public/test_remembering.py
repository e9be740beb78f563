"""What a process remembers of its public answers, and that no process keeps what was withdrawn."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.unit_of_work import Database
from palmcheck.public.remembered import KEEPS_SECONDS, MOST_BYTES, Kept, Memory
from palmcheck.public.remembering import CHANNEL
from tests.public.planting import plant
from tests.public.waiting import until
from tests.world.served import served_app

LIST, ONE, OTHER = ("/", "", "zh", "gzip"), ("/records/1", "", "zh", "gzip"), ("/records/2", "", "zh", "gzip")


def kept(body: bytes = b"page", until: float = 30) -> Kept:
    return Kept(b'"etag"', [(b"etag", b'"etag"')], body, until)


def memory_at(now: list[float]) -> Memory:
    memory = Memory(monotonic=lambda: now[0])
    memory.listen()
    return memory


def test_a_record_that_changed_is_forgotten_with_every_list_and_others_stay() -> None:
    memory = memory_at([0])
    for key in (LIST, ONE, OTHER):
        memory.keep(key, 0, kept())
    memory.hear("record 1")
    assert [memory.find(key) is not None for key in (LIST, ONE, OTHER)] == [False, False, True]
    memory.hear("all")
    assert memory.find(OTHER) is None


def test_an_answer_begun_before_a_change_is_not_kept() -> None:
    memory = memory_at([0])
    begun_at = memory.changes
    memory.hear("record 1")
    memory.keep(OTHER, begun_at, kept())
    assert memory.find(OTHER) is None


def test_nothing_is_kept_while_nobody_listens() -> None:
    memory = memory_at([0])
    memory.keep(ONE, 0, kept())
    memory.deafen()
    assert memory.find(ONE) is None
    memory.keep(ONE, memory.changes, kept())
    assert memory.find(ONE) is None


def test_an_answer_ends_with_its_time() -> None:
    now = [0.0]
    memory = memory_at(now)
    memory.keep(ONE, 0, kept(until=KEEPS_SECONDS))
    now[0] = KEEPS_SECONDS + 0.1
    assert memory.find(ONE) is None


def test_memory_is_bounded_and_what_is_read_stays_longest() -> None:
    memory = memory_at([0])
    large = b"x" * (512 * 1024)
    keys = [(f"/records/large-{n}", "", "zh", "gzip") for n in range(MOST_BYTES // len(large))]
    for key in keys:
        memory.keep(key, 0, kept(large))
    memory.find(keys[0])
    memory.keep(ONE, 0, kept(b"y"))
    assert memory.find(keys[1]) is None
    assert memory.find(keys[0]) is not None


async def listening(app: Litestar) -> Memory:
    """The app's memory, once changes are heard."""
    memory: Memory = app.state.memory

    async def is_there() -> bool:
        return memory.listening

    await until(is_there)
    return memory


async def read_until_kept(client: httpx.AsyncClient, memory: Memory, address: str) -> httpx.Response:
    """The answer that is remembered: one that was begun before the planting was heard of is not."""
    answers = []

    async def kept_now() -> bool:
        answers.append(await client.get(address))
        return memory.find((address, "", "zh", "gzip")) is not None

    await until(kept_now)
    return answers[-1]


async def test_a_remembered_page_is_the_same_page(client: httpx.AsyncClient, database: Database, app: Litestar) -> None:
    record = await plant(database, "临江鲜")
    address = f"/records/{record}"
    memory = await listening(app)
    first = await read_until_kept(client, memory, address)
    again = await client.get(address)
    assert (again.content, again.headers) == (first.content, first.headers)
    english = await client.get(address, headers={"Accept-Language": "en"})
    assert english.headers["content-language"] == "en"
    head = await client.head(address)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", first.headers["etag"])
    known = await client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert known.headers["content-security-policy"] == first.headers["content-security-policy"]


async def test_a_lost_connection_leaves_nothing_remembered(
    client: httpx.AsyncClient, database: Database, app: Litestar
) -> None:
    record = await plant(database, "临江鲜")
    memory = await listening(app)
    address = f"/records/{record}"
    await read_until_kept(client, memory, address)
    async with AsyncSession(database.engine) as session:
        await session.execute(
            text(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where query ilike :asked and datname = current_database() and pid <> pg_backend_pid()"
            ),
            {"asked": f"%{CHANNEL}%"},
        )

    async def forgotten() -> bool:
        return memory.find((address, "", "zh", "gzip")) is None

    await until(forgotten)
    await listening(app)


@pytest.fixture
async def two_processes(database_url: str, tmp_path: Path) -> AsyncIterator[list[httpx.AsyncClient]]:
    """Two servers over one database, a client of each."""
    async with served_app(database_url, tmp_path) as one, served_app(database_url, tmp_path) as other:
        clients = [httpx.AsyncClient(base_url=base) for base in (one, other)]
        yield clients
        for client in clients:
            await client.aclose()


async def test_what_is_gone_is_gone_from_every_process(
    two_processes: list[httpx.AsyncClient], database_url: str, database: Database
) -> None:
    record = await plant(database, "临江鲜")
    address = f"/records/{record}"
    for client in two_processes:
        for _ in range(3):
            assert (await client.get(address)).status_code == 200
    connection = await asyncpg.connect(database_url)
    await connection.execute("delete from public_record where id = $1", record)
    await connection.close()
    for client in two_processes:

        async def gone(client: httpx.AsyncClient = client) -> bool:
            return (await client.get(address)).status_code == 404

        await until(gone)
        assert "临江鲜" not in (await client.get("/")).text

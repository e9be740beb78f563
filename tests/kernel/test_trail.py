"""The trail: one gap-free chain a jurisdiction, which nobody alters unseen (R15)."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest

from palmcheck.kernel import trail
from palmcheck.kernel.embedded_postgres import APP, EmbeddedPostgres
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from tests.kernel.happenings import PLACE, SOMEBODY, happened


async def faults(database: Database) -> list[str]:
    async with database.reading() as session:
        return await trail.verify(session, PLACE)


async def tell(database: Database, *news: str) -> None:
    async with database.unit_of_work() as tx:
        for what in news:
            tx.record(SOMEBODY, happened(what))


@asynccontextmanager
async def tampering(postgres: EmbeddedPostgres, database_name: str) -> AsyncIterator[asyncpg.Connection]:
    """A superuser who has switched the triggers off."""
    superuser = await asyncpg.connect(postgres.url("postgres", database_name))
    try:
        await superuser.execute("alter table audit_event disable trigger all")
        yield superuser
    finally:
        await superuser.close()


async def test_an_empty_trail_verifies(bare: Database) -> None:
    assert await faults(bare) == []


async def test_the_chain_goes_on_over_transactions(bare: Database) -> None:
    await tell(bare, "one", "two")
    await tell(bare, "three")

    assert await faults(bare) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ('update audit_event set payload = payload || \'{"what": "else"}\' where number = 2', "entry 2 was altered"),
        ("update audit_event set actor = '{}' where number = 1", "entry 1 was altered"),
        ("update audit_event set name = 'tests.other' where number = 3", "entry 3 was altered"),
        ("update audit_event set at = at + interval '1 second' where number = 2", "entry 2 was altered"),
        ("update audit_event set id = gen_random_uuid() where number = 2", "entry 2 was altered"),
        ("delete from audit_event where number = 2", "entry 2 is missing, 3 stands in its place"),
        ("delete from audit_event where number = 1", "entry 1 is missing, 2 stands in its place"),
        ("delete from audit_event where number = 4", "the head does not name the last entry"),
        ("delete from audit_event", "the head does not name the last entry"),
        ("delete from audit_head", "the head does not name the last entry"),
        ("update audit_head set sha256 = repeat('0', 64)", "the head does not name the last entry"),
        (
            "update audit_event set number = case number when 2 then 3 else 2 end, at = at + interval '1 us' * number "
            "where number in (2, 3)",
            "entry 2 does not continue the one before it",
        ),
    ],
)
async def test_what_a_superuser_does_to_it_is_found(
    bare: Database, postgres: EmbeddedPostgres, database_name: str, change: str, found: str
) -> None:
    await tell(bare, "one", "two", "three", "four")

    async with tampering(postgres, database_name) as superuser:
        await superuser.execute(change)

    assert found in await faults(bare)


async def test_a_rewritten_entry_with_a_hash_of_its_own_breaks_the_next_link(
    bare: Database, postgres: EmbeddedPostgres, database_name: str
) -> None:
    await tell(bare, "one", "two", "three")

    async with tampering(postgres, database_name) as superuser:
        row = dict(await superuser.fetchrow("select * from audit_event where number = 2") or {})
        row |= {"payload": {"jurisdiction_id": str(PLACE), "what": "else"}, "actor": {"system": "tests"}}
        forged = trail.entry_sha256(row)
        payload = json.dumps({"jurisdiction_id": str(PLACE), "what": "else"})
        await superuser.execute(
            "update audit_event set payload = $1::jsonb, sha256 = $2 where number = 2", payload, forged
        )

    assert await faults(bare) == ["entry 3 does not continue the one before it"]


@pytest.mark.parametrize("statement", ["update audit_event set name = ''", "delete from audit_event"])
@pytest.mark.parametrize("role", ["app", "superuser", "replica"])
async def test_it_refuses_to_be_altered_by_anybody(
    bare: Database, postgres: EmbeddedPostgres, database_name: str, role: str, statement: str
) -> None:
    await tell(bare, "one")
    connection = await asyncpg.connect(postgres.url(APP if role == "app" else "postgres", database_name))
    if role == "replica":
        await connection.execute("set session_replication_role = replica")

    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.RaiseError)):
        await connection.execute(statement)

    await connection.close()
    assert await faults(bare) == []


@pytest.mark.parametrize("role", [APP, "postgres"])
async def test_it_is_not_truncated(bare: Database, postgres: EmbeddedPostgres, database_name: str, role: str) -> None:
    await tell(bare, "one")
    connection = await asyncpg.connect(postgres.url(role, database_name))
    partition = await connection.fetchval("select tableoid::regclass::text from audit_event")

    for table in ("audit_event", partition):
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.RaiseError)):
            await connection.execute(f"truncate {table}")

    await connection.close()
    assert await faults(bare) == []


async def test_the_app_s_role_has_no_right_to_alter_it_or_a_partition(
    bare: Database, postgres: EmbeddedPostgres, database_name: str
) -> None:
    connection = await asyncpg.connect(postgres.url(APP, database_name))
    rights = await connection.fetch(
        "select relname, privilege from pg_class, unnest(array['update', 'delete', 'truncate']) privilege "
        "where relname like 'audit_event%' and relkind in ('r', 'p') and has_table_privilege(oid, privilege)"
    )
    owner = await connection.fetchval("select pg_get_userbyid(relowner) from pg_class where relname = 'audit_event'")
    await connection.close()

    assert [tuple(row) for row in rights] == []
    assert owner != APP


async def test_sixteen_writers_keep_one_chain_without_a_gap(bare: Database) -> None:
    async def writer(number: int) -> None:
        for turn in range(4):
            await tell(bare, f"{number}.{turn}", f"{number}.{turn} again")

    await asyncio.gather(*(writer(number) for number in range(16)))

    assert await faults(bare) == []
    async with bare.reading() as session:
        head = await session.get_one(trail.AuditHead, PLACE)
        assert head.number == 128


async def test_jurisdictions_have_chains_of_their_own_and_no_deadlock(bare: Database) -> None:
    places = [new_id() for _ in range(4)]

    async def writer(order: list[UUID]) -> None:
        for _ in range(5):
            async with bare.unit_of_work() as tx:
                for place in order:
                    tx.record(SOMEBODY, happened("everywhere", place))

    await asyncio.gather(*(writer(order) for order in ([*places], places[::-1], places[2:] + places[:2])))

    async with bare.reading() as session:
        assert [await trail.verify(session, place) for place in places] == [[]] * 4
        assert {(await session.get_one(trail.AuditHead, place)).number for place in places} == {15}

"""Migrations: one way, forward; what they lead to is what the code expects; a repeat changes nothing."""

from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table
from sqlalchemy.ext.asyncio import create_async_engine

import palmcheck.app
from palmcheck.kernel.database import driver_url
from palmcheck.kernel.embedded_postgres import APP, OWNER, EmbeddedPostgres
from palmcheck.migrations import upgrade
from palmcheck.migrations.tables import metadata
from tests.world.county import World

SCRIPTS = ScriptDirectory.from_config(upgrade.alembic_config())
NOT_OURS = ("pgqueuer", "audit_event_", "alembic_version")


def _ours(name: str | None) -> bool:
    return not (name or "").startswith(NOT_OURS)


def _differences(connection: Connection) -> list[object]:
    def include(item: object, name: str | None, kind: str, *_: object) -> bool:
        table = name if kind == "table" else item.table.name if hasattr(item, "table") else name
        return _ours(table)

    context = MigrationContext.configure(
        connection, opts={"include_object": include, "compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


async def _schema_differences(url: str) -> list[object]:
    engine = create_async_engine(driver_url(url))
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_differences)
    finally:
        await engine.dispose()


async def test_from_empty_they_lead_to_the_tables_of_the_code(postgres: EmbeddedPostgres, database_name: str) -> None:
    assert palmcheck.app.CONTROLLERS  # importing the app has filled the metadata
    assert len(metadata.tables) > 20

    assert await _schema_differences(postgres.url(OWNER, database_name)) == []


async def test_a_table_that_no_migration_makes_is_found(postgres: EmbeddedPostgres, database_name: str) -> None:
    rogue = Table("rogue", metadata)
    try:
        assert len(await _schema_differences(postgres.url(OWNER, database_name))) == 1
    finally:
        metadata.remove(rogue)


async def test_on_a_filled_county_a_repeat_changes_nothing(
    world: World, postgres: EmbeddedPostgres, database_name: str
) -> None:
    await world.issued_draw()
    before = await _everything(postgres, database_name)

    await upgrade.migrate(postgres.url(OWNER, database_name), app_role=APP)

    assert await _everything(postgres, database_name) == before
    assert len(before) > 20
    assert (await (await world.team_lead()).get("/api/inspections")).status_code == 200


async def _everything(postgres: EmbeddedPostgres, database_name: str) -> dict[str, str]:
    """A digest of every table's rows and columns and of its rights."""
    admin = await asyncpg.connect(postgres.url("postgres", database_name))
    try:
        tables = await admin.fetch(
            "select c.oid::regclass::text as name, relacl::text as rights from pg_class c "
            "where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'pgqueuer%'"
        )
        return {
            row["name"]: await admin.fetchval(
                f"select md5(coalesce(string_agg(t::text, '' order by t::text), '')) from {row['name']} t"
            )
            + str(sorted((row["rights"] or "").strip("{}").split(",")))
            for row in tables
        }
    finally:
        await admin.close()


def test_there_is_one_head_and_one_line_to_it() -> None:
    assert SCRIPTS.get_heads() == [upgrade.head()]
    assert len(SCRIPTS.get_bases()) == 1
    assert all(not script.is_branch_point and not script.is_merge_point for script in SCRIPTS.walk_revisions())


@pytest.mark.parametrize("script", list(SCRIPTS.walk_revisions()), ids=lambda script: str(script.revision))
def test_each_goes_forward_only_and_says_what_it_is_for(script: object) -> None:
    module = getattr(script, "module", None)

    assert not hasattr(module, "downgrade")
    assert (getattr(module, "__doc__", None) or "").strip()
    assert Path(str(getattr(module, "__file__", ""))).stem == getattr(script, "revision", None)


def test_nobody_migrates_in_the_name_of_a_role_that_is_no_name() -> None:
    with pytest.raises(ValueError, match="not a role"):
        upgrade._literal("app'; drop table account; --")

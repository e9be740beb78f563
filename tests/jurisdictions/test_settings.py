"""Settings: the default until somebody changes it, with a reason, and what was stays on record."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import DRAW_AT_LEAST_ONE, PUBLICATION_DAYS
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from tests.world.neighbours import found

OFFICE = SystemActor("tests")
MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.fixture
async def bare(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    engine = open_engine(database_url)
    yield Database(engine)
    await engine.dispose()


async def days(database: Database, place: UUID) -> int:
    async with database.reading() as session:
        return await jurisdictions.setting(session, place, PUBLICATION_DAYS)


async def change(database: Database, place: UUID, value: int, at: datetime) -> None:
    async with database.unit_of_work(at) as tx:
        await jurisdictions.change_setting(tx, OFFICE, place, PUBLICATION_DAYS, value, f"改为{value}日")


async def test_the_default_holds_until_it_is_changed_here(bare: Database) -> None:
    here, there = await found(bare, "510101"), await found(bare, "510102")

    await change(bare, here, 7, MONDAY)

    assert (await days(bare, here), await days(bare, there)) == (7, PUBLICATION_DAYS.default)


async def test_the_newest_counts_and_the_others_stay(bare: Database) -> None:
    place = await found(bare, "510101")
    for hours, value in ((0, 7), (2, 10), (1, 5)):  # the middle one is entered last
        await change(bare, place, value, MONDAY + timedelta(hours=hours))

    assert await days(bare, place) == 10
    async with bare.reading() as session:
        kept = await session.execute(text("select value #>> '{}' as value, reason from setting_value order by since"))
        assert [tuple(row) for row in kept] == [("7", "改为7日"), ("5", "改为5日"), ("10", "改为10日")]
        told = await session.execute(
            text("select payload ->> 'key', payload ->> 'reason' from audit_event where name = 'setting.changed'")
        )
        assert {tuple(row) for row in told} == {(PUBLICATION_DAYS.key, f"改为{value}日") for value in (7, 10, 5)}


async def test_a_yes_or_no_stays_one(bare: Database) -> None:
    place = await found(bare, "510101")
    async with bare.unit_of_work() as tx:
        await jurisdictions.change_setting(tx, OFFICE, place, DRAW_AT_LEAST_ONE, False, "不设下限")

    async with bare.reading() as session:
        assert await jurisdictions.setting(session, place, DRAW_AT_LEAST_ONE) is False


async def test_a_place_that_does_not_exist_has_defaults_and_no_calendar(bare: Database) -> None:
    async with bare.reading() as session:
        assert await jurisdictions.setting(session, new_id(), PUBLICATION_DAYS) == PUBLICATION_DAYS.default
        assert (await jurisdictions.working_days(session, new_id(), MONDAY.date()))[1] == {}

"""A changed calendar moves the deadlines that are still open, with a trail, and no others."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select

from palmcheck.jurisdictions.events import CalendarChanged
from palmcheck.jurisdictions.working_days import add_working_days
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.trail import history_of, verify
from palmcheck.publication.deadlines import allowed_days
from palmcheck.publication.models import PublicRecord
from palmcheck.publication.recounting import recount_deadlines
from tests.world.county import World

DAYS = "/api/jurisdictions/working-days"
YEAR = {date(2026, 1, 1) + timedelta(n): (date(2026, 1, 1) + timedelta(n)).weekday() < 5 for n in range(365)}


@given(st.dates(date(2026, 1, 1), date(2026, 9, 30)), st.integers(1, 40))
def test_what_a_deadline_gave_is_read_back_from_it(formed: date, days: int) -> None:
    assert allowed_days(formed, add_working_days(formed, days, YEAR), YEAR) == days


def test_a_deadline_that_was_never_counted_gave_nothing() -> None:
    assert allowed_days(date(2026, 1, 1), None, YEAR) is None


async def plant(world: World, place: UUID, formed_on: date, due_on: date | None) -> UUID:
    record_id = new_id()
    async with world.database.engine.begin() as connection:
        await connection.execute(
            insert(PublicRecord).values(
                jurisdiction_id=place,
                id=record_id,
                version=1,
                part_id=new_id(),
                target_name="甲店",
                grams=[],
                search_text="甲店",
                body={"completed_on": formed_on.isoformat()},
                due_on=due_on,
                calendar_version=1,
                published_at=now(),
            )
        )
    return record_id


async def due(world: World, record_id: UUID) -> tuple[date | None, int]:
    async with world.database.reading() as session:
        row = await session.scalar(select(PublicRecord).where(PublicRecord.id == record_id))
        assert row is not None
        return row.due_on, row.calendar_version


async def make(client: httpx.AsyncClient, days: dict[date, bool], version: int) -> None:
    changes: list[dict[str, Any]] = [{"day": day.isoformat(), "is_working": works} for day, works in days.items()]
    body = {"changes": changes, "reason": "放假安排调整"}
    answer = await client.put(DAYS, json=body, headers={"If-Match": f'"{version}"'})
    assert answer.status_code == 200, answer.text


async def test_open_deadlines_move_and_past_ones_stay(world: World) -> None:
    client = await world.sign_in(world.login("joint_office"))
    place = UUID((await client.get("/api/accounts/me")).json()["jurisdiction"]["id"])
    today = law_date(now())
    table = {day: day.weekday() < 5 for day in (date(2020, 1, 1) + timedelta(n) for n in range(366 * 10))}
    years = {today.year - 1, today.year, today.year + 1}
    await make(client, {day: works for day, works in table.items() if day.year in years}, 1)
    await world.settle()

    counted = add_working_days(today, 7, table)
    still_open = await plant(world, place, today, counted)
    uncounted = await plant(world, place, today, None)
    over = await plant(world, place, today - timedelta(40), today - timedelta(1))
    async with world.database.engine.begin() as connection:
        await connection.execute(PublicRecord.__table__.update().values(calendar_version=2))  # type: ignore[attr-defined]

    free = add_working_days(today, 3, table)
    await make(client, {free: False}, 2)
    await world.settle()

    # Seven working days were allowed, one of them is free now; the usual twenty are for what was never counted.
    assert await due(world, still_open) == (add_working_days(today, 8, table), 3)
    assert await due(world, uncounted) == (add_working_days(today, 21, table), 3)
    assert await due(world, over) == (today - timedelta(1), 2)
    async with world.database.reading() as session:
        [entry] = (await history_of(session, place, "record_id", still_open)).items
        assert await verify(session, place) == []
    assert (entry.name, entry.actor) == ("publication.deadline_recounted", {"system": "publication.recounting"})
    assert entry.payload["due_before"] == counted.isoformat()
    assert entry.payload["due_now"] == add_working_days(today, 8, table).isoformat()


async def test_a_second_run_finds_nothing_and_writes_nothing(world: World) -> None:
    client = await world.sign_in(world.login("joint_office"))
    place = UUID((await client.get("/api/accounts/me")).json()["jurisdiction"]["id"])
    event = CalendarChanged(
        jurisdiction_id=place,
        version=1,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 1, 1),
        days=1,
        changes_sha256="",
        reason="",
    )
    async with world.database.unit_of_work() as tx:
        await recount_deadlines(tx, event)
    async with world.database.reading() as session:
        assert (await history_of(session, place, "calendar_version", 1)).items == []

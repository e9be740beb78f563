"""The daily round tells of each due day once a step, whoever has to do with it, and of what is over the office."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.working_days import add_working_days
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.ids import new_id
from palmcheck.notifications.reminding import remind_of_due_days
from tests.notifications.inboxes import going, officers, rows
from tests.world.county import World

DUE = date(2026, 3, 20)  # a Friday; 2026-03-06 is ten working days before


@pytest.fixture
async def place(world: World) -> UUID:
    """The county with its draw issued; every visit is due on one day."""
    await world.issued_draw()
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update inspection set due_on = :due"), {"due": DUE})
    return UUID((await (await world.team_lead()).get("/api/accounts/me")).json()["jurisdiction"]["id"])


async def go_round(world: World, day: date) -> None:
    await remind_of_due_days(world.database, datetime(day.year, day.month, day.day, 1, tzinfo=UTC))


async def test_visits_are_reminded_of_five_two_and_one_days_before_and_once_over(world: World, place: UUID) -> None:
    lead, office = await world.team_lead(), await world.sign_in(world.login("joint_office"))
    heard = []
    for day in range(5, 25):
        for _ in range(2):
            await go_round(world, date(2026, 3, day))
        heard.append((day, len(await rows(lead, "visit_due")), len(await rows(lead, "visit_overdue"))))

    steps = [day for (day, *now_), (_, *before) in zip(heard[1:], heard, strict=False) if now_ != before]
    assert steps == [13, 18, 19, 21]
    assert heard[-1] == (24, 3, 1)
    assert (len(await rows(office, "visit_due")), len(await rows(office, "visit_overdue"))) == (0, 1)
    items = (await lead.get("/api/inspections")).json()["items"]
    [over] = await rows(lead, "visit_overdue")
    assert (over["values"]["visits"], over["values"]["day"]) == (len(items), DUE.isoformat())
    for inspector_id, desk in (await officers(world)).items():
        own = [item for item in items if inspector_id in going(item)]
        assert [each["values"]["visits"] for each in await rows(desk, "visit_overdue")] == ([len(own)] if own else [])


async def test_a_day_that_moves_is_reminded_of_anew(world: World, place: UUID) -> None:
    lead = await world.team_lead()
    await go_round(world, date(2026, 3, 13))
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update inspection set due_on = :due"), {"due": DUE - timedelta(1)})
    await go_round(world, date(2026, 3, 13))

    assert len(await rows(lead, "visit_due")) == 2


async def test_a_result_without_a_record_is_reminded_of_by_the_publication_s_days(world: World, place: UUID) -> None:
    lead = await world.team_lead()
    formed = datetime(2026, 3, 2, 4, tzinfo=UTC)
    async with world.database.reading() as session:
        _, calendar = await jurisdictions.working_days(session, place, law_date(formed))
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text(
                "update inspection_part p set formed_at = :formed from department d where d.id = p.department_id"
                " and d.code = 'market_regulation' and p.id = (select min(q.id::text)::uuid from inspection_part q"
                " join department e on e.id = q.department_id where e.code = 'market_regulation')"
            ),
            {"formed": formed},
        )
    last = add_working_days(law_date(formed), 20, calendar)
    for day in (add_working_days(law_date(formed), n, calendar) for n in (9, 10, 15, 18, 19, 20)):
        await go_round(world, day)
    due = await rows(lead, "publication_due")
    await go_round(world, last + timedelta(1))

    assert len(due) == 4
    assert {each["values"]["day"] for each in due} == {last.isoformat()}
    assert {each["about"] for each in due} == {"inspection"}
    assert len(await rows(lead, "publication_overdue")) == 1


async def test_what_is_withheld_by_law_never_looks_due(world: World, place: UUID) -> None:
    lead = await world.team_lead()
    formed = datetime(2026, 3, 2, 4, tzinfo=UTC)
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text("update inspection_part set formed_at = :formed, result_code = 'other'"), {"formed": formed}
        )
        await connection.execute(
            text(
                "insert into publication (jurisdiction_id, part_id, record_id, inspection_id, department_id,"
                " plan_task_id, target_id, stage, review, withholding, formed_on, due_on, calendar_version)"
                " select p.jurisdiction_id, p.id, uuidv7(), p.inspection_id, p.department_id, i.plan_task_id,"
                " i.target_id, 'withheld', 'none', 'confirmed', date '2026-03-02', date '2026-03-30', 1"
                " from inspection_part p join inspection i on i.jurisdiction_id = p.jurisdiction_id"
                " and i.id = p.inspection_id"
            )
        )
    for day in (date(2026, 3, 16), date(2026, 3, 27), date(2026, 4, 20)):
        await go_round(world, day)

    assert await rows(lead, "publication_due") == []
    assert await rows(lead, "publication_overdue") == []


async def test_a_problem_to_correct_is_reminded_of_until_it_is_handled(world: World, place: UUID) -> None:
    lead = await world.team_lead()
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text(
                "insert into follow_up (jurisdiction_id, id, inspection_id, part_id, department_id, target_id,"
                " submission_id, problem_key, finding, photo_ids, kind, state, due_on, opened_at)"
                " select p.jurisdiction_id, :id, p.inspection_id, p.id, p.department_id, uuidv7(), uuidv7(), 'q1',"
                " '未公示', '{}', 'order_to_correct', 'opened', :due, :at from inspection_part p"
                " join department d on d.jurisdiction_id = p.jurisdiction_id and d.id = p.department_id"
                " where d.code = 'market_regulation' limit 1"
            ),
            {"id": new_id(), "due": DUE, "at": now()},
        )
    await go_round(world, date(2026, 3, 18))
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update follow_up set state = 'done'"))
    await go_round(world, date(2026, 3, 23))

    assert len(await rows(lead, "follow_up_due")) == 1
    assert await rows(lead, "follow_up_overdue") == []

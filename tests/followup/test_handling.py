"""A found problem is handled, and seen to be handled by somebody else (R13)."""

import asyncio

import pytest
from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from tests.world.county import World, assert_problem


@pytest.fixture
async def problem(world: World) -> str:
    """A problem of market regulation's that is to be handled."""
    await world.issued_draw()
    id = new_id()
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text(
                "insert into follow_up (jurisdiction_id, id, inspection_id, part_id, department_id, target_id,"
                " submission_id, problem_key, finding, photo_ids, kind, state, due_on, opened_at)"
                " select p.jurisdiction_id, :id, p.inspection_id, p.id, p.department_id, uuidv7(), uuidv7(), 'q1',"
                " '未公示', '{}', 'order_to_correct', 'opened', '2099-01-01', now() from inspection_part p"
                " join department d on d.jurisdiction_id = p.jurisdiction_id and d.id = p.department_id"
                " where d.code = 'market_regulation' limit 1"
            ),
            {"id": id},
        )
    return f"/api/follow-ups/{id}"


async def test_it_is_handled_once_and_then_verified_by_another(world: World, problem: str) -> None:
    officer = await world.sign_in(world.login("inspector", "市场监督管理局"))
    lead = await world.team_lead()
    done = {"what": "已现场公示许可证"}

    early = await lead.put(f"{problem}/verification", json={"seen": "看过"})
    assert_problem(early, "followup.not_disposed", rule="R13")
    first = await officer.put(f"{problem}/disposal", json=done)
    again = await officer.put(f"{problem}/disposal", json=done)
    other = await officer.put(f"{problem}/disposal", json={"what": "另一种说法"})
    closed = await lead.put(f"{problem}/verification", json={"seen": "已复查，属实"})
    repeated = await lead.put(f"{problem}/verification", json={"seen": "已复查，属实"})

    assert first.json() == again.json()
    assert (first.json()["state"], first.json()["disposal"]) == ("done", "已现场公示许可证")
    assert_problem(other, "id_reuse", field="id")
    assert (closed.json()["state"], closed.json()) == ("verified", repeated.json())


async def test_who_recorded_it_does_not_verify_it(world: World, problem: str) -> None:
    lead = await world.team_lead()

    await lead.put(f"{problem}/disposal", json={"what": "已责令改正"})
    own = await lead.put(f"{problem}/verification", json={"seen": "属实"})

    assert_problem(own, "followup.second_person", rule="R13")


async def test_another_department_has_no_hand_in_it(world: World, problem: str) -> None:
    stranger = await world.sign_in(world.login("inspector", "卫生健康局"))

    assert_problem(await stranger.put(f"{problem}/disposal", json={"what": "无"}), "followup.not_yours", status=403)


async def test_two_who_record_at_once_leave_one_record(world: World, problem: str) -> None:
    officer, lead = await world.sign_in(world.login("inspector", "市场监督管理局")), await world.team_lead()

    answers = await asyncio.gather(
        officer.put(f"{problem}/disposal", json={"what": "一"}), lead.put(f"{problem}/disposal", json={"what": "二"})
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]

"""An inspector with an interest in a target is never seated with it (R21)."""

from datetime import date, timedelta

from palmcheck.kernel.ids import new_id
from tests.registry.desks import desk
from tests.registry.people.staff import INSPECTORS
from tests.world.county import Json, World, assert_problem

REASON = "近亲属持股"


async def _draw(world: World) -> Json:
    lead = await world.team_lead()
    task = (await lead.get("/api/planning/tasks")).json()["items"][0]
    url = f"/api/draws/{new_id()}"
    frozen = await lead.put(url, json={"plan_task_id": task["id"]})
    assert frozen.status_code == 200, frozen.text
    answer = await lead.post(f"{url}/run")
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


async def _declare(world: World, inspector: Json, **interest: object) -> None:
    office = await desk(world, "joint_office")
    url = f"{INSPECTORS}/{inspector['id']}/interests/{new_id()}"
    answer = await office.put(url, json={"reason": REASON, "since": "2026-01-01", **interest})
    assert answer.status_code == 200, answer.text


async def _people(world: World) -> tuple[list[Json], list[Json]]:
    """Inspectors and targets of the county."""
    auditor = await world.sign_in(world.login("auditor"))
    staff = (await auditor.get(INSPECTORS)).json()["items"]
    return staff, (await auditor.get("/api/registry/targets")).json()["items"]


def _met(draw: Json, inspector_id: str) -> set[str]:
    return {
        visit["target"]["id"]
        for visit in draw["drawn"]
        for seat in visit["seats"]
        if seat["inspector"] and seat["inspector"]["id"] == inspector_id
    }


async def test_who_has_an_interest_in_every_target_is_never_seated(world: World) -> None:
    staff, targets = await _people(world)
    one = next(each for each in staff if each["department_name"] == "卫生健康局")
    for target in targets:
        by_code = target["credit_code"] is not None and targets.index(target) % 2 == 0
        named = {"credit_code": target["credit_code"]} if by_code else {"target_id": target["id"]}
        await _declare(world, one, **named)

    draw = await _draw(world)

    assert draw["drawn"]
    assert _met(draw, one["id"]) == set()
    health = {each["id"] for each in staff if each["department_name"] == "卫生健康局"} - {one["id"]}
    for visit in draw["drawn"]:
        assert {s["inspector"]["id"] for s in visit["seats"] if s["department"]["name"] == "卫生健康局"} == health


async def test_a_shortage_by_recusals_is_said_before_the_draw_and_stays_a_vacancy(world: World) -> None:
    staff, targets = await _people(world)
    health = [each for each in staff if each["department_name"] == "卫生健康局"]
    for one in health[:2]:
        for target in targets:
            await _declare(world, one, target_id=target["id"])

    draw = await _draw(world)

    assert [(each["department_name"], each["needed"], each["available"]) for each in draw["shortages"]] == [
        ("卫生健康局", 2, 1)
    ]
    vacant = [seat for visit in draw["drawn"] for seat in visit["seats"] if seat["inspector"] is None]
    assert len(vacant) == len(draw["drawn"])


async def test_an_interest_that_ended_or_has_not_begun_keeps_nobody_away(world: World) -> None:
    staff, targets = await _people(world)
    yesterday, tomorrow = date.today() - timedelta(days=2), date.today() + timedelta(days=2)
    health = [each for each in staff if each["department_name"] == "卫生健康局"]
    for target in targets:
        await _declare(world, health[0], target_id=target["id"], ended_on=yesterday.isoformat())
        await _declare(world, health[1], target_id=target["id"], since=tomorrow.isoformat())

    assert (await _draw(world))["shortages"] == []


async def test_an_interest_names_one_target_that_is_there(world: World) -> None:
    staff, targets = await _people(world)
    office = await desk(world, "joint_office")
    url = f"{INSPECTORS}/{staff[0]['id']}/interests/{new_id()}"
    body = {"reason": REASON, "since": "2026-01-01"}
    target = {"target_id": targets[0]["id"]}

    for wrong in ({}, {"target_id": str(new_id())}, {**target, "credit_code": "92510198MA0000137U"}):
        answer = await office.put(url, json={**body, **wrong})
        assert_problem(answer, "registry.interest_needs_target", field="target_id", rule="R21")
    early = await office.put(url, json={**body, **target, "ended_on": "2025-12-31"})
    assert_problem(early, "registry.interest_ends_too_early", field="ended_on")
    for _ in range(2):
        answer = await office.put(url, json={**body, **target})
    assert [each["target_name"] for each in answer.json()["interests"]] == [targets[0]["name"]]

"""Entry at a desk: by the part's officers, once, with the reason; a repeat is the same."""

import asyncio

import pytest
from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from tests.inspections.entries import enter, entry, officer_with_part
from tests.world.county import World, assert_problem
from tests.world.phone import Json, Phone, instant


async def test_an_entry_is_published_marked_as_made_at_a_desk(world: World) -> None:
    await world.issued_draw()
    desk, item, part = await officer_with_part(world)
    body = entry(item, part)

    answer = await enter(desk, part, body)

    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["entry"], answer.json()["may_enter"]) == ("complete", "desk", False)
    await world.settle()
    detail = (await desk.get(f"/api/inspections/{item['id']}")).json()
    shown = next(each for each in detail["parts"] if each["part"]["id"] == part["id"])
    assert (shown["part"]["state"], shown["part"]["result_code"]) == ("published", "no_problem_found")
    assert shown["part"]["record_url"].startswith("/records/")
    assert (shown["submission"]["entry"], shown["submission"]["device_signed"]) == ("desk", False)
    assert shown["submission"]["body"]["desk_reason"] == body["desk_reason"]


async def test_a_repeat_changes_nothing_and_other_bytes_are_refused(world: World) -> None:
    await world.issued_draw()
    desk, item, part = await officer_with_part(world)
    body = entry(item, part)

    answers = await asyncio.gather(*(enter(desk, part, body) for _ in range(3)))
    await world.settle()

    assert {answer.status_code for answer in answers} == {200}
    assert (await enter(desk, part, body)).json()["state"] == "published"
    assert_problem(await enter(desk, part, body | {"desk_reason": "别的"}), "id_reuse", field="submission_id")
    second = entry(item, part)
    assert_problem(await enter(desk, part, second), "inspections.already_entered", status=409)
    async with world.database.reading() as session:
        assert await session.scalar(text("select count(*) from submission")) == 1


async def test_only_the_part_s_own_officers_enter(world: World) -> None:
    await world.issued_draw()
    desk, item, part = await officer_with_part(world)
    others = next(each for each in item["parts"] if each["department"]["code"] != part["department"]["code"])

    assert_problem(await enter(desk, others, entry(item, part)), "inspections.part_not_yours", rule="R11", status=403)
    assert_problem(await enter(desk, {"id": str(new_id())}, entry(item, part)), "inspections.part_not_yours")
    lead = await world.team_lead()
    assert_problem(await enter(lead, part, entry(item, part)), "accounts.not_allowed")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"left_at": "2099-01-01T00:00:00.000Z"}, "inspections.times_out_of_order", "left_at"),
        ({"left_at": "2020-01-01T00:00:00.000Z"}, "inspections.times_out_of_order", "left_at"),
        ({"result_code": "awaiting_follow_up"}, "inspections.result_code_wrong", "result_code"),
        ({"checklist_id": str(new_id())}, "inspections.checklist_of_other_part", "checklist_id"),
        ({"desk_reason": ""}, "invalid_request", "desk_reason"),
        ({"desk_reason": None}, "inspections.desk_reason_missing", "desk_reason"),
        ({"entered_at": "2026-11-23T08:00:00"}, "invalid_request", "entered_at"),
        ({"photos": []}, "invalid_request", "photos"),
    ],
)
async def test_what_does_not_fit_is_refused_by_name(world: World, change: Json, code: str, field: str) -> None:
    await world.issued_draw()
    desk, item, part = await officer_with_part(world)

    assert_problem(await enter(desk, part, entry(item, part, **change)), code, field=field)
    assert (await enter(desk, part, entry(item, part))).status_code == 200


@pytest.mark.parametrize("method", ["written", "online"])
async def test_a_check_that_is_made_at_a_desk_needs_no_reason(world: World, method: str) -> None:
    await world.issued_draw()
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update inspection set method = :method"), {"method": method})
    desk, item, part = await officer_with_part(world)
    body = entry(item, part)
    del body["desk_reason"]

    assert item["method"] == method
    assert (await enter(desk, part, body)).status_code == 200


async def test_a_missing_answer_names_its_question(world: World) -> None:
    await world.issued_draw()
    desk, item, part = await officer_with_part(world)
    body = entry(item, part)
    missing = next(iter(body["answers"]))
    del body["answers"][missing]

    problem = assert_problem(await enter(desk, part, body), "inspections.answers_do_not_fit")

    assert (problem["field"], problem["rule"]) == (f"answers.{missing}", "required")


async def test_after_the_phone_s_entry_the_desk_s_is_refused(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    check_in = phone.check_in(parts[0])
    await phone.push(check_in, phone.submission(parts[0], depends_on=[check_in["operation"]["id"]]))
    desk = Phone(phone.client).client
    body = entry(parts[0]["inspection"], parts[0], entered_at=instant(), left_at=instant())

    assert_problem(await enter(desk, parts[0], body), "inspections.already_entered")

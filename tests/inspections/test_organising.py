"""The lead gives visits their day, and the overview counts what the list shows."""

from datetime import UTC, date, datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from tests.inspections.entries import enter, entry, officer_with_part
from tests.world.county import World, assert_problem
from tests.world.neighbours import account, found
from tests.world.phone import Json

LIST, DAYS, OVERVIEW = "/api/inspections", "/api/inspections/visit-days", "/api/inspections/overview"
SOON = f"{datetime.now(UTC).date() + timedelta(days=3)}"


@pytest.fixture
async def lead(world: World) -> httpx.AsyncClient:
    """The lead of a task whose visits are issued."""
    await world.issued_draw()
    return await world.team_lead()


async def _all(client: httpx.AsyncClient, **asked: str) -> list[Json]:
    rows: list[Json] = (await client.get(LIST, params=asked)).json()["items"]
    return rows


async def test_a_day_is_set_for_many_moved_taken_back_and_answered_with_what_was_before(
    world: World, lead: httpx.AsyncClient
) -> None:
    first, second, *_ = await _all(lead)
    both = [first["id"], second["id"]]

    answer = await lead.put(DAYS, json={"inspection_ids": both, "visit_on": SOON})

    assert answer.json() == {"changed": dict.fromkeys(both)}, answer.text
    assert {each["id"]: each["visit_on"] for each in await _all(lead) if each["visit_on"]} == dict.fromkeys(both, SOON)
    repeated = await lead.put(DAYS, json={"inspection_ids": both, "visit_on": SOON})
    assert (repeated.status_code, repeated.json()) == (200, {"changed": {}})
    back = await lead.put(DAYS, json={"inspection_ids": both[:1], "visit_on": None})
    assert back.json() == {"changed": {both[0]: SOON}}
    undated = {each["id"] for each in await _all(lead, standing="undated")}
    assert (both[0] in undated, both[1] in undated) == (True, False)
    async with world.database.reading() as session:
        told = await session.scalar(
            text("select count(*) from audit_event where name = 'inspections.visits_dated'"),
        )
    assert told == 2


async def test_the_last_day_to_organise_is_five_working_days_from_the_draw(
    world: World, lead: httpx.AsyncClient
) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update draw set drawn_at = '2026-09-25T01:00:00Z'"))
    assert {each["organise_by"] for each in await _all(lead)} == {"2026-10-09"}, "the National Day week is between"
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update draw set drawn_at = '2026-12-31T01:00:00Z'"))
        await connection.execute(text("delete from working_day where day > '2026-12-31'"))
    assert {each["organise_by"] for each in await _all(lead)} == {None}, "beyond the calendar nothing is guessed"


async def test_only_the_lead_department_sets_days_and_never_before_the_issue(
    world: World, lead: httpx.AsyncClient
) -> None:
    visit = (await _all(lead))[0]
    body = {"inspection_ids": [visit["id"]], "visit_on": SOON}
    place = (await lead.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    participant = await world.sign_in(await account(world.database, place, "team_lead", "health"))
    stranger = await world.sign_in(
        await account(world.database, await found(world.database, "510101"), "team_lead", "market_regulation")
    )

    assert visit["may_organise"] is True
    assert {each["may_organise"] for each in await _all(participant)} == {False}
    refused = await participant.put(DAYS, json=body)
    assert_problem(refused, "inspections.not_lead_of_visit", status=403)
    assert_problem(await stranger.put(DAYS, json=body), "not_found")
    assert_problem(await lead.put(DAYS, json=body | {"inspection_ids": [visit["id"], str(new_id())]}), "not_found")
    day_before = f"{date.fromisoformat(visit['issued_on']) - timedelta(days=1)}"
    refused = await lead.put(DAYS, json=body | {"visit_on": day_before})
    assert_problem(refused, "inspections.visit_before_issue", field="visit_on")


async def test_a_visit_with_all_results_keeps_its_day(world: World, lead: httpx.AsyncClient) -> None:
    visit = (await _all(lead))[0]
    async with world.database.engine.begin() as connection:
        formed = "update inspection_part set formed_at = now(), result_code = :code where inspection_id = :id"
        await connection.execute(text(formed), {"code": "no_problem_found", "id": visit["id"]})
    body = {"inspection_ids": [visit["id"]], "visit_on": SOON}

    assert_problem(await lead.put(DAYS, json=body), "inspections.visit_done", status=409)


async def test_each_number_of_the_overview_leads_to_as_many_rows(world: World, lead: httpx.AsyncClient) -> None:
    desk, item, part = await officer_with_part(world)
    await enter(desk, part, entry(item, part))
    await world.settle()
    everything = await _all(lead)
    async with world.database.engine.begin() as connection:
        for visit, shift in ((everything[0], -3), (everything[-1], 2)):
            moved = text("update inspection set due_on = current_date + cast(:days as integer) where id = :id")
            await connection.execute(moved, {"days": shift, "id": visit["id"]})
    await lead.put(DAYS, json={"inspection_ids": [everything[0]["id"]], "visit_on": SOON})

    seen = (await lead.get(OVERVIEW)).json()

    assert seen["whole"]["late"] == seen["whole"]["due"] == 1
    assert seen["whole"] == seen["places"][0]["counts"]
    asked: list[dict[str, str]] = [{}]
    counts = [seen["whole"]]
    for kind in ("departments", "tasks"):
        name = "department_id" if kind == "departments" else "plan_task_id"
        asked += [{name: each["id"]} for each in seen[kind]]
        counts += [each["counts"] for each in seen[kind]]
    for narrowed, count in zip(asked, counts, strict=True):
        for standing, number in count.items():
            assert len(await _all(lead, standing=standing, **narrowed)) == number, (standing, narrowed)


async def test_two_results_of_a_part_wait_in_the_overview_until_they_are_decided(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    lead = await world.team_lead()
    check_in = phone.check_in(parts[0])
    first = phone.submission(parts[0], depends_on=[check_in["operation"]["id"]])
    await phone.push(check_in, first)
    await phone.push(phone.submission(parts[0], depends_on=[check_in["operation"]["id"]]))

    assert (await lead.get(OVERVIEW)).json()["whole"]["disputed"] == 1
    (visit,) = await _all(lead, standing="disputed")
    decision = {"submission_id": first["operation"]["id"], "because": "以先提交的为准"}
    answer = await lead.put(f"{LIST}/parts/{parts[0]['id']}/decision", json=decision)
    assert answer.status_code == 200, answer.text
    assert visit["id"] == parts[0]["inspection"]["id"]
    assert (await lead.get(OVERVIEW)).json()["whole"]["disputed"] == 0


async def test_a_year_without_a_table_of_working_days_is_told(world: World, lead: httpx.AsyncClient) -> None:
    year = datetime.now(UTC).year
    assert year not in (await lead.get(OVERVIEW)).json()["calendar_missing"]
    async with world.database.engine.begin() as connection:
        await connection.execute(text("delete from working_day where day >= :first"), {"first": date(year, 1, 1)})

    assert year in (await lead.get(OVERVIEW)).json()["calendar_missing"]

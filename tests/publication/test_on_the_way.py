"""A result on its way to the public: reviewed by a colleague, withheld by two, never waiting for another's record."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import PUBLICATION_CLOCK, PUBLICATION_REVIEW
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.publication import lapsing, standing
from palmcheck.publication.lapsing import lapse_reviews
from palmcheck.publication.public_counts import department_rows, overdue_rows
from tests.inspections.entries import enter, entry, officer_with_part
from tests.world.county import World, assert_problem
from tests.world.phone import Json

OFFICE = SystemActor("tests")
MARKET, HEALTH = "市场监督管理局", "卫生健康局"


async def setting(world: World, which: Any, value: str) -> None:
    async with world.database.unit_of_work() as tx:
        place = await tx.session.scalar(text("select jurisdiction_id from plan_task limit 1"))
        await jurisdictions.change_setting(tx, OFFICE, place, which, value, "试行")


async def entered(world: World, department: str = "market_regulation") -> tuple[httpx.AsyncClient, Json]:
    """A result of a department that is whole, and its officer at a desk."""
    await world.issued_draw()
    desk, item, part = await officer_with_part(world, department)
    assert (await enter(desk, part, entry(item, part))).status_code == 200
    await world.settle()
    return desk, part


async def another_officer(world: World, part: Json, department: str = MARKET) -> httpx.AsyncClient:
    """An inspector of the department who does not go to the part."""
    going = {each["inspector_id"] for each in part["officers"]}
    for login in world.logins:
        if login.role == "inspector" and login.department == department:
            desk = await world.sign_in(login)
            if (await desk.get("/api/accounts/me")).json()["inspector_id"] not in going:
                return desk
    raise AssertionError("everybody goes")


async def look(client: httpx.AsyncClient, part: Json) -> Json:
    answer = await client.get(f"/api/publication/records/{part['id']}")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def public(world: World) -> list[Json]:
    found: list[Json] = (await world.client().get("/api/public/records")).json()["items"]
    return found


@pytest.fixture
async def reviewed(world: World) -> World:
    """A county whose results are reviewed before they are public."""
    await setting(world, PUBLICATION_REVIEW, "second_officer")
    return world


async def test_without_a_review_a_result_is_public_at_once_and_shows_its_last_day(world: World) -> None:
    desk, part = await entered(world)

    row = (await look(desk, part))["row"]
    assert (row["stage"], row["review"], row["overdue"]) == ("published", "none", False)
    (record,) = await public(world)
    assert row["record_url"] == record["url"]


async def test_a_colleague_reviews_and_no_officer_of_the_visit_does(reviewed: World) -> None:
    desk, part = await entered(reviewed)
    colleague = await another_officer(reviewed, part)
    path, passed = f"/api/publication/records/{part['id']}/review", {"verdict": "passed", "note": ""}

    assert await public(reviewed) == []
    assert (await look(desk, part))["row"]["stage"] == "in_review"
    assert_problem(await desk.put(path, json=passed), "publication.reviewed_by_own_officer", status=409)
    stranger = await reviewed.sign_in(reviewed.login("inspector", HEALTH))
    assert_problem(await stranger.put(path, json=passed), "publication.not_yours", status=403)
    first = await colleague.put(path, json=passed)
    again = await colleague.put(path, json=passed)
    await reviewed.settle()

    assert (first.status_code, again.status_code) == (200, 200)
    assert (await look(desk, part))["row"]["stage"] == "published"
    assert len(await public(reviewed)) == 1
    assert_problem(
        await colleague.put(path, json=passed | {"verdict": "returned"}), "publication.not_in_review", status=409
    )


async def test_what_was_returned_waits_until_it_is_passed(reviewed: World) -> None:
    desk, part = await entered(reviewed)
    colleague = await another_officer(reviewed, part)
    path = f"/api/publication/records/{part['id']}/review"

    await colleague.put(path, json={"verdict": "returned", "note": "第三项请核实"})
    await lapse_reviews(reviewed.database, now() + timedelta(days=60))
    await reviewed.settle()
    waiting = await look(desk, part)
    await colleague.put(path, json={"verdict": "passed", "note": "已核实"})
    await reviewed.settle()

    assert (waiting["row"]["stage"], waiting["review_note"]) == ("returned", "第三项请核实")
    assert len(await public(reviewed)) == 1


async def test_a_review_that_nobody_gives_stops_nothing(reviewed: World) -> None:
    desk, part = await entered(reviewed)
    row = (await look(desk, part))["row"]
    assert row["due_on"] is None or row["review_by"] < row["due_on"]

    await lapse_reviews(reviewed.database, now())  # its days are not over
    assert await public(reviewed) == []
    await lapse_reviews(reviewed.database, now() + timedelta(days=30))
    await lapse_reviews(reviewed.database, now() + timedelta(days=30))
    await reviewed.settle()

    assert ((await look(desk, part))["row"]["review"], len(await public(reviewed))) == ("lapsed", 1)


async def test_one_bad_row_stops_no_other(reviewed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, part = await entered(reviewed)
    _, item, other = await officer_with_part(reviewed, "health")
    officer = await reviewed.sign_in(reviewed.login("inspector", HEALTH))
    del officer, item, other
    async with reviewed.database.engine.begin() as connection:  # a row whose part is gone
        await connection.execute(
            text(
                "insert into publication (jurisdiction_id, part_id, record_id, inspection_id, department_id,"
                " plan_task_id, target_id, stage, review, withholding, formed_on, review_by, calendar_version)"
                " select jurisdiction_id, cast(:zero as uuid), uuidv7(), inspection_id, department_id, plan_task_id,"
                " target_id, stage, review, withholding, formed_on, review_by, 1 from publication"
            ),
            {"zero": str(UUID(int=0))},
        )
    whole = standing.move_on

    async def sometimes(tx: Any, by: Any, row: Any, because: str) -> None:
        if row.part_id == UUID(int=0):
            raise RuntimeError("bad row")
        await whole(tx, by, row, because)

    monkeypatch.setattr(lapsing, "move_on", sometimes)
    await lapse_reviews(reviewed.database, now() + timedelta(days=30))
    await reviewed.settle()

    assert (await look(desk, part))["row"]["stage"] == "published"


async def test_two_people_keep_a_result_from_the_public_by_law(reviewed: World) -> None:
    desk, part = await entered(reviewed)
    lead = await reviewed.team_lead()
    administrator = await reviewed.sign_in(reviewed.login("department_administrator", MARKET))
    path = f"/api/publication/withholdings/{new_id()}"
    body = {"part_id": part["id"], "ground": "trade_secret", "note": "配方涉密"}

    first, again = await lead.put(path, json=body), await lead.put(path, json=body)
    assert (first.status_code, again.json()) == (200, first.json())
    assert_problem(await lead.put(path, json=body | {"note": "别的"}), "id_reuse", status=409)
    assert_problem(
        await desk.put(f"/api/publication/withholdings/{new_id()}", json=body), "publication.proposal_open", status=409
    )
    detail = await look(lead, part)
    assert (detail["row"]["stage"], detail["mine"]) == ("proposed", True)
    decision = {"verdict": "confirmed", "because": "已核对配方清单"}
    assert_problem(await lead.put(f"{path}/decision", json=decision), "publication.second_person", status=409)
    await lapse_reviews(reviewed.database, now() + timedelta(days=30))
    await reviewed.settle()
    assert await public(reviewed) == []  # not even when the review is over
    confirmed = await administrator.put(f"{path}/decision", json=decision)
    assert (await administrator.put(f"{path}/decision", json=decision)).json() == confirmed.json()
    await reviewed.settle()

    row = (await look(desk, part))["row"]
    assert (row["stage"], row["ground"], row["withheld_on"]) == ("withheld", "trade_secret", str(law_date(now())))
    assert await public(reviewed) == []
    async with reviewed.database.reading() as session:
        fact = "select withheld_on, published_on from part_fact where part_id = :part"
        assert tuple((await session.execute(text(fact), {"part": part["id"]})).one()) == (law_date(now()), None)


async def test_a_refused_or_taken_back_proposal_lets_the_result_go_on(world: World) -> None:
    await world.issued_draw()
    desk, item, part = await officer_with_part(world, "market_regulation")
    path = f"/api/publication/withholdings/{new_id()}"
    body = {"part_id": part["id"], "ground": "other_law", "note": ""}
    assert_problem(await desk.put(path, json=body), "publication.ground_needs_law", field="note")
    early = await desk.put(path, json=body | {"note": "《某法》第九条"})
    assert early.status_code == 200, early.text  # before the visit is over
    assert (await enter(desk, part, entry(item, part))).status_code == 200
    await world.settle()
    assert (await public(world), (await look(desk, part))["row"]["stage"]) == ([], "proposed")

    lead = await world.team_lead()
    refused = await lead.put(f"{path}/decision", json={"verdict": "refused", "because": "该条不适用"})
    await world.settle()

    assert refused.json()["verdict"] == "refused"
    assert ((await look(desk, part))["row"]["stage"], len(await public(world))) == ("published", 1)


async def test_a_proposal_is_taken_back_by_who_made_it(reviewed: World) -> None:
    desk, part = await entered(reviewed)
    path = f"/api/publication/withholdings/{new_id()}"
    await desk.put(path, json={"part_id": part["id"], "ground": "personal_privacy", "note": ""})

    taken = await desk.put(f"{path}/taken-back")
    repeated = await desk.put(f"{path}/taken-back")

    assert (taken.json()["verdict"], repeated.json()) == ("taken_back", taken.json())
    assert (await look(desk, part))["row"]["stage"] == "in_review"


async def test_what_is_overdue_is_reported_to_the_office(reviewed: World) -> None:
    desk, part = await entered(reviewed)
    async with reviewed.database.engine.begin() as connection:
        await connection.execute(text("update publication set due_on = current_date - 40"))
    office = await reviewed.sign_in(reviewed.login("joint_office"))
    report = (await office.get("/api/publication/overdue")).json()
    (row,) = (await office.get("/api/publication/records", params={"stage": "overdue"})).json()["items"]
    assert (report["total"], report["rows"][0]["department"]["name"]) == (1, MARKET)
    assert (row["part_id"], row["overdue"]) == (part["id"], True)
    assert row["days_left"] is None or row["days_left"] < 0
    assert (await look(desk, part))["row"]["overdue"] is True
    async with reviewed.database.reading() as session:
        late = [each for each in await overdue_rows(session, law_date(now())) if each.unpublished]
        departments = await department_rows(session, law_date(now()))
    assert [(each.department, each.unpublished) for each in late] == [(MARKET, 1)]  # in public: counts, no target
    assert {each.name for each in departments if each.overdue} >= {MARKET}


async def test_the_task_s_end_starts_the_clock_where_the_county_says_so(reviewed: World) -> None:
    await setting(reviewed, PUBLICATION_CLOCK, "task_completed")
    desk, part = await entered(reviewed)
    before = (await look(desk, part))["row"]["due_on"]
    async with reviewed.database.reading() as session:
        deadline = await session.scalar(text("select deadline from plan_task where state = 'issued' limit 1"))

    assert before is None or before > str(deadline)


async def test_at_once_means_the_next_working_day_at_the_latest(reviewed: World) -> None:
    await setting(reviewed, PUBLICATION_CLOCK, "at_once")
    desk, part = await entered(reviewed)

    row = (await look(desk, part))["row"]
    assert row["formed_on"] <= row["due_on"] <= str(law_date(now()) + timedelta(days=10))


async def test_a_record_that_a_law_takes_out_of_public_leaves_a_tombstone(world: World) -> None:
    desk, part = await entered(world)
    (record,) = await public(world)
    anybody, path = world.client(), f"/api/publication/withholdings/{new_id()}"
    await desk.put(path, json={"part_id": part["id"], "ground": "personal_privacy", "note": ""})
    assert len(await public(world)) == 1  # a proposal alone takes nothing out of public
    lead = await world.team_lead()
    withdrawn = await lead.put(f"{path}/decision", json={"verdict": "confirmed", "because": "复议决定"})
    assert withdrawn.status_code == 200, withdrawn.text
    await world.settle()

    async with asyncio.timeout(10):  # the database tells every process
        while await public(world):  # noqa: ASYNC110 - seen from outside
            await asyncio.sleep(0.05)
    data = await anybody.get(f"/api/public/records/{record['id']}")
    page = await anybody.get(record["url"])
    assert_problem(data, "publication.record_gone", status=410)
    assert (page.status_code, "涉及个人隐私" in page.text) == (410, True)
    assert record["target"]["name"] not in page.text + data.text
    assert (await look(lead, part))["row"]["stage"] == "withdrawn"
    async with world.database.reading() as session:
        gone = "select count(*) from public_record where part_id = :part"
        assert await session.scalar(text(gone), {"part": part["id"]}) == 0
        fact = "select published_on, withheld_on from part_fact where part_id = :part"
        assert tuple((await session.execute(text(fact), {"part": part["id"]})).one()) == (law_date(now()), None)

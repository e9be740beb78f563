"""The draw at its door: frozen once, drawn once, issued once, by the lead department alone (R4, R5)."""

import asyncio
from collections import Counter
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.draws.entropy import commitment, draw_key
from palmcheck.draws.leaves import PoolLeaf, leaf_of, merkle_root, pool_root, receipt_order
from palmcheck.draws.matching import InspectorLeaf, Participation, match_scattered
from palmcheck.draws.models import Draw, DrawInspector, DrawSeat, DrawTarget
from palmcheck.draws.selection import select as select_lowest
from palmcheck.kernel.ids import new_id
from tests.world.county import World, assert_problem
from tests.world.neighbours import account, found
from tests.world.phone import Json


async def task_of(lead: httpx.AsyncClient) -> Json:
    task: Json = (await lead.get("/api/planning/tasks")).json()["items"][0]
    return task


async def freeze(lead: httpx.AsyncClient, id: UUID, plan_task_id: str) -> httpx.Response:
    return await lead.put(f"/api/draws/{id}", json={"plan_task_id": plan_task_id})


async def rows(session: AsyncSession, model: type[DrawTarget | DrawInspector | DrawSeat]) -> list[Json]:
    found = await session.execute(select(*model.__table__.columns))
    return [dict(row._mapping) for row in found]


async def test_from_the_freeze_to_the_issue_each_step_answers_the_same_again(world: World) -> None:
    lead, id = await world.team_lead(), new_id()
    task = await task_of(lead)

    frozen = await freeze(lead, id, task["id"])
    assert (frozen.status_code, frozen.json()["state"], frozen.json()["drawn"]) == (200, "prepared", [])
    assert (await freeze(lead, id, task["id"])).content == frozen.content
    drawn = await lead.post(f"/api/draws/{id}/run")
    assert (drawn.status_code, drawn.json()["state"]) == (200, "drawn")
    assert (await lead.post(f"/api/draws/{id}/run")).content == drawn.content
    issued = await lead.post(f"/api/draws/{id}/issue")
    assert (issued.status_code, issued.json()["state"]) == (200, "issued")
    for again in (await lead.post(f"/api/draws/{id}/issue"), await lead.post(f"/api/draws/{id}/run")):
        assert again.content == issued.content
    assert (await lead.get(f"/api/draws/{id}")).content == issued.content

    fixed = ("k1_sha256", "target_pool_root", "inspector_pool_root", "frozen_at")
    assert [frozen.json()[key] for key in fixed] == [issued.json()[key] for key in fixed]
    assert [each["drawn"] for each in drawn.json()["strata"]] == [each["quota"] for each in drawn.json()["strata"]]
    assert (await task_of(lead))["state"] == "issued"


async def test_no_step_before_the_one_before_it(world: World) -> None:
    lead, id = await world.team_lead(), new_id()

    assert_problem(await lead.post(f"/api/draws/{id}/run"), "draws.not_frozen_yet", status=409)
    assert_problem(await lead.post(f"/api/draws/{id}/issue"), "draws.not_frozen_yet")
    assert_problem(await freeze(lead, id, str(new_id())), "not_found", field="plan_task_id")
    await freeze(lead, id, (await task_of(lead))["id"])
    assert_problem(await lead.post(f"/api/draws/{id}/issue"), "draws.not_drawn_yet", status=409)


async def test_a_task_is_drawn_once_whatever_the_id(world: World) -> None:
    lead, id = await world.team_lead(), new_id()
    task = await task_of(lead)
    await freeze(lead, id, task["id"])

    assert_problem(await freeze(lead, new_id(), task["id"]), "planning.task_taken", rule="R4")
    assert_problem(await freeze(lead, id, str(new_id())), "id_reuse", field="id")


@pytest.mark.parametrize("same_id", [True, False])
async def test_freezing_at_the_same_time_makes_one_draw(world: World, same_id: bool) -> None:
    lead, id = await world.team_lead(), new_id()
    task = await task_of(lead)

    ids = [id if same_id else new_id() for _ in range(4)]
    answers = await asyncio.gather(*(freeze(lead, each, task["id"]) for each in ids))

    statuses = Counter(answer.status_code for answer in answers)
    assert statuses == ({200: 4} if same_id else {200: 1, 409: 3})
    assert len({answer.content for answer in answers if answer.status_code == 200}) == 1


async def test_drawing_and_issuing_at_the_same_time_give_one_result(world: World) -> None:
    lead, id = await world.team_lead(), new_id()
    await freeze(lead, id, (await task_of(lead))["id"])

    for step in ("run", "issue"):
        answers = await asyncio.gather(*(lead.post(f"/api/draws/{id}/{step}") for _ in range(4)))
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
    await world.settle()
    items = (await lead.get("/api/inspections")).json()["items"]
    assert len(items) == len((await lead.get(f"/api/draws/{id}")).json()["drawn"])


async def test_only_the_lead_department_draws_and_only_readers_see_it(world: World) -> None:
    lead, id = await world.team_lead(), new_id()
    task = await task_of(lead)
    place = UUID((await lead.get("/api/accounts/me")).json()["jurisdiction"]["id"])
    other = await world.sign_in(await account(world.database, place, "team_lead", "health"))
    abroad = await found(world.database, "510101")
    stranger = await world.sign_in(await account(world.database, abroad, "team_lead", "market_regulation"))

    assert_problem(await freeze(other, id, task["id"]), "draws.not_lead_department", status=403)
    assert_problem(await freeze(stranger, id, task["id"]), "not_found")
    await freeze(lead, id, task["id"])
    for step in ("run", "issue"):
        assert_problem(await other.post(f"/api/draws/{id}/{step}"), "draws.not_lead_department")
        assert_problem(await stranger.post(f"/api/draws/{id}/{step}"), "draws.not_frozen_yet")
    assert_problem(await stranger.get(f"/api/draws/{id}"), "not_found")
    auditor = await world.sign_in(world.login("auditor"))
    assert (await auditor.get(f"/api/draws/{id}")).status_code == 200
    officer = await world.sign_in(world.login("inspector"))
    assert_problem(await officer.get(f"/api/draws/{id}"), "accounts.not_allowed")


async def test_before_the_issue_no_phone_knows_anything(world: World) -> None:
    lead, id = await world.team_lead(), new_id()
    phones = [await world.phone(login) for login in world.logins if login.role == "inspector"]
    await freeze(lead, id, (await task_of(lead))["id"])
    await lead.post(f"/api/draws/{id}/run")
    await world.settle()

    assert [(await phone.pull())["changes"] for phone in phones] == [[]] * len(phones)
    assert (await lead.get("/api/inspections")).json()["items"] == []


async def test_the_secret_and_the_salts_are_shown_to_nobody(world: World) -> None:
    answer = str(await world.issued_draw())
    async with world.database.reading() as session:
        draw = (await session.scalars(select(Draw))).one()
        salts = (await session.scalars(select(DrawTarget.salt))).all()

    assert not any(secret.hex() in answer for secret in (draw.k1, *salts))
    assert commitment(draw.k1).hex() == draw.k1_sha256


async def test_anybody_with_the_rows_computes_the_same_draw(world: World) -> None:
    shown = await world.issued_draw()
    async with world.database.reading() as session:
        draw = (await session.scalars(select(Draw))).one()
        targets, staff = await rows(session, DrawTarget), await rows(session, DrawInspector)
        seats = await rows(session, DrawSeat)
    assert all(leaf_of(row["salt"], row["entry"]) == row["leaf"] for row in [*targets, *staff])
    pool = [PoolLeaf(row["stratum"], row["leaf"]) for row in targets]
    assert pool_root(pool).hex() == shown["target_pool_root"]
    assert pool_root(PoolLeaf("", row["leaf"]) for row in staff).hex() == shown["inspector_pool_root"]

    key = draw_key([draw.k1], draw.id)
    drawn = select_lowest(key, pool, {s["code"]: s["quota"] for s in draw.strata}, reserve=draw.reserve_size)
    places = {row["leaf"]: (row["place"], row["position"], row["rank"]) for row in targets if row["place"]}
    assert places == {each.leaf: ("drawn", each.position, each.rank) for each in drawn.drawn} | {
        each.leaf: ("reserve", each.position, each.rank) for each in drawn.reserve
    }
    ids = {row["leaf"]: row["target_id"] for row in targets} | {row["leaf"]: row["inspector_id"] for row in staff}
    homes = {each["code"]: UUID(each["id"]) for each in draw.departments}
    parts = [Participation(each["code"], each["assists_only"]) for each in draw.departments]
    matched = match_scattered(
        key, drawn.drawn, parts, [InspectorLeaf(row["entry"]["department"], row["leaf"]) for row in staff]
    )
    assert {(ids[s.visit], homes[s.department], s.seat, ids.get(s.inspector or b"")) for s in matched} == {
        (row["target_id"], row["department_id"], row["seat"], row["inspector_id"]) for row in seats
    }
    results = [
        leaf_of(row["receipt_salt"], {"schema": "palmcheck/draw/v1/drawn", "draw_id": str(draw.id),
                                      "target_id": str(row["target_id"])})
        for row in targets if row["place"] == "drawn"
    ]  # fmt: skip
    assert merkle_root(receipt_order(key.key, results)).hex() == shown["receipt_root"]


@pytest.mark.parametrize("left", [1, 0])
async def test_what_a_department_lacks_is_a_visible_vacancy(world: World, left: int) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text(
                "update inspector set status = 'retired' from department d where d.id = department_id "
                "and d.code = 'health' and inspector.id not in (select i.id from inspector i "
                "join department d on d.id = i.department_id and d.code = 'health' order by i.id limit :left)"
            ),
            {"left": left},
        )

    shown = await world.issued_draw()

    (short,) = shown["shortages"]
    assert (short["department_name"], short["needed"], short["available"]) == ("卫生健康局", 2, left)
    for row in shown["drawn"]:
        filled = [s["inspector"] is not None for s in row["seats"] if s["department"]["name"] == "卫生健康局"]
        assert (len(filled), sum(filled)) == (2, left)
    lead = await world.team_lead()
    parts = (await lead.get("/api/inspections")).json()["items"][0]["parts"]
    assert {part["department"]["code"]: len(part["officers"]) for part in parts} == {
        "health": left,
        "market_regulation": 2,
    }


async def test_nobody_in_operation_is_nobody_to_draw(world: World) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update target set status = 'revoked'"))
    lead = await world.team_lead()

    assert_problem(await freeze(lead, new_id(), (await task_of(lead))["id"]), "draws.pool_empty", rule="R1")
    assert (await task_of(lead))["state"] == "published"

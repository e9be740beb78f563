"""A public record that was wrong: corrected by versions, each by two people, the earlier ones still to be read."""

import httpx
from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from tests.publication.test_on_the_way import MARKET, entered, look, public
from tests.world.county import World, assert_problem
from tests.world.phone import Json

WRONG = {"result_code": "ordered_to_correct", "reason": "entry_error", "note": "第三项误选"}


async def propose(desk: httpx.AsyncClient, part: Json, **changed: str) -> tuple[str, httpx.Response]:
    path = f"/api/publication/corrections/{new_id()}"
    return path, await desk.put(path, json={"part_id": part["id"], **WRONG, **changed})


async def test_a_second_person_confirms_and_a_new_version_stands_beside_the_first(world: World) -> None:
    desk, part = await entered(world)
    lead = await world.team_lead()
    (first,) = await public(world)

    path, proposed = await propose(desk, part)
    repeated = await desk.put(path, json={"part_id": part["id"], **WRONG})
    assert (proposed.status_code, repeated.json()) == (200, proposed.json())
    assert (await public(world))[0]["version"] == 1  # a proposal changes nothing in public
    waiting = await lead.get("/api/publication/records", params={"stage": "undecided"})
    assert [row["undecided"] for row in waiting.json()["items"]] == [["correction"]]
    confirmed = await lead.put(f"{path}/decision", json={"verdict": "confirmed", "because": "已核对原始记录"})
    again = await lead.put(f"{path}/decision", json={"verdict": "confirmed", "because": "已核对原始记录"})
    await world.settle()

    assert (confirmed.status_code, again.json()) == (200, confirmed.json())
    (record,) = await public(world)  # one row in lists, the newest
    assert (record["id"], record["version"], record["result_code"]) == (first["id"], 2, "ordered_to_correct")
    assert record["corrected_because"] == "录入有误"
    assert record["working_days_used"] == first["working_days_used"]
    page = (await world.client().get(record["url"])).text
    assert "录入有误" in page
    assert "未发现问题" in page  # what the first version said
    assert "第三项误选" not in page
    row = (await look(desk, part))["row"]
    assert (row["stage"], row["result_code"], row["undecided"]) == ("published", "ordered_to_correct", [])


async def test_the_figures_follow_what_was_corrected(world: World) -> None:
    desk, part = await entered(world)
    path, _ = await propose(desk, part)
    lead = await world.team_lead()
    await lead.put(f"{path}/decision", json={"verdict": "confirmed", "because": ""})
    await world.settle()

    async with world.database.reading() as session:
        fact = "select visit_problem, published_on from part_fact_now where part_id = :part"
        problem, published_on = (await session.execute(text(fact), {"part": part["id"]})).one()
        sent = await session.scalar(text("select result_code from submission limit 1"))
    assert problem
    assert published_on is not None
    assert sent == "no_problem_found"  # what was signed stays as it was


async def test_who_proposed_a_correction_cannot_confirm_it_and_no_other_department_can(world: World) -> None:
    _, part = await entered(world)
    lead = await world.team_lead()
    path, _ = await propose(lead, part)
    decision = {"verdict": "confirmed", "because": ""}

    assert_problem(await lead.put(f"{path}/decision", json=decision), "publication.second_person", status=409)
    stranger = await world.sign_in(world.login("department_administrator", "卫生健康局"))
    assert_problem(await stranger.put(f"{path}/decision", json=decision), "publication.not_yours", status=403)
    administrator = await world.sign_in(world.login("department_administrator", MARKET))
    refused = await administrator.put(f"{path}/decision", json={"verdict": "refused", "because": "原结论无误"})
    assert refused.json()["verdict"] == "refused"
    assert (await public(world))[0]["version"] == 1


async def test_a_correction_that_says_the_same_is_none_and_one_is_open_at_a_time(world: World) -> None:
    desk, part = await entered(world)

    _, same = await propose(desk, part, result_code="no_problem_found")
    assert_problem(same, "publication.nothing_to_correct", field="result_code")
    path, _ = await propose(desk, part)
    _, second = await propose(desk, part)
    assert_problem(second, "publication.proposal_open", status=409)
    assert (await desk.put(f"{path}/taken-back")).json()["verdict"] == "taken_back"
    _, third = await propose(desk, part)
    assert third.status_code == 200


async def test_a_name_put_right_in_the_registry_is_a_correction_too(world: World) -> None:
    desk, part = await entered(world)
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update target set name = '更名后的饭店' where credit_code is not null"))
    path, proposed = await propose(desk, part, result_code="no_problem_found", reason="name_error")
    assert proposed.status_code == 200, proposed.text
    lead = await world.team_lead()
    await lead.put(f"{path}/decision", json={"verdict": "confirmed", "because": ""})
    await world.settle()

    (record,) = await public(world)
    assert (record["version"], record["target"]["name"]) == (2, "更名后的饭店")


async def test_all_versions_go_when_a_law_takes_a_corrected_record_out_of_public(world: World) -> None:
    desk, part = await entered(world)
    lead = await world.team_lead()
    path, _ = await propose(desk, part)
    await lead.put(f"{path}/decision", json={"verdict": "confirmed", "because": ""})
    withholding = f"/api/publication/withholdings/{new_id()}"
    await desk.put(withholding, json={"part_id": part["id"], "ground": "trade_secret", "note": ""})
    await lead.put(f"{withholding}/decision", json={"verdict": "confirmed", "because": "涉密"})
    await world.settle()

    async with world.database.reading() as session:
        assert await session.scalar(text("select count(*) from public_record")) == 0
        assert await session.scalar(text("select cardinality(version_digests) from withdrawn_record")) == 2
    _, late = await propose(desk, part)
    assert_problem(late, "publication.not_correctable", status=409)

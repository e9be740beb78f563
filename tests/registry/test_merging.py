"""Targets that are one."""

import httpx
from stdnum.cn import uscc

from palmcheck.kernel.ids import new_id
from palmcheck.registry import service as registry
from tests.registry.desks import PLAIN, TARGETS, desk, entered, names, put
from tests.world.county import Json, World, assert_problem

DUPLICATES, MERGES = f"{TARGETS}/duplicates", "/api/registry/merges"


def code(body: str) -> str:
    return str(body + uscc.calc_check_digit(body))


async def merge(client: httpx.AsyncClient, gone: Json, kept: Json, id: object = None) -> httpx.Response:
    body = {"from_target_id": gone["id"], "into_target_id": kept["id"], "reason": "同一家店登记两次"}
    return await client.put(f"{MERGES}/{id or new_id()}", json=body)


async def groups(client: httpx.AsyncClient) -> list[tuple[str, set[str]]]:
    items = (await client.get(DUPLICATES)).json()["items"]
    return [(each["because"], {target["id"] for target in each["targets"]}) for each in items]


async def test_the_same_name_and_address_however_written(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    first, second = await entered(clerk), await entered(clerk, name="临江县 新开面馆", address="临江县人民路９号")
    await entered(clerk, address="临江县人民路10号")
    assert await groups(clerk) == [("name_and_address", {first["id"], second["id"]})]


async def test_the_same_organisation_or_number(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    a = await entered(clerk, name="甲", credit_code=code("91510198MB000001X"))
    b = await entered(clerk, name="乙", credit_code=code("92510198MB000001X"))
    c, d = [await entered(clerk, name=name, registration_number="510198600000123") for name in ("丙", "丁")]
    assert await groups(clerk) == [
        ("organisation_code", {a["id"], b["id"]}),
        ("registration_number", {c["id"], d["id"]}),
    ]


async def test_duplicates_come_in_pages(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    for number in range(23):
        for _ in range(2):
            await entered(clerk, name=f"店{number}")
    first = (await clerk.get(DUPLICATES)).json()
    second = (await clerk.get(DUPLICATES, params={"cursor": first["next"]})).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (20, 3, None)
    assert len({each["targets"][0]["name"] for each in first["items"] + second["items"]}) == 23


async def test_the_merged_row_stays_readable_and_points_on(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    credit_code = code("92510198MB000009X")
    gone, kept = await entered(clerk, credit_code=credit_code), await entered(clerk)
    await clerk.put(f"{TARGETS}/{gone['id']}/tags", json={"tags": ["学校食堂"]})
    fact = {"kind": "penalty", "happened_on": "2026-01-05", "source": "县局", "content": "罚款"}
    await clerk.put(f"{TARGETS}/{gone['id']}/facts/{new_id()}", json=fact)
    id = new_id()
    for _ in range(2):
        answer = await merge(clerk, gone, kept, id)
        assert answer.status_code == 200, answer.text
    whole = answer.json()
    assert (whole["target"]["credit_code"], whole["target"]["tags"]) == (credit_code, ["学校食堂"])
    assert [each["content"] for each in whole["facts"]] == ["罚款"]
    assert [each["reason"] for each in whole["merges"]] == ["同一家店登记两次"]
    old = (await clerk.get(f"{TARGETS}/{gone['id']}")).json()
    assert old["merged_into"]["id"] == kept["id"]
    assert old["may_edit"] is False
    assert await names(clerk, q="新开") == ["临江县新开面馆"]
    assert await groups(clerk) == []
    history = (await clerk.get(f"{TARGETS}/{gone['id']}/history")).json()["items"]
    assert history[0]["name"] == "registry.targets_merged"


async def test_chains_point_to_their_end(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    a, b, c = [await entered(clerk, name=name) for name in "甲乙丙"]
    product = await entered(clerk, name="泡菜", kind="product", responsible_id=a["id"])
    await merge(clerk, a, b)
    await merge(clerk, b, c)
    assert (await clerk.get(f"{TARGETS}/{a['id']}")).json()["merged_into"]["id"] == c["id"]
    assert (await clerk.get(f"{TARGETS}/{product['id']}")).json()["responsible"]["id"] == c["id"]


async def test_what_cannot_be_merged(world: World) -> None:
    clerk, lead = await desk(world, "department_administrator"), await world.team_lead()
    a, b = await entered(clerk), await entered(clerk)
    assert_problem(await merge(clerk, a, a), "registry.merge_impossible", field="into_target_id")
    assert_problem(await merge(lead, a, b), "accounts.not_allowed")
    await merge(clerk, a, b)
    assert_problem(await merge(clerk, a, b), "registry.target_merged")
    assert_problem(await put(clerk, a["id"], '"1"', name="新名"), "registry.target_merged")


async def test_a_merged_target_is_never_drawn(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    a, b = await entered(clerk), await entered(clerk)
    await merge(clerk, a, b)
    jurisdiction = (await clerk.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    async with world.database.reading() as session:
        pool = {
            str(each.id) for each in await registry.drawable_targets(session, jurisdiction, PLAIN["industry"]["code"])
        }
    assert a["id"] not in pool
    assert b["id"] in pool


async def undo(client: httpx.AsyncClient, id: object) -> httpx.Response:
    return await client.post(f"{MERGES}/{id}/undo", json={"reason": "是两家店"})


async def test_a_merge_is_undone_and_what_came_after_stays(world: World) -> None:
    clerk, id = await desk(world, "department_administrator"), new_id()
    credit_code = code("92510198MB000009X")
    gone, kept = await entered(clerk, credit_code=credit_code), await entered(clerk)
    product = await entered(clerk, name="泡菜", kind="product", responsible_id=gone["id"])
    await clerk.put(f"{TARGETS}/{gone['id']}/tags", json={"tags": ["学校食堂"]})
    await merge(clerk, gone, kept, id)
    fact = {"kind": "penalty", "happened_on": "2026-01-05", "source": "县局", "content": "合并后罚款"}
    await clerk.put(f"{TARGETS}/{kept['id']}/facts/{new_id()}", json=fact)
    await clerk.put(f"{TARGETS}/{kept['id']}/tags", json={"tags": ["学校食堂", "后加的"]})

    for _ in range(2):
        answer = await undo(clerk, id)
        assert answer.status_code == 200, answer.text

    parted, other = answer.json(), (await clerk.get(f"{TARGETS}/{kept['id']}")).json()
    assert (parted["target"]["credit_code"], parted["target"]["tags"]) == (credit_code, ["学校食堂"])
    assert (parted["merged_into"], parted["facts"], parted["may_edit"]) == (None, [], True)
    assert (other["target"]["credit_code"], other["target"]["tags"]) == (None, ["后加的"])
    assert [each["content"] for each in other["facts"]] == ["合并后罚款"]
    assert other["merges"][0]["undo_reason"] == "是两家店"
    assert (await clerk.get(f"{TARGETS}/{product['id']}")).json()["responsible"]["id"] == gone["id"]
    assert await names(clerk, q=credit_code[:12]) == ["临江县新开面馆"]
    for each in (gone, kept):
        history = (await clerk.get(f"{TARGETS}/{each['id']}/history")).json()["items"]
        assert "registry.merge_undone" in [entry["name"] for entry in history]
    assert len(await groups(clerk)) == 1
    assert (await merge(clerk, gone, kept)).status_code == 200  # and may be merged again


async def test_a_merge_below_a_later_one_waits_for_that_to_be_undone(world: World) -> None:
    clerk, first, second = await desk(world, "department_administrator"), new_id(), new_id()
    a, b, c = [await entered(clerk, name=name) for name in "甲乙丙"]
    await merge(clerk, a, b, first)
    await merge(clerk, b, c, second)
    assert_problem(await undo(clerk, first), "registry.merge_covered")
    assert (await undo(clerk, second)).status_code == 200
    assert (await clerk.get(f"{TARGETS}/{a['id']}")).json()["merged_into"]["id"] == b["id"]
    assert (await undo(clerk, first)).status_code == 200
    assert (await clerk.get(f"{TARGETS}/{a['id']}")).json()["merged_into"] is None
    assert_problem(await undo(await world.team_lead(), first), "accounts.not_allowed")
    assert_problem(await undo(clerk, new_id()), "not_found")

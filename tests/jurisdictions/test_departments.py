"""The tree and who answers for a department."""

import httpx

from palmcheck.kernel.trail import history_of
from tests.world.county import World, assert_problem

BASE = "/api/jurisdictions"


async def name(client: httpx.AsyncClient, id: str, version: int = 0, **people: str | None) -> httpx.Response:
    headers = {"If-Match": f'"{version}"'}
    return await client.put(f"{BASE}/departments/{id}/responsible", json=people, headers=headers)


async def test_those_who_read_down_see_the_tree(world: World) -> None:
    for role in ("joint_office", "auditor"):
        client = await world.sign_in(world.login(role))
        me = (await client.get("/api/accounts/me")).json()
        nodes = (await client.get(f"{BASE}/tree")).json()["items"]
        assert (nodes[0]["id"], nodes[0]["depth"]) == (me["jurisdiction"]["id"], 0)
        assert {"market_regulation", "health"} <= {each["code"] for each in nodes[0]["departments"]}
    for role in ("team_lead", "inspector"):
        client = await world.sign_in(world.login(role))
        assert_problem(await client.get(f"{BASE}/tree"), "accounts.not_allowed")


async def test_three_persons_answer_for_a_department_and_the_history_knows_who_did(world: World) -> None:
    office = await world.sign_in(world.login("joint_office"))
    department = (await office.get(f"{BASE}/departments")).json()["items"][0]
    assert department["responsible"] == {"first": None, "leading": None, "direct": None}
    answer = await name(office, department["id"], first=" 甲一 ", leading="乙二", direct="")
    assert answer.status_code == 400, "an empty name is none: null says so"
    answer = await name(office, department["id"], first=" 甲一 ", leading="乙二", direct=None)
    assert answer.json()["responsible"] == {"first": "甲一", "leading": "乙二", "direct": None}
    assert (await name(office, department["id"], 1, first="甲一", leading="丙三", direct=None)).status_code == 200
    items = (await office.get(f"{BASE}/departments/{department['id']}/history")).json()["items"]
    assert [(each["version"], each["responsible"]["leading"]) for each in items] == [(2, "丙三"), (1, "乙二")]


async def test_the_trail_says_which_post_changed_but_no_name(world: World) -> None:
    office = await world.sign_in(world.login("joint_office"))
    department = (await office.get(f"{BASE}/departments")).json()["items"][0]
    await name(office, department["id"], first="甲一")
    async with world.database.reading() as session:
        [entry] = (await history_of(session, department["jurisdiction_id"], "department_id", department["id"])).items[
            :1
        ]
    assert entry.payload["posts"] == ["first"]
    assert "甲一" not in str(entry)


async def test_refusals(world: World) -> None:
    office = await world.sign_in(world.login("joint_office"))
    lead = await world.team_lead()
    [one, other, *_] = (await office.get(f"{BASE}/departments")).json()["items"]
    assert_problem(await name(lead, one["id"], first="甲一"), "accounts.not_allowed")
    assert_problem(await name(office, one["jurisdiction_id"], first="甲一"), "not_found")
    assert_problem(await name(office, one["id"], 3, first="甲一"), "jurisdictions.changed_meanwhile")
    assert_problem(await name(office, one["id"]), "jurisdictions.nothing_changes")
    assert (await name(office, other["id"], first="甲一")).status_code == 200

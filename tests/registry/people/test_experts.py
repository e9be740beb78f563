"""Experts and delegated bodies (R22)."""

from palmcheck.kernel.ids import new_id
from tests.registry.desks import desk
from tests.registry.people.staff import home_of
from tests.world.county import World, assert_problem

EXPERTS = "/api/registry/experts"


async def test_an_expert_is_entered_found_changed_and_ended(world: World) -> None:
    clerk, home = await desk(world, "department_administrator"), await home_of(world)
    url = f"{EXPERTS}/{new_id()}"
    body = {"department_id": home, "kind": "testing", "name": "川测检验有限公司", "field": "食品检验"}

    for _ in range(2):
        entered = await clerk.put(url, json=body)
        assert (entered.status_code, entered.json()["version"]) == (200, 1)
    ended = await clerk.put(url, json={**body, "status": "ended", "version": 1})

    assert ended.json()["version"] == 2
    assert_problem(await clerk.put(url, json={**body, "field": "x", "version": 1}), "conflict", field="version")
    for query in ({"q": "ccjy"}, {"q": "食品"}, {"kind": "testing"}, {"status": "ended"}):
        assert len((await clerk.get(EXPERTS, params=query)).json()["items"]) == 1, query
    assert (await clerk.get(EXPERTS, params={"status": "active"})).json()["items"] == []
    history = (await clerk.get(f"{url}/history")).json()["items"]
    assert (history[0]["payload"]["fields"], history[0]["by_name"]) == (["status"], "尹守拙")
    newest, first = (await clerk.get(f"{url}/versions")).json()["items"]
    assert (newest["version"], newest["row"]["status"], first["row"]["status"]) == (2, "ended", "active")
    assert first["row"] == newest["row"] | {"status": "active"}
    assert first["row"]["department_id"] == "市场监督管理局"
    assert (await clerk.get(f"{EXPERTS}/export.xlsx")).content.startswith(b"PK")


async def test_another_departments_experts_are_not_edited(world: World) -> None:
    clerk, home = await desk(world, "department_administrator", "health"), await home_of(world)
    body = {"department_id": home, "kind": "person", "name": "闻人", "field": "电梯"}

    answer = await clerk.put(f"{EXPERTS}/{new_id()}", json=body)

    assert_problem(answer, "registry.department_not_yours", field="department_id")
    id = new_id()
    market = await desk(world, "department_administrator")
    assert (await market.put(f"{EXPERTS}/{id}", json=body)).status_code == 200
    assert_problem(await clerk.get(f"{EXPERTS}/{id}/versions"), "not_found")
    assert (await (await world.team_lead()).put(f"{EXPERTS}/{new_id()}", json=body)).status_code == 403

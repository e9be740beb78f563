"""Tags for everything that a search finds."""

from typing import Any

import httpx
from sqlalchemy import select

from palmcheck.kernel.ids import new_id
from palmcheck.kernel.trail import AuditEvent
from tests.registry.desks import TARGETS, desk, entered, names, put
from tests.world.county import World, assert_problem

TAGGINGS = "/api/registry/taggings"


async def tag(
    client: httpx.AsyncClient, word: str, id: object = None, action: str = "add", **query: Any
) -> httpx.Response:
    body = {"tag": word, "action": action, "query": query}
    return await client.put(f"{TAGGINGS}/{id or new_id()}", json=body)


async def test_a_search_is_tagged_as_one_action_and_back(world: World) -> None:
    clerk, id = await desk(world, "department_administrator"), new_id()
    shops = [await entered(clerk, name=f"连锁{number}店") for number in range(3)]
    await entered(clerk, name="别家店")
    await clerk.put(f"{TARGETS}/{shops[0]['id']}/tags", json={"tags": ["春节专项"]})

    for _ in range(2):
        answer = await tag(clerk, "春节 专项", id, q="连锁")
        assert answer.status_code == 200, answer.text
    assert (answer.json()["count"], answer.json()["skipped"]) == (2, 0)
    assert len(await names(clerk, tag="春节专项")) == 3
    whole = (await clerk.get(f"{TARGETS}/{shops[1]['id']}")).json()
    assert [each["tag"] for each in whole["taggings"]] == ["春节专项"]
    async with world.database.reading() as session:
        events = (await session.scalars(select(AuditEvent).where(AuditEvent.name == "registry.targets_tagged"))).all()
    assert [(each.payload["count"], len(each.payload["rows_sha256"])) for each in events] == [(2, 64)]

    for _ in range(2):
        assert (await clerk.post(f"{TAGGINGS}/{id}/undo")).status_code == 200
    assert await names(clerk, tag="春节专项") == ["连锁0店"]  # it had the tag before
    listed = (await clerk.get(TAGGINGS)).json()["items"]
    assert [each["undone_at"] is not None for each in listed] == [True]


async def test_a_tag_is_taken_from_a_search(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    shop = await entered(clerk, name="连锁店")
    await clerk.put(f"{TARGETS}/{shop['id']}/tags", json={"tags": ["旧", "老"]})
    taken = (await tag(clerk, "旧", action="remove", tag="旧")).json()
    assert taken["count"] == 1
    assert await names(clerk, tag="旧") == []
    await clerk.post(f"{TAGGINGS}/{taken['id']}/undo")
    assert (await clerk.get(f"{TARGETS}/{shop['id']}")).json()["target"]["tags"] == ["旧", "老"]


async def test_what_other_departments_look_after_is_left_alone(world: World) -> None:
    market = await desk(world, "department_administrator")
    health = await desk(world, "department_administrator", "health")
    await put(market, name="连锁市监店")
    await put(health, name="连锁卫健店")
    answer = (await tag(health, "春节", q="连锁")).json()
    assert (answer["count"], answer["skipped"]) == (1, 1)
    assert await names(health, tag="春节") == ["连锁卫健店"]


async def test_what_is_refused(world: World, monkeypatch: Any) -> None:
    clerk, id = await desk(world, "department_administrator"), new_id()
    assert_problem(await tag(clerk, "春节"), "registry.tagging_too_wide", field="query")
    assert_problem(await tag(clerk, "春节", q="  "), "registry.tagging_too_wide", field="query")
    assert_problem(await tag(clerk, "a=b", q="临江"), "registry.tag_invalid")
    assert_problem(await tag(await world.team_lead(), "春节", q="临江"), "accounts.not_allowed")
    await tag(clerk, "春节", id, q="临江")
    assert_problem(await tag(clerk, "中秋", id, q="临江"), "id_reuse")
    monkeypatch.setattr("palmcheck.registry.tagging.MOST", 5)
    assert_problem(await tag(clerk, "中秋", q="临江"), "registry.tagging_too_large", field="query")
    assert_problem(await clerk.post(f"{TAGGINGS}/{new_id()}/undo"), "not_found")

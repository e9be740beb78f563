"""What may happen to an import on its way, and files that name what is merged or what others answer for."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import select, text

from palmcheck.kernel import worker
from palmcheck.kernel.ids import new_id
from palmcheck.registry.importing.staging import Staging
from palmcheck.registry.models import Target
from tests.registry.desks import TARGETS, desk
from tests.registry.hostile.files import HEADER, code, row, table
from tests.registry.test_target_import import IMPORTS, counts, imported, send, target
from tests.world.county import Json, World, assert_problem

WITH_RESPONSIBLE = (*HEADER, "责任主体代码", "责任主体")


async def becomes(client: httpx.AsyncClient, id: str, *states: str) -> Json:
    """The import once it is in one of these states."""
    async with asyncio.timeout(15):
        while True:
            view: Json = (await client.get(f"{IMPORTS}/{id}")).json()
            if view["state"] in states:
                return view
            await asyncio.sleep(0.02)


async def told(client: httpx.AsyncClient, view: Json) -> list[tuple[int, str, str]]:
    items = (await client.get(f"{IMPORTS}/{view['id']}/faults")).json()["items"]
    return [(each["line"], each["rule"], each["value"]) for each in items]


def thing(name: str, kind: str, whose: str = "", named: str = "", **other: Any) -> list[Any]:
    return [*row(1, 名称=name, 类型=kind, **({"统一社会信用代码": "", "地址": ""} | other)), whose, named]


async def test_products_find_who_answers_for_them_also_in_the_same_file(world: World) -> None:
    office = await desk(world, "joint_office")
    rows = [
        thing("老坛泡菜", "产品", code(1)),
        thing("临江大桥", "项目", named="临江县第1饭店"),
        thing("占道经营", "行为", 统一社会信用代码=code(1)),
        [*row(1), "", ""],
        thing("无主", "产品"),
        thing("错主", "产品", code(9)),
    ]
    file = table(rows, WITH_RESPONSIBLE)

    first, again = await imported(world, office, file), await imported(world, office, file)

    assert counts(first) == {"new": 4, "bad": 2}
    assert counts(again) == {"unchanged": 4, "bad": 2}
    assert await told(office, first) == [(6, "responsible_required", ""), (7, "responsible_unknown", code(9))]
    shop = await target(world, credit_code=code(1))
    assert shop is not None
    async with world.database.reading() as session:
        kinds = set(await session.scalars(select(Target.kind).filter_by(responsible_id=shop.id)))
    assert kinds == {"product", "project", "behaviour"}

    replaced = await imported(world, office, table([row(1)]), mode="replace")
    assert counts(replaced) == {"changed": 1}  # a list of enterprises says nothing of products


async def test_a_row_that_names_a_merged_target_goes_to_the_one_it_was_merged_into(world: World) -> None:
    office, clerk = await desk(world, "joint_office"), await desk(world, "department_administrator")
    await imported(world, office, table([row(1), row(2)]))
    gone, kept = await target(world, credit_code=code(1)), await target(world, credit_code=code(2))
    assert gone is not None
    assert kept is not None
    body = {"from_target_id": str(gone.id), "into_target_id": str(kept.id), "reason": "同一家"}
    assert (await clerk.put(f"/api/registry/merges/{new_id()}", json=body)).status_code == 200

    both = await imported(world, office, table([row(1, 地址="旧址"), row(2)]))
    alone = await imported(world, office, table([row(1, 地址="新址")]))
    again = await imported(world, office, table([row(1, 地址="新址")]))

    assert (counts(both), both["redirected"]) == ({"unchanged": 2}, 1)
    assert await told(office, both) == [(2, "merged_beside", kept.name)]
    assert (counts(alone), alone["redirected"]) == ({"changed": 1}, 1)
    assert await told(office, alone) == [(2, "merged", kept.name)]
    assert counts(again) == {"unchanged": 1}
    now = await target(world, credit_code=code(2))
    assert now is not None
    assert (now.id, now.address) == (kept.id, "新址")
    found = (await clerk.get(TARGETS, params={"q": code(2)})).json()["items"]
    assert [each["id"] for each in found] == [str(kept.id)]


async def test_an_import_that_fails_for_good_says_so_and_can_be_started_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = await desk(world, "joint_office")
    merge = Staging.merge

    async def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(worker, "TRIES", 1)
    monkeypatch.setattr(Staging, "merge", broken)
    id = (await send(office, table())).json()["id"]
    failed = await becomes(office, id, "failed")
    assert "重新导入" in failed["refusal"]["detail"]

    monkeypatch.setattr(Staging, "merge", merge)
    assert (await office.post(f"{IMPORTS}/{id}/retry")).status_code == 200
    done = await becomes(office, id, "done")
    assert (done["new"], done["refusal"]) == (2, None)
    assert_problem(await office.post(f"{IMPORTS}/{id}/retry"), "registry.import_not_failed")


async def test_a_second_import_waits_where_it_is_seen_and_can_be_stopped(world: World) -> None:
    office = await desk(world, "joint_office")
    jurisdiction = (await office.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    async with world.database.reading() as other:  # stands for an import that merges for long
        key = {"key": f"targets_of/{jurisdiction}"}
        await other.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), key)
        id = (await send(office, table())).json()["id"]
        await becomes(office, id, "waiting")
        stopping = (await office.post(f"{IMPORTS}/{id}/cancel")).json()
        assert stopping["stopping"] is True
        ended = await becomes(office, id, "cancelled")
    assert (ended["stopping"], ended["refusal"]["code"]) == (False, "registry.import_cancelled")
    assert await target(world, credit_code=code(1)) is None
    assert (await office.post(f"{IMPORTS}/{id}/cancel")).json()["state"] == "cancelled"
    done = await imported(world, office, table())
    assert_problem(await office.post(f"{IMPORTS}/{done['id']}/cancel"), "registry.import_ended")

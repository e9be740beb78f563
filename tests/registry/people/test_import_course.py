"""What may happen to a file of inspectors on its way."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select, text

from palmcheck.kernel import worker
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.trail import AuditEvent
from palmcheck.registry.people import inspectors
from palmcheck.registry.people.import_models import InspectorImport
from tests.registry.desks import desk
from tests.registry.people.staff import HEALTH, INSPECTORS, listed
from tests.registry.people.test_files import GOOD, IMPORTS, book, imported, send
from tests.world.county import Json, World, assert_problem


def people(count: int) -> bytes:
    """A workbook of so many new inspectors."""
    return book(*([f"司徒{number:03d}", *GOOD[1:5], f"川B{number:04d}", *GOOD[6:]] for number in range(count)))


async def becomes(client: httpx.AsyncClient, id: str, *states: str) -> Json:
    """The import once it is in one of these states."""
    async with asyncio.timeout(15):
        while True:
            view: Json = (await client.get(f"{IMPORTS}/{id}")).json()
            if view["state"] in states:
                return view
            await asyncio.sleep(0.02)


@asynccontextmanager
async def another_merges(world: World, client: httpx.AsyncClient) -> AsyncIterator[None]:
    """Stands for another import of the place that writes for long."""
    place = (await client.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    async with world.database.reading() as other:
        key = {"key": f"inspectors/{place}"}
        await other.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), key)
        yield


async def test_an_import_tells_how_far_it_is_and_leaves_nothing_when_it_is_stopped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = await desk(world, "department_administrator")
    write, reached, goes_on = inspectors.write, asyncio.Event(), asyncio.Event()

    async def slowly(*arguments: Any) -> Any:
        if len(written) == 30:
            reached.set()
            await goes_on.wait()
        written.append(1)
        return await write(*arguments)

    written = list[int]()
    monkeypatch.setattr(inspectors, "write", slowly)
    monkeypatch.setattr("palmcheck.registry.importing.progress.TELL_SECONDS", 0.0)
    id = (await send(clerk, people(60))).json()["id"]
    await reached.wait()
    halfway = (await clerk.get(f"{IMPORTS}/{id}")).json()
    assert (halfway["state"], halfway["rows_read"], halfway["progress"]) == ("merging", 60, 5_000)
    assert await listed(clerk, q="司徒") == []  # nothing half in

    assert (await clerk.post(f"{IMPORTS}/{id}/cancel")).json()["stopping"] is True
    goes_on.set()
    ended = await becomes(clerk, id, "cancelled")
    assert (ended["stopping"], ended["refusal"]["code"], ended["new"]) == (False, "registry.import_cancelled", 0)
    assert await listed(clerk, q="司徒") == []
    async with world.database.reading() as session:
        names = set(await session.scalars(select(AuditEvent.name)))
        content = await session.scalar(select(InspectorImport.content))
    assert "registry.inspectors_imported" not in names
    assert content is None
    assert (await clerk.post(f"{IMPORTS}/{id}/cancel")).json()["state"] == "cancelled"


async def test_a_second_import_waits_its_turn(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    async with another_merges(world, clerk):
        id = (await send(clerk, people(2))).json()["id"]
        waiting = await becomes(clerk, id, "waiting")
        assert waiting["rows_read"] == 2
    assert (await becomes(clerk, id, "done"))["new"] == 2
    assert_problem(await clerk.post(f"{IMPORTS}/{id}/cancel"), "registry.import_ended")


async def test_one_that_fails_for_good_says_so_and_can_be_started_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = await desk(world, "department_administrator")

    async def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(worker, "TRIES", 1)
        patched.setattr(inspectors, "write", broken)
        id = (await send(clerk, people(1))).json()["id"]
        failed = await becomes(clerk, id, "failed")
    assert "重新导入" in failed["refusal"]["detail"]
    assert (await clerk.post(f"{IMPORTS}/{id}/retry")).status_code == 200
    done = await becomes(clerk, id, "done")
    assert (done["new"], done["refusal"]) == (1, None)
    assert_problem(await clerk.post(f"{IMPORTS}/{id}/retry"), "registry.import_not_failed")


async def test_a_repeat_is_the_same_import_and_other_bytes_are_refused(world: World) -> None:
    clerk, id, file = await desk(world, "department_administrator"), new_id(), people(2)
    for _ in range(2):
        assert (await send(clerk, file, id)).status_code == 200
    await world.settle()
    assert (await send(clerk, file, id)).json()["new"] == 2
    assert_problem(await send(clerk, people(3), id), "id_reuse")
    async with world.database.reading() as session:
        received = await session.scalar(
            select(func.count()).where(AuditEvent.name == "registry.inspector_import_received")
        )
    assert received == 1


async def test_the_trail_names_who_sent_the_file(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    view = await imported(world, clerk, people(1))
    account = (await clerk.get("/api/accounts/me")).json()["account_id"]
    (row,) = (await clerk.get(INSPECTORS, params={"q": "司徒"})).json()["items"]
    history = (await clerk.get(f"{INSPECTORS}/{row['id']}/history")).json()["items"]
    assert history[0]["actor"] == {"account_id": account, "import_id": view["id"]}


async def test_the_bad_rows_are_a_workbook_to_take_away_and_only_for_those_who_may(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    other = await world.sign_in(world.login("department_administrator", HEALTH))
    bad = [["=1+1", *GOOD[1:5], f"川C{number:04d}", *GOOD[6:]] for number in range(60)]
    view = await imported(world, clerk, book(*bad))

    first = (await clerk.get(f"{IMPORTS}/{view['id']}/faults")).json()
    rest = (await clerk.get(f"{IMPORTS}/{view['id']}/faults", params={"cursor": first["next"]})).json()
    assert (len(first["items"]), len(rest["items"]), rest["next"]) == (50, 10, None)
    assert first["items"][0] == {
        "line": 2, "field": "name", "rule": "formula", "column": "姓名", "value": "=1+1",
        "message": "单元格里是公式，请改成文字。",
    }  # fmt: skip
    content = (await clerk.get(f"{IMPORTS}/{view['id']}/faults.xlsx")).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] + rows[1][3:] == [2, "姓名", "=1+1", "formula"]
    csv = (await clerk.get(f"{IMPORTS}/{view['id']}/faults.csv")).content.decode("utf-8-sig")
    assert "'=1+1" in csv
    assert [each["id"] for each in (await clerk.get(IMPORTS)).json()["items"]] == [view["id"]]
    assert (await other.get(IMPORTS)).json()["items"] == []
    for path in ("", "/faults", "/faults.xlsx", "/faults.csv"):
        assert_problem(await other.get(f"{IMPORTS}/{view['id']}{path}"), "not_found")

"""Settings through the API: who reads, who changes, what is refused, what the history keeps."""

import asyncio
from io import BytesIO
from typing import Any

import httpx
from python_calamine import CalamineWorkbook

from palmcheck.jurisdictions import service
from palmcheck.jurisdictions.settings import PUBLICATION_DAYS
from palmcheck.kernel.trail import history_of
from tests.world.county import World, assert_problem

SETTINGS = "/api/jurisdictions/settings"
DAYS = f"{SETTINGS}/publication.days"


async def office(world: World) -> httpx.AsyncClient:
    return await world.sign_in(world.login("joint_office"))


async def change(
    client: httpx.AsyncClient, value: Any, version: int = 0, reason: str = "市局要求", key: str = "publication.days"
) -> httpx.Response:
    body = {"value": value, "reason": reason}
    return await client.put(f"{SETTINGS}/{key}", json=body, headers={"If-Match": f'"{version}"'})


async def test_a_changed_setting_is_what_rules_read(world: World) -> None:
    client = await office(world)
    answer = await change(client, 15)
    assert answer.status_code == 200, answer.text
    assert answer.headers["etag"] == '"1"'
    shown = {each["key"]: each for each in (await client.get(SETTINGS)).json()["items"]}["publication.days"]
    assert (shown["value"], shown["default"], shown["version"]) == (15, 20, 1)
    assert (shown["author_name"], shown["reason"]) == (world.login("joint_office").display_name, "市局要求")
    place = (await client.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    async with world.database.reading() as session:
        assert await service.setting(session, place, PUBLICATION_DAYS) == 15
        entries = (await history_of(session, place, "key", "publication.days")).items
    assert [(entry.name, entry.payload["before"], entry.payload["value"]) for entry in entries] == [
        ("setting.changed", "20", "15")
    ]


async def test_the_history_has_every_value_newest_first(world: World) -> None:
    client = await office(world)
    for version, value in enumerate((15, 10, 12)):
        assert (await change(client, value, version)).status_code == 200
    items = (await client.get(f"{DAYS}/history")).json()["items"]
    assert [(each["before"], each["value"]) for each in items] == [(10, 12), (15, 10), (20, 15)]


async def test_what_does_not_fit_is_refused_with_field_and_rule(world: World) -> None:
    client = await office(world)
    for value in (0, 251):
        problem = assert_problem(
            await change(client, value), "jurisdictions.value_out_of_bounds", field="value", rule="R12"
        )
        assert problem["params"] == {"minimum": "1", "maximum": "250"}
    percent = assert_problem(
        await change(client, 10_001, key="joint_share.threshold"), "jurisdictions.value_out_of_bounds"
    )
    assert percent["params"] == {"minimum": "0%", "maximum": "100%"}
    for refused in (True, "20", "one"):
        assert_problem(await change(client, refused), "jurisdictions.value_refused", field="value", rule="R12")
    assert_problem(await change(client, "soon", key="publication.clock"), "jurisdictions.value_refused")
    assert_problem(await change(client, "02-30", key="plan.due_on"), "jurisdictions.value_refused")
    assert_problem(await change(client, 15, reason="  "), "jurisdictions.reason_missing", field="reason", rule="R15")
    assert_problem(await change(client, 15, key="nothing.here"), "jurisdictions.setting_unknown")
    assert (await client.get(f"{DAYS}/history")).json() == {"items": [], "next": None}


async def test_a_shortest_period_never_exceeds_the_longest(world: World) -> None:
    client = await office(world)
    assert_problem(await change(client, 4, key="invitation.task_period_min"), "jurisdictions.values_clash")
    assert (await change(client, 6, key="invitation.task_period_max")).status_code == 200
    assert (await change(client, 4, key="invitation.task_period_min")).status_code == 200
    assert_problem(await change(client, 3, 1, key="invitation.task_period_max"), "jurisdictions.values_clash")


async def test_of_two_who_change_at_once_one_is_told(world: World) -> None:
    client = await office(world)
    answers = await asyncio.gather(*(change(client, value) for value in (11, 12, 13)))
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412]
    assert_problem(await change(client, 14, 0), "jurisdictions.changed_meanwhile")
    assert_problem(await client.put(DAYS, json={"value": 9, "reason": "x"}), "jurisdictions.version_needed")


async def test_only_the_office_changes_and_an_inspector_sees_none(world: World) -> None:
    for role in ("auditor", "team_lead"):
        client = await world.sign_in(world.login(role))
        assert (await client.get(SETTINGS)).status_code == 200
        assert_problem(await change(client, 15), "accounts.not_allowed")
    inspector = await world.sign_in(world.login("inspector"))
    assert_problem(await inspector.get(SETTINGS), "accounts.not_allowed")
    assert_problem(await world.client().get(SETTINGS), "accounts.signed_out")


async def test_the_list_goes_out_as_a_sheet_with_what_was_changed(world: World) -> None:
    client = await office(world)
    await change(client, 15, reason="=1+1 按通知")
    listed = (await client.get(SETTINGS)).json()["items"]

    answer = await client.get(f"{SETTINGS}/export.xlsx")

    assert answer.status_code == 200
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + len(listed)
    (changed,) = [row for row in rows if "publication.days" in row]
    assert "=1+1 按通知" in changed

"""The list of accounts: search, filters, order, pages, export."""

import io

import python_calamine

from tests.accounts.people import USERS, Person, Region
from tests.world.county import assert_problem
from tests.world.phone import Json

NAMES = ("赵明远", "周文博", "艾青", "钱学敏")


async def filled(region: Region) -> Person:
    admin = await region.person("system_administrator", name="罗系统")
    for name in NAMES:
        await region.person("inspector", name=name, signed_in=False)
    await region.person("team_lead", department="health", name="冯立", signed_in=False)
    return admin


async def names(person: Person, **wanted: str) -> list[str]:
    answer = await person.client.get(USERS, params=wanted)
    assert answer.status_code == 200, answer.text
    return [each["display_name"] for each in answer.json()["items"]]


async def test_names_stand_in_the_order_of_their_reading(region: Region) -> None:
    admin = await filled(region)

    assert await names(admin) == ["艾青", "冯立", "罗系统", "钱学敏", "赵明远", "周文博"]
    assert await names(admin, sort="-name") == ["周文博", "赵明远", "钱学敏", "罗系统", "冯立", "艾青"]


async def test_search_and_filters(region: Region) -> None:
    admin = await filled(region)
    health = str(region.east.departments["health"])

    assert await names(admin, q="明远") == ["赵明远"]
    assert await names(admin, q="zhou") == ["周文博"]
    assert await names(admin, q="team.lead") == ["冯立"]
    assert await names(admin, q="%") == []
    assert await names(admin, role="system_administrator") == ["罗系统"]
    assert await names(admin, department_id=health) == ["冯立"]
    assert await names(admin, status="retired") == []


async def test_pages_go_on_by_key_without_gap_or_repeat(region: Region) -> None:
    admin = await filled(region)
    for number in range(60):
        await region.person("inspector", name=f"同名{number % 2}", signed_in=False)
    seen: list[Json] = []
    cursor: str | None = None
    while cursor is not None or not seen:
        page = (await admin.client.get(USERS, params={"cursor": cursor} if cursor else {})).json()
        seen += page["items"]
        cursor = page["next"]

    assert len(seen) == 66
    assert len({each["id"] for each in seen}) == 66
    assert_problem(await admin.client.get(USERS, params={"cursor": "nonsense"}), "cursor_invalid")


async def test_the_export_holds_the_same_rows_and_no_formula(region: Region) -> None:
    admin = await filled(region)
    await region.person("inspector", name="=1+1", signed_in=False)

    answer = await admin.client.get(f"{USERS}/export.xlsx", params={"role": "inspector"})

    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["姓名", "用户名"]
    assert {row[0] for row in rows[1:]} == {*NAMES, "=1+1"}

"""The palm rate of a county whose parts are known one by one, and the rows behind it."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.world.county import World, assert_problem
from tests.world.phone import Json

RATE, PARTS = "/api/metrics/palm-rate", "/api/metrics/palm-rate/parts"
MARKET, HEALTH = "市场监督管理局", "卫生健康局"
# department, method, entry, formed at, due on
FACTS = [
    ("market_regulation", "on_site", "mobile", "2026-08-03T02:00:00Z", "2026-09-30"),
    ("market_regulation", "on_site", "mobile", "2026-07-01T02:00:00Z", "2026-06-30"),  # late, done in this quarter
    ("market_regulation", "on_site", "desk", "2026-09-30T02:00:00Z", "2026-09-30"),
    ("market_regulation", "on_site", None, None, "2026-09-01"),  # overdue
    ("market_regulation", "written", "desk", "2026-08-03T02:00:00Z", "2026-09-30"),  # no visit
    ("market_regulation", "on_site", "mobile", "2026-09-30T16:00:00Z", "2026-09-30"),  # 1 October in Shanghai
    ("health", "on_site", "mobile", "2026-06-30T16:00:00Z", "2026-09-30"),  # 1 July in Shanghai
    ("health", "on_site", None, None, "2099-09-01"),  # not yet due
    ("health", "on_site", None, None, "2026-06-30"),  # overdue in the quarter before
]


@pytest.fixture
async def auditor(world: World) -> httpx.AsyncClient:
    """Somebody who may read the figures of a county with these parts and no others."""
    await world.issued_draw()
    for number, fact in enumerate(FACTS):
        await _set(world, number, *fact)
    async with world.database.engine.begin() as connection:
        await connection.execute(text("delete from part_officer"))
        await connection.execute(text("delete from inspection_part where state <> 'known'"))
        await connection.execute(text("update inspection_part set state = 'issued'"))
    return await world.sign_in(world.login("auditor"))


async def _set(world: World, number: int, code: str, method: str, entry: str | None, formed: Any, due: str) -> None:
    """One part of its own visit, with these facts."""
    facts = {"code": code, "method": method, "entry": entry, "formed": formed, "due": due}
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text(
                "with v as (insert into inspection select jurisdiction_id, uuidv7(), plan_task_id, uuidv7(), target_id,"
                " :method, issued_on, cast(cast(:due as text) as date) from inspection limit 1 returning *) "
                "insert into inspection_part (jurisdiction_id, id, inspection_id, department_id, check_item_ids,"
                " checklist_id, state, entry, formed_at) "
                "select v.jurisdiction_id, uuidv7(), v.id, d.id, '{}', uuidv7(), 'known', :entry,"
                " cast(cast(:formed as text) as timestamptz) from v join department d"
                " on d.jurisdiction_id = v.jurisdiction_id and d.code = :code"
            ),
            facts,
        )


async def figures(client: httpx.AsyncClient, quarter: str) -> dict[str, tuple[int, int, int | None]]:
    body: Json = (await client.get(RATE, params={"quarter": quarter})).json()
    return {each["name"]: (each["numerator"], each["denominator"], each["rate"]) for each in body["rows"]}


async def test_each_department_has_exactly_what_its_parts_say(auditor: httpx.AsyncClient) -> None:
    assert await figures(auditor, "2026Q3") == {"临江县": (3, 5, 6000), MARKET: (2, 4, 5000), HEALTH: (1, 1, 10000)}
    assert await figures(auditor, "2026Q2") == {"临江县": (0, 1, 0), MARKET: (0, 0, None), HEALTH: (0, 1, 0)}
    assert await figures(auditor, "2026Q4") == {"临江县": (1, 1, 10000), MARKET: (1, 1, 10000), HEALTH: (0, 0, None)}
    assert await figures(auditor, "2099Q3") == {"临江县": (0, 0, None), MARKET: (0, 0, None), HEALTH: (0, 0, None)}


async def test_the_rows_behind_it_add_up(auditor: httpx.AsyncClient) -> None:
    shown = (await auditor.get(RATE, params={"quarter": "2026Q3"})).json()
    everything = (await auditor.get(PARTS, params={"quarter": "2026Q3"})).json()["items"]

    for each in shown["rows"]:
        asked = {"quarter": "2026Q3"} | ({"department_id": each["id"]} if each["scope"] == "department" else {})
        behind = (await auditor.get(PARTS, params=asked)).json()["items"]
        assert (sum(row["in_numerator"] for row in behind), len(behind)) == (each["numerator"], each["denominator"])
    assert sorted(row["because"] for row in everything) == ["desk", "mobile", "mobile", "mobile", "overdue"]
    assert all(row["in_numerator"] == (row["because"] == "mobile") for row in everything)
    assert all("2026-07-01" <= row["counted_on"] <= "2026-09-30" for row in everything)


async def test_the_figure_says_what_it_is(auditor: httpx.AsyncClient) -> None:
    shown = (await auditor.get(RATE)).json()

    assert (shown["figure"], shown["variant"], shown["threshold"], shown["source"]) == (
        "palm_rate",
        "nominal",
        9000,
        "S0 二(二)3",
    )
    assert shown["as_of"].endswith("Z")
    assert shown["quarter"][4] == "Q"


@pytest.mark.parametrize("quarter", ["2026", "2026Q5", "9999Q4", "0000Q1", "2026q1"])
async def test_what_is_no_quarter_is_refused_by_name(auditor: httpx.AsyncClient, quarter: str) -> None:
    for path in (RATE, PARTS):
        answer = await auditor.get(path, params={"quarter": quarter})
        assert_problem(answer, "metrics.quarter_invalid", field="quarter", status=422)

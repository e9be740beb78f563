"""Every figure of a quarter that was counted by hand (by_hand.py has the table)."""

import io
import re
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from palmcheck.metrics import files
from tests.metrics.by_hand import APART, HEALTH, MARKET, OF_INSPECTORS, OF_MARKET, REASONS, WHOLE, Pair, enter
from tests.world.county import World, assert_problem

FIGURES = "/api/metrics/figures"


@pytest.fixture
async def auditor(world: World) -> httpx.AsyncClient:
    """Who reads the figures of that county."""
    await enter(world)
    return await world.sign_in(world.login("auditor"))


async def read(client: httpx.AsyncClient, path: str, **query: str) -> Any:
    answer = await client.get(f"{FIGURES}{path}", params={"quarter": "2026Q3"} | query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def pair(row: dict[str, Any]) -> Pair:
    return row["numerator"], row["denominator"]


async def test_the_sheet_has_exactly_these_numbers(auditor: httpx.AsyncClient) -> None:
    sheet = await read(auditor, "")

    assert {each["figure"]: pair(each["whole"]) for each in sheet["items"]} == WHOLE
    assert (sheet["quarter"], sheet["place"]["name"], sheet["levels_below"]) == ("2026Q3", "临江县", 0)
    assert sheet["items"][0]["whole"]["rate"] == 7142
    assert sheet["items"][5]["whole"]["rate"] == 3333  # cut, never rounded up


async def test_everybody_may_see_the_counts_and_no_row(auditor: httpx.AsyncClient, world: World) -> None:
    anybody, path = world.client(), "/api/public/figures?quarter=2026Q3"
    answer = await anybody.get(path)
    again = await anybody.get(path, headers={"If-None-Match": answer.headers["ETag"]})

    assert {each["figure"]: pair(each) for each in answer.json()["items"]} == WHOLE
    assert again.status_code == 304
    assert "inspection_id" not in answer.text
    assert_problem(await anybody.get("/api/public/figures?quarter=now"), "metrics.quarter_invalid")


LINE = re.compile(r"<h2>([^<]+)</h2>\s*<p class=\"rate\">([^<]+)</p>.*?<p class=\"soft\">([\d,]+) ÷ ([\d,]+)</p>", re.S)


async def test_the_public_page_shows_what_the_console_shows(auditor: httpx.AsyncClient, world: World) -> None:
    sheet = await read(auditor, "")
    page = (await world.client().get("/figures?quarter=2026Q3")).text

    shown = [(name, rate, (int(over), int(under))) for name, rate, over, under in LINE.findall(page)]
    # As the console writes a rate: cut to one decimal.
    rates = [f"{each['whole']['rate'] // 10 / 10:.1f}%" for each in sheet["items"]]
    names = [files.FIGURE_NAMES[each["figure"]] for each in sheet["items"]]
    assert shown == list(zip(names, rates, (pair(each["whole"]) for each in sheet["items"]), strict=True))


@pytest.mark.parametrize("figure", sorted(WHOLE))
async def test_each_line_of_a_figure(auditor: httpx.AsyncClient, figure: str) -> None:
    shown = await read(auditor, f"/{figure}")

    rows = {row["name"]: pair(row) for row in shown["rows"]}
    kinds = {row["kind"]: pair(row) for row in shown["kinds"]}
    health = (WHOLE[figure][0] - OF_MARKET[figure][0], WHOLE[figure][1] - OF_MARKET[figure][1])
    assert (rows["临江县"], rows[MARKET], rows[HEALTH]) == (WHOLE[figure], OF_MARKET[figure], health)
    special, case_lead = APART[figure]
    assert kinds == {"special": special, "case_lead": case_lead, "revisit": (0, 0), "full_coverage": (0, 0)}
    assert {each["reason"]: each["count"] for each in shown["whole"]["reasons"]} == REASONS[figure]


@pytest.mark.parametrize("figure", sorted(WHOLE))
async def test_the_rows_behind_a_figure_add_up_to_it(auditor: httpx.AsyncClient, figure: str) -> None:
    for kind, expected in (("planned", WHOLE[figure]), ("special", APART[figure][0]), ("case_lead", APART[figure][1])):
        counted = [row["counts_as"] for row in await _rows(auditor, figure, kind=kind)]
        over = counted.count("numerator")
        assert (over, over + counted.count("denominator")) == expected
    for reason, count in REASONS[figure].items():
        assert [row["reason"] for row in await _rows(auditor, figure, reason=reason)] == [reason] * count
    days = [row["counted_on"] for row in await _rows(auditor, figure)]
    assert days == sorted(days)
    assert all("2026-07-01" <= day <= "2026-09-30" for day in days)


@pytest.mark.parametrize("figure", sorted(WHOLE))
async def test_each_inspector_has_the_parts_that_he_goes_to(auditor: httpx.AsyncClient, figure: str) -> None:
    (market,) = [row["id"] for row in (await read(auditor, f"/{figure}"))["rows"] if row["name"] == MARKET]
    people = (await read(auditor, f"/{figure}/departments/{market}/inspectors"))["items"]

    people.sort(key=lambda each: each["inspector_id"])
    assert [pair(each) for each in people] == OF_INSPECTORS[figure]
    for each in people:
        rows = await _rows(auditor, figure, department_id=market, inspector_id=each["inspector_id"])
        assert [row["counts_as"] for row in rows].count("numerator") == each["numerator"]


async def _rows(client: httpx.AsyncClient, figure: str, **query: str) -> list[Any]:
    rows: list[Any] = (await read(client, f"/{figure}/rows", **query))["items"]
    return rows


async def test_the_trend_has_each_fact_in_its_quarter(auditor: httpx.AsyncClient) -> None:
    points = (await read(auditor, "/palm_rate/trend", quarter="2026Q4"))["items"]

    assert [each["quarter"] for each in points][-3:] == ["2026Q2", "2026Q3", "2026Q4"]
    assert len(points) == 8
    assert [pair(each) for each in points][-3:] == [(0, 0), (5, 7), (1, 1)]  # V9 opens the fourth quarter
    assert pair((await read(auditor, "/target_completion", quarter="2099Q3"))["rows"][0]) == (0, 1)  # V6


async def test_the_workbook_says_when_it_stops(auditor: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def lines() -> list[Any]:
        book = await auditor.get(f"{FIGURES}/palm_rate/rows/export", params={"quarter": "2026Q3"})
        assert ".xlsx" in book.headers["content-disposition"]
        return CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()

    whole = await lines()
    monkeypatch.setattr(files, "MOST", 2)
    (before, head, *shown, after) = await lines()
    assert sorted(line[7] for line in whole[1:]) == ["手机录入"] * 5 + ["电脑补录", "逾期"]
    assert (before[0], after[0], head, shown) == (files.STOPPED, files.STOPPED, whole[0], whole[1:3])


async def test_a_figure_says_what_it_is(auditor: httpx.AsyncClient) -> None:
    shown = await read(auditor, "/palm_rate")
    only_shown = await read(auditor, "/problem_rate")

    assert (shown["unit"], shown["threshold"], shown["source"]) == ("part", 9000, "S0 二(二)3; S4")
    assert shown["as_of"].endswith("Z")
    assert only_shown["threshold"] is None


@pytest.mark.parametrize("quarter", ["2026", "2026Q5", "9999Q4", "0000Q1", "2026q1"])
async def test_what_is_no_quarter_is_refused_by_name(auditor: httpx.AsyncClient, quarter: str) -> None:
    for path in ("", "/palm_rate", "/palm_rate/trend", "/palm_rate/rows"):
        answer = await auditor.get(f"{FIGURES}{path}", params={"quarter": quarter})
        assert_problem(answer, "metrics.quarter_invalid", field="quarter", status=422)


async def test_an_unknown_figure_is_refused(auditor: httpx.AsyncClient) -> None:
    assert (await auditor.get(f"{FIGURES}/speed")).status_code in {400, 404}

# ruff: noqa: E501 - the tables are read as they stand
"""One quarter of one county, 2026Q3, small enough to count by hand. Market regulation leads, health takes part.

| visit | task    | method  | due        | part   | entry  | formed | result  | public by  | published | problem: due, done       |
|-------|---------|---------|------------|--------|--------|--------|---------|------------|-----------|--------------------------|
| V1    | planned | on site | 30 Sep     | market | mobile | 3 Aug  | none    | 31 Aug     | 10 Aug    |                          |
|       |         |         |            | health | mobile | 3 Aug  | found   | 31 Aug     | 10 Aug    | 20 Aug, 15 Aug, verified |
| V2    | planned | on site | 30 Jun     | market | mobile | 1 Jul  | none    | 29 Jul     | 5 Aug     |                          |
| V3    | planned | on site | 30 Sep     | market | desk   | 30 Sep | found   | 2099       |           | 2099, not yet            |
| V4    | planned | on site | 1 Sep      | market |        |        |         |            |           |                          |
| V5    | planned | written | 30 Sep     | market | desk   | 3 Aug  | none    | 31 Aug     |           |                          |
| V6    | planned | on site | 1 Sep 2099 | market |        |        |         |            |           |                          |
| V7    | special | on site | 30 Sep     | market | mobile | 4 Aug  | found   | 1 Sep      | 4 Aug     | 10 Aug, 12 Aug           |
| V8    | planned | on site | 30 Sep     | market | mobile | 5 Aug  | none    | 2 Sep      | withheld  |                          |
| V9    | planned | on site | 30 Sep     | market | mobile | 1 Oct  | none    | 2099       |           |                          |
| V10   | planned | on site | 30 Jun 2099| market | mobile | 6 Aug  | found   | 2099       |           | 20 Aug, not yet          |
| V11   | case    | on site | 30 Sep     | market | desk   | 7 Aug  | none    | 4 Sep      | 8 Aug     |                          |

A fact belongs to the quarter of the day it was formed, else of the day it was due: V6 is 2099Q3's, V9 is 2026Q4's.
By the plan (V7 and V11 have lines of their own):

| figure              | numerator                 | denominator beside the numerator | apart       | whole | market | health |
|---------------------|---------------------------|----------------------------------|-------------|-------|--------|--------|
| palm_rate           | V1 market, V1 health, V2, | V3 desk, V4 overdue              |             | 5/7   | 4/6    | 1/1    |
|                     | V8, V10                   | (V5 is no visit on site)         |             |       |        |        |
| due_on_time         | V1 both, V3, V5, V8       | V2 late, V4 overdue              | V10         | 5/7   | 4/6    | 1/1    |
| target_completion   | V1, V2, V8 (withheld)     | V3, V4, V5, V10 not public       |             | 3/7   | 3/7    | 0/0    |
| publication_rate    | V1 both, V2               | V3, V10 in their days, V5 past   | V8          | 3/6   | 2/5    | 1/1    |
| on_time_publication | V1 both                   | V2 late, V5 past its day         | V3, V8, V10 | 2/4   | 1/3    | 1/1    |
| problem_rate        | V1 (health's), V3, V10    | V2, V5, V8                       |             | 3/6   | 3/6    | 0/0    |
| follow_up_rate      | V1's                      | V3's in its days, V10's overdue  |             | 1/3   | 0/2    | 1/1    |
| follow_up_closed    | V1's                      | V3's, V10's                      |             | 1/3   | 0/2    | 1/1    |

Of market's inspectors the first goes to V1, V3, V8, the second to V1, V4, V5.
"""

import io
import re
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from palmcheck.metrics import files
from tests.world.county import World, assert_problem

FIGURES = "/api/metrics/figures"
MARKET, HEALTH = "市场监督管理局", "卫生健康局"
NONE, FOUND = "no_problem_found", "ordered_to_correct"
Part = tuple[str, str | None, str | None, str | None, str | None, str | None]
# visit: task kind, method, due on; parts: department, entry, formed at, result, public by, published at
VISITS: dict[str, tuple[str, str, str, list[Part]]] = {
    "V1": ("planned", "on_site", "2026-09-30", [
        ("market_regulation", "mobile", "2026-08-03T02:00Z", NONE, "2026-08-31", "2026-08-10T02:00Z"),
        ("health", "mobile", "2026-08-03T02:00Z", FOUND, "2026-08-31", "2026-08-10T02:00Z"),
    ]),
    "V2": ("planned", "on_site", "2026-06-30", [
        # the first minute of 1 July in Shanghai
        ("market_regulation", "mobile", "2026-06-30T16:00Z", NONE, "2026-07-29", "2026-08-05T02:00Z"),
    ]),
    "V3": ("planned", "on_site", "2026-09-30", [
        ("market_regulation", "desk", "2026-09-30T02:00Z", FOUND, "2099-01-01", None),
    ]),
    "V4": ("planned", "on_site", "2026-09-01", [("market_regulation", None, None, None, None, None)]),
    "V5": ("planned", "written", "2026-09-30", [
        ("market_regulation", "desk", "2026-08-03T02:00Z", NONE, "2026-08-31", None),
    ]),
    "V6": ("planned", "on_site", "2099-09-01", [("market_regulation", None, None, None, None, None)]),
    "V7": ("special", "on_site", "2026-09-30", [
        ("market_regulation", "mobile", "2026-08-04T02:00Z", FOUND, "2026-09-01", "2026-08-04T04:00Z"),
    ]),
    "V8": ("planned", "on_site", "2026-09-30", [
        ("market_regulation", "mobile", "2026-08-05T02:00Z", NONE, "2026-09-02", "withheld"),
    ]),
    "V9": ("planned", "on_site", "2026-09-30", [
        # the first minute of 1 October in Shanghai
        ("market_regulation", "mobile", "2026-09-30T16:00Z", NONE, "2099-01-01", None),
    ]),
    "V10": ("planned", "on_site", "2099-06-30", [
        ("market_regulation", "mobile", "2026-08-06T02:00Z", FOUND, "2099-01-01", None),
    ]),
    "V11": ("case_lead", "on_site", "2026-09-30", [
        ("market_regulation", "desk", "2026-08-07T02:00Z", NONE, "2026-09-04", "2026-08-08T02:00Z"),
    ]),
}  # fmt: skip
# visit, department: due on, done at, state
PROBLEMS = {
    ("V1", "health"): ("2026-08-20", "2026-08-15T02:00Z", "verified"),
    ("V3", "market_regulation"): ("2099-01-01", None, "opened"),
    ("V7", "market_regulation"): ("2026-08-10", "2026-08-12T02:00Z", "done"),
    ("V10", "market_regulation"): ("2026-08-20", None, "opened"),
}
# who of market goes where
GOING = {"V1": (0, 1), "V3": (0,), "V4": (1,), "V5": (1,), "V8": (0,)}
Pair = tuple[int, int]
WHOLE: dict[str, Pair] = {
    "palm_rate": (5, 7),
    "due_on_time": (5, 7),
    "target_completion": (3, 7),
    "publication_rate": (3, 6),
    "on_time_publication": (2, 4),
    "problem_rate": (3, 6),
    "follow_up_rate": (1, 3),
    "follow_up_closed": (1, 3),
}
OF_MARKET: dict[str, Pair] = {
    "palm_rate": (4, 6),
    "due_on_time": (4, 6),
    "target_completion": (3, 7),
    "publication_rate": (2, 5),
    "on_time_publication": (1, 3),
    "problem_rate": (3, 6),
    "follow_up_rate": (0, 2),
    "follow_up_closed": (0, 2),
}
# V7 and V11
APART: dict[str, tuple[Pair, Pair]] = {
    "palm_rate": ((1, 1), (0, 1)),
    "due_on_time": ((1, 1), (1, 1)),
    "target_completion": ((1, 1), (1, 1)),
    "publication_rate": ((1, 1), (1, 1)),
    "on_time_publication": ((1, 1), (1, 1)),
    "problem_rate": ((1, 1), (0, 1)),
    "follow_up_rate": ((0, 1), (0, 0)),
    "follow_up_closed": ((0, 1), (0, 0)),
}
OF_INSPECTORS: dict[str, list[Pair]] = {
    "palm_rate": [(2, 3), (1, 2)],
    "due_on_time": [(3, 3), (2, 3)],
    "target_completion": [(2, 3), (1, 3)],
    "publication_rate": [(1, 2), (1, 2)],
    "on_time_publication": [(1, 1), (1, 2)],
    "problem_rate": [(2, 3), (1, 2)],
    "follow_up_rate": [(0, 1)],
    "follow_up_closed": [(0, 1)],
}
REASONS = {
    "palm_rate": {"mobile": 5, "desk": 1, "overdue": 1},
    "due_on_time": {"on_time": 5, "late": 1, "overdue": 1, "pending": 1},
    "target_completion": {"counted": 3, "overdue": 3, "pending": 1},
    "publication_rate": {"published": 3, "unpublished": 1, "pending": 2, "withheld": 1},
    "on_time_publication": {"on_time": 2, "late": 1, "unpublished": 1, "pending": 2, "withheld": 1},
    "problem_rate": {"problem": 3, "no_problem": 3},
    "follow_up_rate": {"disposed": 1, "disposed_late": 0, "overdue": 1, "pending": 1},
    "follow_up_closed": {"closed": 1, "open": 2},
}


@pytest.fixture
async def auditor(world: World) -> httpx.AsyncClient:
    """Who reads the figures of the county above."""
    async with world.database.engine.begin() as connection:
        one = (await connection.execute(text("select jurisdiction_id, plan_id from plan_task limit 1"))).one()
        place = {"place": one.jurisdiction_id, "plan": one.plan_id}
        for kind in ("planned", "special", "case_lead"):
            await connection.execute(
                text(
                    "insert into plan_task (jurisdiction_id, id, plan_id, number, name, scope, kind, draw_kind,"
                    " item_class, method, lead_department_id, target_range, target_industry, ratios, planned_draw_on,"
                    " deadline, state) select :place, uuidv7(), :plan, :kind, '任务', 'joint', :kind, 'undirected',"
                    " 'general', 'on_site', d.id, '', '', '{}', '2026-07-01', '2026-09-30', 'issued' from department d"
                    " where d.jurisdiction_id = :place and d.code = 'market_regulation'"
                ),
                place | {"kind": kind},
            )
        for name, visit in VISITS.items():
            await _visit(connection, place, name, *visit)
    return await world.sign_in(world.login("auditor"))


async def _visit(
    connection: Any, place: dict[str, Any], name: str, kind: str, method: str, due: str, parts: list[Part]
) -> None:
    facts = place | {"visit": new_id(), "kind": kind, "method": method, "due": due}
    await connection.execute(
        text(
            "insert into inspection select :place, :visit, t.id, uuidv7(),"
            " (select id from target where jurisdiction_id = :place limit 1), :method, '2026-06-01',"
            " cast(cast(:due as text) as date) from plan_task t where t.jurisdiction_id = :place and t.number = :kind"
        ),
        facts,
    )
    for code, entry, formed, result, public_by, published in parts:
        part = facts | {"part": new_id(), "code": code, "entry": entry, "formed": formed, "result": result}
        await connection.execute(
            text(
                "insert into inspection_part (jurisdiction_id, id, inspection_id, department_id, check_item_ids,"
                " checklist_id, state, entry, formed_at, result_code) select :place, :part, :visit, d.id, '{}',"
                " uuidv7(), 'issued', :entry, cast(cast(:formed as text) as timestamptz), :result from department d"
                " where d.jurisdiction_id = :place and d.code = :code"
            ),
            part,
        )
        await _publish(connection, part | {"by": public_by, "published": published})
        if code == "market_regulation":
            for seat, officer in enumerate(GOING.get(name, ())):
                await _goes(connection, part | {"seat": seat, "officer": officer})
        if (name, code) in PROBLEMS:
            due_on, done, state = PROBLEMS[name, code]
            await _found(connection, part | {"due_on": due_on, "done": done, "state": state})


async def _found(connection: Any, facts: dict[str, Any]) -> None:
    await connection.execute(
        text(
            "insert into follow_up (jurisdiction_id, id, inspection_id, part_id, department_id, target_id,"
            " submission_id, problem_key, finding, photo_ids, kind, state, due_on, opened_at, done_at)"
            " select p.jurisdiction_id, uuidv7(), p.inspection_id, p.id, p.department_id, uuidv7(), uuidv7(), 'q1',"
            " '未公示', '{}', 'order_to_correct', :state, cast(cast(:due_on as text) as date), p.formed_at,"
            " cast(cast(:done as text) as timestamptz) from inspection_part p where p.id = :part"
        ),
        facts,
    )


async def _goes(connection: Any, facts: dict[str, Any]) -> None:
    await connection.execute(
        text(
            "insert into part_officer (jurisdiction_id, part_id, inspector_id, seat) select :place, :part, i.id, :seat"
            " from inspector i where i.jurisdiction_id = :place order by i.id offset :officer limit 1"
        ),
        facts,
    )


WAY = """insert into publication (jurisdiction_id, part_id, record_id, inspection_id, department_id, plan_task_id,
    target_id, stage, review, withholding, formed_on, due_on, calendar_version, withheld_on)
  select :place, p.id, uuidv7(), i.id, p.department_id, i.plan_task_id, i.target_id, :stage, 'none', 'none',
    (p.formed_at at time zone 'Asia/Shanghai')::date, cast(cast(:by as text) as date), 1,
    cast(cast(:withheld as text) as date)
  from inspection_part p join inspection i on i.jurisdiction_id = p.jurisdiction_id and i.id = p.inspection_id
  where p.id = :part"""
RECORD = """insert into public_record (jurisdiction_id, id, version, part_id, target_name, grams, search_text, body,
    due_on, calendar_version, published_at)
  values (:place, uuidv7(), 1, :part, '', '{}', '', '{}', cast(cast(:by as text) as date), 1,
    cast(cast(:published as text) as timestamptz))"""


async def _publish(connection: Any, facts: dict[str, Any]) -> None:
    """The part's way to the public, as far as it got."""
    if facts["formed"] is None:
        return
    withheld = facts["published"] == "withheld"
    stage = "withheld" if withheld else "published" if facts["published"] else "ready"
    await connection.execute(text(WAY), facts | {"stage": stage, "withheld": "2026-08-20" if withheld else None})
    if stage == "published":
        await connection.execute(text(RECORD), facts)


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

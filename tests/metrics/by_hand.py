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

from typing import Any

from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from tests.world.county import World

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


async def enter(world: World) -> None:
    """Makes the county above, by SQL: the triggers keep the facts."""
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

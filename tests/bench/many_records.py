"""A million published records, and the visits behind them: a city with ten counties of eight departments each."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg

from palmcheck.kernel.database import plain_url
from palmcheck.kernel.ids import new_id
from palmcheck.publication.industry_sections import section_of
from tests.bench.bench_search import invented

COUNTIES, DEPARTMENTS, TASKS = 10, 8, 6
CITY = UUID(int=0xC0)
DAYS = 3 * 365
VISITED = 5
"""A target has so many records, as many departments visit it over the years."""
RESULTS = (
    ("no_problem_found", 800),
    ("ordered_to_correct", 110),
    ("awaiting_follow_up", 40),
    ("cannot_be_contacted", 25),
    ("business_not_carried_on", 15),
    ("information_not_published", 6),
    ("refused_to_cooperate", 2),
    ("information_false", 1),
    ("other", 1),
)
"""Result code -> so many in a thousand."""
COLUMNS = (
    *("jurisdiction_id", "id", "version", "part_id", "target_name", "grams", "search_text", "body", "due_on"),
    *("calendar_version", "published_at", "department_id", "inspection_id", "plan_task_id", "enterprise_key"),
    *("industry_section", "result_code"),
)
PLACES = """
insert into jurisdiction (id, code, name, level) values ('{city}', '510000', '某市', 'city');
insert into jurisdiction (id, parent_id, code, name, level)
  select lpad(to_hex(n), 32, '0')::uuid, '{city}', 510100 + n, '县' || n, 'county'
  from generate_series(1, {counties}) n;
insert into jurisdiction_closure select '{city}', id, case when id = '{city}' then 0 else 1 end from jurisdiction;
insert into jurisdiction_closure select id, id, 0 from jurisdiction where id <> '{city}';
insert into department (jurisdiction_id, id, code, name)
  select j.id, ('00000000-0000-0000-000' || d || '-' || right(j.id::text, 12))::uuid, 'd' || d, '部门' || d
  from jurisdiction j, generate_series(1, {departments}) d where j.level = 'county';
insert into annual_plan (jurisdiction_id, id, year, number, name, published_at)
  select id, id, 2026, 'P', '年度抽查工作计划', now() from jurisdiction where level = 'county';
insert into plan_task (jurisdiction_id, id, plan_id, number, name, scope, draw_kind, item_class, method,
    lead_department_id, target_range, target_industry, ratios, planned_draw_on, deadline, state, kind)
  select d.jurisdiction_id, ('00000000-0000-000' || t || right(d.id::text, 18))::uuid, d.jurisdiction_id,
    'T' || d.code || t, '抽查任务', 'joint', 'undirected', 'general', 'on_site', d.id, '', '', '{{}}'::jsonb,
    current_date, current_date, 'issued', 'planned' from department d, generate_series(1, {tasks}) t;
"""
VISITS = """
insert into inspection (jurisdiction_id, id, plan_task_id, draw_id, target_id, method, issued_on, due_on)
  select jurisdiction_id, inspection_id, plan_task_id, '{city}', part_id, 'on_site', published_at::date - 30,
    published_at::date + 10 from public_record;
insert into inspection_part (jurisdiction_id, id, inspection_id, department_id, check_item_ids, checklist_id, state,
    entry, result_code, formed_at, record_id)
  select jurisdiction_id, part_id, inspection_id, department_id, '{{}}', '{city}', 'published', 'mobile', result_code,
    published_at - interval '2 days', id from public_record;
insert into inspection (jurisdiction_id, id, plan_task_id, draw_id, target_id, method, issued_on, due_on)
  select jurisdiction_id, gen_random_uuid(), id, gen_random_uuid(), '{city}', 'on_site', current_date - 60,
    current_date - 20 + (random() * 60)::int
  from plan_task, generate_series(1, 60);
insert into inspection_part (jurisdiction_id, id, inspection_id, department_id, check_item_ids, checklist_id, state)
  select i.jurisdiction_id, i.id, i.id, t.lead_department_id, '{{}}', '{city}', 'issued'
  from inspection i join plan_task t on t.id = i.plan_task_id where i.target_id = '{city}';
"""
TABLES = ("public_record", "inspection", "inspection_part")


class Place(NamedTuple):
    """Where a record is from."""

    county: UUID
    department: UUID
    task: UUID


def place_of(county: int, department: int, task: int) -> Place:
    """The ids that PLACES gave."""
    tail = f"{county:012x}"
    return Place(
        UUID(int=county),
        UUID(f"00000000-0000-0000-000{department}-{tail}"),
        UUID(f"00000000-0000-000{task}-000{department}-{tail}"),
    )


def records(count: int, chance: random.Random) -> Iterator[tuple[object, ...]]:
    """Rows of `public_record` in the order of COLUMNS, the oldest first."""
    began, step = datetime.now(UTC) - timedelta(days=DAYS), timedelta(days=DAYS) / count
    codes, shares = zip(*RESULTS, strict=True)
    targets = list(invented(max(count // VISITED, 1), chance))
    for number in range(count):
        _, _, name, _, code, _, industry, _, _, _, grams, text, *_ = chance.choice(targets)
        at = place_of(chance.randint(1, COUNTIES), chance.randint(1, DEPARTMENTS), chance.randint(1, TASKS))
        result, id, published = chance.choices(codes, shares)[0], new_id(), began + number * step
        yield (
            *(at.county, id, 1, new_id(), name, grams, text, body_of(id, name, code, result, published), None, 1),
            *(published, at.department, new_id(), at.task, code, section_of(str(industry)), result),
        )


def body_of(id: UUID, name: Any, code: Any, result: str, published: datetime) -> str:
    """A record as publication writes it, with six items."""
    items = [{"code": f"SC-{n:02}", "name": "食品经营许可及场所布局检查", "result_code": result} for n in range(6)]
    return json.dumps(
        {
            "id": str(id),
            "version": 1,
            "plan_task": {"number": "LJ2026-01", "name": "餐饮服务食品安全部门联合抽查"},
            "draw_kind": "directed",
            "department": "市场监督管理局",
            "jurisdiction": "临江县",
            "method": "on_site",
            "completed_on": published.date().isoformat(),
            "published_at": published.isoformat(),
            "target": {"name": name, "credit_code": code},
            "result_code": result,
            "items": items,
            "channel": "palmcheck",
            "working_days_used": 3,
            "url": f"/records/{id}",
        },
        ensure_ascii=False,
    )


async def fill(url: str, count: int) -> None:
    """COPY without indexes and triggers, then both again: a database that was restored stands so."""
    connection = await asyncpg.connect(plain_url(url))
    await connection.execute(
        PLACES.format(city=CITY, counties=COUNTIES, departments=DEPARTMENTS, tasks=TASKS), timeout=60
    )
    for table in TABLES:
        await connection.execute(f"alter table {table} disable trigger user")
    indexes = await connection.fetch(
        "select indexname, indexdef from pg_indexes where tablename = 'public_record' and indexname not like 'pk%'"
    )
    for each in indexes:
        await connection.execute(f"drop index {each['indexname']}")
    await connection.copy_records_to_table("public_record", records=records(count, random.Random(4)), columns=COLUMNS)
    for each in indexes:
        await connection.execute(each["indexdef"])
    await connection.execute(VISITS.format(city=CITY))
    for table in TABLES:
        await connection.execute(f"alter table {table} enable trigger user")
    await connection.execute("vacuum analyze")
    await connection.close()

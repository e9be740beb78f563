"""Every figure over 1,000,000 inspections, beside its limit of 300 ms at the 95th percentile.

    python -m tests.bench.bench_figures [INSPECTIONS] [--explain]

Fills a database of its own by SQL: a city with ten counties of eight departments, two years of visits of which
each has one department or two, a fifth with a problem; then asks what a lead asks, by the verbs that the API calls.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

import asyncpg
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel import embedded_postgres
from palmcheck.kernel.clock import law_date, now, quarter_of
from palmcheck.kernel.database import open_engine, plain_url
from palmcheck.kernel.embedded_postgres import APP, OWNER
from palmcheck.metrics import service, tallies
from palmcheck.metrics.counting import Span, counted
from palmcheck.metrics.definitions import FIGURES
from palmcheck.metrics.inspectors import inspectors
from palmcheck.metrics.places import bounds_of
from palmcheck.metrics.rows import Asked, rows_behind
from palmcheck.migrations.upgrade import migrate

LIMIT_MS = 300.0
ROUNDS = 12
CITY = UUID("00000000-0000-0000-0000-0000000000c0")
COUNTY = UUID("00000000-0000-0000-0000-000000000001")
DEPARTMENT = UUID("00000000-0000-0000-0001-000000000001")
FILL = """
insert into jurisdiction (id, code, name, level) values ('{city}', '510000', '市', 'city');
insert into jurisdiction (id, parent_id, code, name, level)
  select lpad(to_hex(n), 32, '0')::uuid, '{city}', 510100 + n, '县' || n, 'county' from generate_series(1, 10) n;
insert into jurisdiction_closure select '{city}', id, case when id = '{city}' then 0 else 1 end from jurisdiction;
insert into jurisdiction_closure select id, id, 0 from jurisdiction where id <> '{city}';
insert into department (jurisdiction_id, id, code, name)
  select j.id, ('00000000-0000-0000-000' || d || '-' || right(j.id::text, 12))::uuid, 'd' || d, '部门' || d
  from jurisdiction j, generate_series(1, 8) d where j.level = 'county';
create temp table visit as
  select n, lpad(to_hex(n % 10 + 1), 32, '0')::uuid as place, gen_random_uuid() as id, gen_random_uuid() as target,
    current_date - 700 + (random() * 760)::int as due, 1 + (n / 10) % 8 as d, random() as luck
  from generate_series(1, {count}) n;
insert into target (jurisdiction_id, id, name, kind, address, industry_code, industry_name, status,
    credit_risk_class, grams, search_text, pinyin)
  select place, target, '对象' || n, 'enterprise', '某路', '6210', '餐饮', 'operating', 'A', '{{}}', '', '' from visit;
insert into annual_plan (jurisdiction_id, id, year, number, name)
  select id, id, 2026, 'P', '计划' from jurisdiction;
insert into plan_task (jurisdiction_id, id, plan_id, number, name, scope, draw_kind, item_class, method,
    lead_department_id, target_range, target_industry, ratios, planned_draw_on, deadline, state, kind)
  select distinct on (place, d) place, ('00000000-0000-0001-000' || d || '-' || right(place::text, 12))::uuid,
    place, 'T' || d, '任务', 'joint', 'undirected', 'general', 'on_site',
    ('00000000-0000-0000-000' || d || '-' || right(place::text, 12))::uuid, '', '', '{{}}'::jsonb, due, due, 'issued',
    case when d = 8 then 'special' else 'planned' end from visit;
insert into inspection (jurisdiction_id, id, plan_task_id, draw_id, target_id, method, issued_on, due_on)
  select place, id, ('00000000-0000-0001-000' || d || '-' || right(place::text, 12))::uuid, gen_random_uuid(), target,
    case when n % 12 = 0 then 'written' else 'on_site' end, due - 60, due from visit;
insert into inspection_part (jurisdiction_id, id, inspection_id, department_id, check_item_ids, checklist_id, state,
    entry, result_code, formed_at)
  select place, gen_random_uuid(), id,
    ('00000000-0000-0000-000' || (1 + (d - 1 + second) % 8) || '-' || right(place::text, 12))::uuid, '{{}}',
    gen_random_uuid(), 'published',
    case when done then case when luck < 0.9 then 'mobile' else 'desk' end end,
    case when done then case when luck < 0.2 then 'ordered_to_correct' else 'no_problem_found' end end,
    case when done then (due - 20 + (luck * 22)::int)::timestamptz end
  from visit, generate_series(0, (n % 2)::int) second, lateral (select luck < 0.97 and due - 20 < current_date) x(done);
insert into public_record (jurisdiction_id, id, version, part_id, target_name, grams, search_text, body, due_on,
    calendar_version, published_at)
  select jurisdiction_id, gen_random_uuid(), 1, id, '对象', '{{}}', '', '{{}}'::jsonb, formed_at::date + 28, 1,
    formed_at + interval '2 days' from inspection_part where formed_at < current_date - 3;
insert into part_officer (jurisdiction_id, part_id, inspector_id, seat)
  select jurisdiction_id, id, ('00000000-0000-0002-' || right('000' || (abs(hashtext(id::text)) % 40 + seat), 4)
    || '-' || right(jurisdiction_id::text, 12))::uuid, seat from inspection_part, generate_series(0, 1) seat;
insert into follow_up (jurisdiction_id, id, inspection_id, part_id, department_id, target_id, submission_id,
    problem_key, finding, photo_ids, kind, state, due_on, opened_at, done_at)
  select jurisdiction_id, gen_random_uuid(), inspection_id, id, department_id, gen_random_uuid(), gen_random_uuid(),
    'q1', '问题', '{{}}', 'order_to_correct', 'done', formed_at::date + 14, formed_at, formed_at + interval '9 days'
  from inspection_part where result_code = 'ordered_to_correct';
"""
QUIET = ("inspection_part", "public_record")


async def fill(url: str, count: int) -> None:
    """Facts by SQL, without the triggers; then the rows that the triggers would have kept, from their own view."""
    connection = await asyncpg.connect(plain_url(url))
    for table in QUIET:
        await connection.execute(f"alter table {table} disable trigger part_facts")
    await connection.execute(FILL.format(city=CITY, count=count))
    names = await connection.fetchval(
        "select string_agg(column_name, ', ') from information_schema.columns where table_name = 'part_fact_now'"
    )
    began = perf_counter()
    await connection.execute(f"insert into part_fact ({names}) select {names} from part_fact_now")
    print(f"the migration's filling of part_fact: {perf_counter() - began:.1f} s")
    for table in QUIET:
        await connection.execute(f"alter table {table} enable trigger part_facts")
    async with AsyncSession(engine := open_engine(url)) as session:
        await tallies.fold(await session.connection(), law_date(now()))
        await session.commit()
    await engine.dispose()
    await connection.execute("vacuum analyze")
    sizes = await connection.fetchrow(
        "select pg_size_pretty(pg_relation_size('part_fact')), pg_size_pretty(pg_relation_size('ix_part_fact_counted'))"
    )
    assert sizes is not None
    print(f"part_fact {sizes[0]}, its covering index {sizes[1]}")
    await connection.close()


Question = Callable[[AsyncSession], Awaitable[Any]]


def questions() -> dict[str, Question]:
    """What is asked of the whole city, all million of it, and of one county."""
    quarter = quarter_of(law_date(now()))
    asked: dict[str, Question] = {"all figures, county": lambda s: service.sheet(s, COUNTY, quarter, below=True)}
    asked["all figures, city"] = lambda s: service.sheet(s, CITY, quarter, below=True)
    for key in FIGURES:
        asked[f"{key}, city"] = lambda s, key=key: service.detail(s, CITY, key, quarter, below=True)  # type: ignore[misc]
        asked[f"{key}, trend, city"] = lambda s, key=key: service.trend(s, CITY, key, quarter, None, below=True)  # type: ignore[misc]
    asked["palm_rate, trend, department"] = lambda s: service.trend(
        s, COUNTY, "palm_rate", quarter, DEPARTMENT, below=True
    )
    asked["palm_rate, inspectors"] = lambda s: inspectors(s, COUNTY, "palm_rate", quarter, DEPARTMENT)
    asked["palm_rate, rows, city"] = lambda s: rows_behind(s, CITY, "palm_rate", Asked(quarter), below=True)
    overdue = Asked(quarter, reason="overdue")
    asked["palm_rate, overdue rows, city"] = lambda s: rows_behind(s, CITY, "palm_rate", overdue, below=True)
    return asked


async def explain(url: str) -> None:
    """The plan of one count over the whole city."""
    connection = await asyncpg.connect(plain_url(url))
    _, first, after = bounds_of(None)
    places = [row["id"] for row in await connection.fetch("select id from jurisdiction")]
    span = Span(places, first, after, law_date(now()))
    query = counted("palm_rate", span, "jurisdiction_id", "department_id", "kind")
    sql = str(
        query.compile(
            dialect=postgresql.dialect(),  # type: ignore[no-untyped-call]
            compile_kwargs={"literal_binds": True},
        )
    )
    for row in await connection.fetch("explain (analyze, buffers) " + sql):
        print(row[0])
    await connection.close()


async def measure(url: str) -> None:
    """Each question so many times; prints median and 95th percentile beside the limit."""
    engine = open_engine(url)
    for name, ask in questions().items():
        times = []
        for _ in range(ROUNDS + 1):
            async with AsyncSession(engine) as session:
                began = perf_counter()
                await ask(session)
                times.append((perf_counter() - began) * 1000)
        cuts = quantiles(times[1:], n=20)
        word = "within" if cuts[18] <= LIMIT_MS else "OVER"
        print(f"{name:36} p50 {cuts[9]:7.1f}  p95 {cuts[18]:7.1f}  limit {LIMIT_MS:.0f} ms  {word}", flush=True)
    await engine.dispose()


async def main(count: int, *, plan: bool) -> None:
    """Fills and measures."""
    with tempfile.TemporaryDirectory() as folder:
        server = embedded_postgres.start(Path(folder), durable=False)
        try:
            await embedded_postgres.ensure_roles(server)
            await migrate(server.url(OWNER), app_role=APP)
            began = perf_counter()
            await fill(server.url(OWNER), count)
            print(f"{count} inspections in {perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f}")
            if plan:
                await explain(server.url(APP))
            await measure(server.url(APP))
            print(f"load {os.getloadavg()[0]:.1f}, this process {process_time():.1f} CPU s")
        finally:
            server.stop()


if __name__ == "__main__":
    words = [each for each in sys.argv[1:] if each.isdigit()]
    asyncio.run(main(int(words[0]) if words else 1_000_000, plan="--explain" in sys.argv))

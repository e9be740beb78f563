"""Keeping the tallies short, and counting them anew should they ever be wrong (docs/decisions/0063)."""

from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from palmcheck.kernel.clock import law_date
from palmcheck.kernel.timers import Timer
from palmcheck.kernel.unit_of_work import Database

PAST = date(1970, 1, 1)
"""A day that is decided: all that is asked of it is that it is over."""
FOLD_PARTS = text("""
with open_quarter as (
  select distinct jurisdiction_id, counted_on from part_tally where due_on <> :past or public_by <> :past
), taken as (
  delete from part_tally t using open_quarter q
  where t.jurisdiction_id = q.jurisdiction_id and t.counted_on = q.counted_on returning t.*
)
insert into part_tally (jurisdiction_id, counted_on, department_id, kind, method, leads, entry, formed_on, due_on,
  visit_problem, visit_counted, public_by, published_on, withheld_on, count)
select jurisdiction_id, counted_on, department_id, kind, method, leads, entry,
  case when due_on < :before and formed_on is not null then :past + (formed_on > due_on)::int else formed_on end,
  case when due_on < :before then :past else due_on end,
  visit_problem, visit_counted, case when public_by < :before then :past else public_by end,
  published_on, withheld_on, sum(count)
from taken group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 having sum(count) <> 0
""")
FOLD_PROBLEMS = text("""
with open_quarter as (
  select distinct jurisdiction_id, counted_on from problem_tally where due_on is distinct from :past
), taken as (
  delete from problem_tally t using open_quarter q
  where t.jurisdiction_id = q.jurisdiction_id and t.counted_on = q.counted_on returning t.*
)
insert into problem_tally (jurisdiction_id, counted_on, department_id, kind, due_on, disposed_on, closed, count)
select jurisdiction_id, counted_on, department_id, kind, case when due_on < :before then :past else due_on end,
  disposed_on, closed, sum(count)
from taken group by 1, 2, 3, 4, 5, 6, 7 having sum(count) <> 0
""")
PART = """jurisdiction_id, part_id, inspection_id, department_id, kind, method, leads, entry, formed_on, due_on,
  visit_problem, visit_counted, public_by, published_on, withheld_on"""
ANEW = (
    "lock table part_fact, part_tally, problem_tally in share row exclusive mode",
    "delete from part_fact",
    f"insert into part_fact ({PART}) select {PART} from part_fact_now",  # noqa: S608
    "delete from part_tally",
    """insert into part_tally (jurisdiction_id, counted_on, department_id, kind, method, leads, entry, formed_on,
      due_on, visit_problem, visit_counted, public_by, published_on, withheld_on, count)
      select * from part_tally_now""",
    "delete from problem_tally",
    """insert into problem_tally (jurisdiction_id, counted_on, department_id, kind, due_on, disposed_on, closed, count)
      select * from problem_tally_now""",
)


async def fold(connection: AsyncConnection, today: date) -> None:
    """Joins rows that have become alike because their days are over; every figure stays what it is."""
    days = {"past": PAST, "before": today - timedelta(days=1)}
    await connection.execute(FOLD_PARTS, days)
    await connection.execute(FOLD_PROBLEMS, days)


async def fold_nightly(database: Database, at: datetime) -> None:
    """The timer's: it changes no fact, so it leaves no trail."""
    async with database.engine.begin() as connection:
        await fold(connection, law_date(at))


async def recount(connection: AsyncConnection) -> None:
    """Makes facts and tallies anew out of inspections, records and follow-ups; results wait until it is done."""
    for statement in ANEW:
        await connection.execute(text(statement))


TIMERS = [Timer("metrics.fold_tallies", "13 19 * * *", fold_nightly)]

"""metrics: facts that are alike to every figure are counted together, so that a city's trend reads thousands of rows.

Phase: expand. Triggers add what a statement changes (docs/decisions/0063); filled from the facts: 10 s a million.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0063_figure_tallies", "0050_publication"
branch_labels = depends_on = None

PART = "jurisdiction_id, counted_on, department_id, kind, method, leads, entry, formed_on, due_on, visit_problem,"
PART += " visit_counted, public_by, published_on, withheld_on"
PROBLEM = "jurisdiction_id, counted_on, department_id, kind, due_on, disposed_on, closed"
PAST = "date '1970-01-01'"
"""Stands for a day that no figure asks for again: what is decided needs no day of its own."""
PART_ALIKE = f"""
  jurisdiction_id, date_trunc('quarter', counted_on::timestamp)::date as counted_on, department_id, kind, method,
  leads, entry, case when formed_on is not null then due_on + (formed_on > due_on)::int end as formed_on, due_on,
  visit_problem, visit_counted,
  case when formed_on is null or withheld_on is not null then null
    when published_on is null then public_by
    when published_on > public_by then {PAST} end as public_by,
  case when formed_on is not null and withheld_on is null and published_on is not null
    then {PAST} + coalesce(published_on > public_by, false)::int end as published_on,
  case when formed_on is not null and withheld_on is not null then {PAST} end as withheld_on"""
PROBLEM_ALIKE = f"""
  jurisdiction_id, date_trunc('quarter', found_on::timestamp)::date as counted_on, department_id, task_kind as kind,
  case when done_at is null then due_on else {PAST} end as due_on,
  case when done_at is not null then {PAST} + coalesce((done_at at time zone 'Asia/Shanghai')::date > due_on,
    false)::int end as disposed_on,
  state = 'verified' as closed"""


def _view(name: str, alike: str, source: str, where: str) -> str:
    return f"""create view {name}_now as
      select *, count(*)::int as count from (select {alike} from {source} where {where}) alike
      group by {", ".join(str(at) for at in range(1, alike_columns(name) + 1))}"""


def alike_columns(name: str) -> int:
    """How many columns make two facts alike."""
    return len((PART if name == "part_tally" else PROBLEM).split(","))


def _function(name: str, columns: str, alike: str, where: str) -> str:
    places = ", ".join(str(at) for at in range(1, alike_columns(name) + 1))
    add = f"insert into {name} ({columns}, count) select *"
    new, old = (f"select {alike} from {each}_rows where {where}" for each in ("new", "old"))
    return f"""
create function add_to_{name}() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    {add}, count(*) from ({new}) alike group by {places};
  elsif tg_op = 'DELETE' then
    {add}, -count(*) from ({old}) alike group by {places};
  else
    insert into {name} ({columns}, count) select {columns}, sum(change) from (
      select *, 1 as change from ({new}) alike union all select *, -1 from ({old}) alike) changed
    group by {places} having sum(change) <> 0;
  end if;
  return null;
end $$
"""


def _triggers(table: str, name: str) -> list[str]:
    seen = {"insert": "new table as new_rows", "delete": "old table as old_rows"}
    seen["update"] = f"{seen['insert']} {seen['delete']}"
    return [
        f"create trigger {name}_{on} after {on} on {table} referencing {rows} for each statement"
        f" execute function add_to_{name}()"
        for on, rows in seen.items()
    ]


def _key() -> list[sa.Column[object]]:
    return [
        sa.Column("jurisdiction_id", sa.Uuid(), primary_key=True),
        sa.Column("counted_on", sa.Date(), primary_key=True, comment="the quarter's first day"),
        sa.Column("id", sa.Uuid(), primary_key=True, server_default=sa.text("uuidv7()")),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
    ]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "part_tally",
        *_key(),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("entry", sa.Text()),
        sa.Column("formed_on", sa.Date(), comment="the due day when on time, the day after when late"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("visit_problem", sa.Boolean(), nullable=False),
        sa.Column("visit_counted", sa.Boolean(), nullable=False),
        sa.Column("public_by", sa.Date()),
        sa.Column("published_on", sa.Date()),
        sa.Column("withheld_on", sa.Date()),
        sa.Column("count", sa.Integer(), nullable=False, comment="so many more, or fewer below 0"),
    )
    op.create_table(
        "problem_tally",
        *_key(),
        sa.Column("due_on", sa.Date()),
        sa.Column("disposed_on", sa.Date()),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False, comment="so many more, or fewer below 0"),
    )
    for name, columns, alike, source, where in (
        ("part_tally", PART, PART_ALIKE, "part_fact", "true"),
        ("problem_tally", PROBLEM, PROBLEM_ALIKE, "follow_up", "state <> 'void'"),
    ):
        op.execute(_view(name, alike, source, where))
        op.execute(_function(name, columns, alike, where))
        for trigger in _triggers(source, name):
            op.execute(trigger)
        op.execute(f"insert into {name} ({columns}, count) select {columns}, count from {name}_now")

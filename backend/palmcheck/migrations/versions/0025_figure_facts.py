"""metrics: one narrow row a department part with all that the figures ask of it; planning: the kind of a task.

Phase: expand. The rows are kept by triggers in the transaction of the fact: docs/decisions says why. Fills them
from what is there: 15 s for a million parts; the columns of plan_task and follow_up are nullable or have a default.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0025_figure_facts", "0040_countersignatures"
branch_labels = depends_on = None

NOW = """
create view part_fact_now as
select p.jurisdiction_id, p.id as part_id, p.inspection_id, p.department_id,
  coalesce(t.kind, 'planned') as kind, i.method, coalesce(t.lead_department_id = p.department_id, false) as leads,
  p.entry, (p.formed_at at time zone 'Asia/Shanghai')::date as formed_on, i.due_on,
  bool_or(p.formed_at is not null and p.result_code in ('information_not_published', 'information_false',
    'cannot_be_contacted', 'ordered_to_correct', 'refused_to_cooperate', 'awaiting_follow_up')) over visit
    as visit_problem,
  bool_and(r.published_at is not null) over visit as visit_counted,
  r.due_on as public_by, (r.published_at at time zone 'Asia/Shanghai')::date as published_on,
  null::date as withheld_on
from inspection_part p
join inspection i on i.jurisdiction_id = p.jurisdiction_id and i.id = p.inspection_id
left join plan_task t on t.jurisdiction_id = i.jurisdiction_id and t.id = i.plan_task_id
left join lateral (
  select due_on, published_at from public_record r
  where r.jurisdiction_id = p.jurisdiction_id and r.part_id = p.id order by version limit 1
) r on true
window visit as (partition by p.jurisdiction_id, p.inspection_id)
"""
COLUMNS = """jurisdiction_id, part_id, inspection_id, department_id, kind, method, leads, entry, formed_on, due_on,
  visit_problem, visit_counted, public_by, published_on, withheld_on"""
CHANGING = """kind = excluded.kind, method = excluded.method, leads = excluded.leads, entry = excluded.entry,
  formed_on = excluded.formed_on, due_on = excluded.due_on, visit_problem = excluded.visit_problem,
  visit_counted = excluded.visit_counted, public_by = excluded.public_by, published_on = excluded.published_on,
  withheld_on = excluded.withheld_on"""
REFRESH = f"""
create function refresh_part_facts(place uuid, visit uuid) returns void language plpgsql as $$
begin
  -- One at a time: two departments that publish at once must see each other.
  perform 1 from inspection where jurisdiction_id = place and id = visit for no key update;
  insert into part_fact ({COLUMNS})
  select {COLUMNS} from part_fact_now where jurisdiction_id = place and inspection_id = visit
  on conflict (jurisdiction_id, part_id) do update set {CHANGING};
end $$
"""
OF_PART = """
create function part_facts_of_part() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from part_fact where jurisdiction_id = old.jurisdiction_id and part_id = old.id;
    perform refresh_part_facts(old.jurisdiction_id, old.inspection_id);
  else
    perform refresh_part_facts(new.jurisdiction_id, new.inspection_id);
  end if;
  return null;
end $$
"""
OF_INSPECTION = """
create function part_facts_of_inspection() returns trigger language plpgsql as $$
begin
  perform refresh_part_facts(new.jurisdiction_id, new.id);
  return null;
end $$
"""
OF_RECORD = """
create function part_facts_of_record() returns trigger language plpgsql as $$
begin
  perform refresh_part_facts(p.jurisdiction_id, p.inspection_id) from inspection_part p
    where p.jurisdiction_id = new.jurisdiction_id and p.id = new.part_id;
  return null;
end $$
"""
OF_PROBLEM = """
create function task_kind_of_problem() returns trigger language plpgsql as $$
begin
  new.task_kind := coalesce((select kind from part_fact
    where jurisdiction_id = new.jurisdiction_id and part_id = new.part_id), 'planned');
  return new;
end $$
"""
TRIGGERS = (
    "create trigger task_kind before insert on follow_up for each row execute function task_kind_of_problem()",
    "create trigger part_facts after insert or delete or update of entry, formed_at, result_code on inspection_part"
    " for each row execute function part_facts_of_part()",
    "create trigger part_facts after update of due_on, method on inspection"
    " for each row execute function part_facts_of_inspection()",
    "create trigger part_facts after insert or update of due_on, published_at on public_record"
    " for each row execute function part_facts_of_record()",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column(
        "plan_task",
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            server_default="planned",
            comment="planned | special | case_lead | revisit | full_coverage: counted apart (R20, R30)",
        ),
    )
    _follow_up_columns()
    op.create_table(
        "part_fact",
        sa.Column("jurisdiction_id", sa.Uuid(), primary_key=True),
        sa.Column("part_id", sa.Uuid(), primary_key=True),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="of the task: planned | special | case_lead | …"),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False, comment="the lead department's part stands for the visit"),
        sa.Column("entry", sa.Text()),
        sa.Column("formed_on", sa.Date()),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("visit_problem", sa.Boolean(), nullable=False, comment="a part of the visit found a problem"),
        sa.Column("visit_counted", sa.Boolean(), nullable=False, comment="every part is published or withheld (R12)"),
        sa.Column("public_by", sa.Date(), comment="last day to publish"),
        sa.Column("published_on", sa.Date()),
        sa.Column("withheld_on", sa.Date()),
        sa.Column("counted_on", sa.Date(), sa.Computed("coalesce(formed_on, due_on)", persisted=True), nullable=False),
    )
    for statement in (NOW, REFRESH, OF_PART, OF_INSPECTION, OF_RECORD, OF_PROBLEM, *TRIGGERS):
        op.execute(statement)
    op.execute(f"insert into part_fact ({COLUMNS}) select {COLUMNS} from part_fact_now")
    covered = [
        *("department_id", "kind", "method", "leads", "entry", "formed_on", "due_on", "visit_problem"),
        *("visit_counted", "public_by", "published_on", "withheld_on"),
    ]
    op.create_index(
        "ix_part_fact_counted", "part_fact", ["jurisdiction_id", "counted_on", "part_id"], postgresql_include=covered
    )
    op.create_index(
        "ix_part_fact_department", "part_fact", ["jurisdiction_id", "department_id", "counted_on", "part_id"]
    )


def _follow_up_columns() -> None:
    """What was done about a problem and who looked after it."""
    kinds = "of the task: planned | special | …; kept by a trigger"
    for column in (
        sa.Column("task_kind", sa.Text(), nullable=False, server_default="planned", comment=kinds),
        sa.Column("disposal", sa.Text(), comment="what was done, as recorded"),
        sa.Column("disposed_by", sa.Uuid(), comment="the account"),
        sa.Column("disposal_sha256", sa.Text(), comment="as first sent"),
        sa.Column("verified_at", sa.DateTime(timezone=True)),
        sa.Column("verified_by", sa.Uuid(), comment="the account, another than disposed_by"),
        sa.Column("verification", sa.Text(), comment="what the second person saw"),
    ):
        op.add_column("follow_up", column)
    op.execute(
        "alter table follow_up add found_on date not null"
        " generated always as ((opened_at at time zone 'Asia/Shanghai')::date) stored"
    )
    op.create_index(
        "ix_follow_up_found",
        "follow_up",
        ["jurisdiction_id", "found_on", "id"],
        postgresql_include=["department_id", "task_kind", "state", "due_on", "done_at"],
    )

"""publication: a record that is withdrawn by law leaves a tombstone; the figures still know that it was published.

Phase: expand. One new table; the view behind the figures is put anew.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0051_withdrawn_records", "0063_figure_tallies"
branch_labels = depends_on = None

NOW = """
create or replace view part_fact_now as
select p.jurisdiction_id, p.id as part_id, p.inspection_id, p.department_id,
  coalesce(t.kind, 'planned') as kind, i.method, coalesce(t.lead_department_id = p.department_id, false) as leads,
  p.entry, (p.formed_at at time zone 'Asia/Shanghai')::date as formed_on, i.due_on,
  bool_or(p.formed_at is not null and p.result_code in ('information_not_published', 'information_false',
    'cannot_be_contacted', 'ordered_to_correct', 'refused_to_cooperate', 'awaiting_follow_up')) over visit
    as visit_problem,
  bool_and(r.published_at is not null or w.published_on is not null or w.withheld_on is not null) over visit
    as visit_counted,
  coalesce(w.due_on, r.due_on) as public_by,
  coalesce(w.published_on, (r.published_at at time zone 'Asia/Shanghai')::date) as published_on,
  w.withheld_on
from inspection_part p
join inspection i on i.jurisdiction_id = p.jurisdiction_id and i.id = p.inspection_id
left join plan_task t on t.jurisdiction_id = i.jurisdiction_id and t.id = i.plan_task_id
left join publication w on w.jurisdiction_id = p.jurisdiction_id and w.part_id = p.id
left join lateral (
  select due_on, published_at from public_record r
  where r.jurisdiction_id = p.jurisdiction_id and r.part_id = p.id order by version limit 1
) r on true
window visit as (partition by p.jurisdiction_id, p.inspection_id)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "withdrawn_record",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False, comment="of grounds.py"),
        sa.Column(
            "version_digests",
            postgresql.ARRAY(sa.Text()),
            nullable=False,
            comment="SHA-256 of each version's body, in order",
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "record_id", name="pk_withdrawn_record"),
    )
    op.create_index("ix_withdrawn_record_record_id", "withdrawn_record", ["record_id"])
    op.execute(NOW)

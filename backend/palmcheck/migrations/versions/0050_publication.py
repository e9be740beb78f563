"""publication: each result has a way to the public: review, withholding by law, last day; figures see it.

Phase: expand. New tables, filled for the parts whose result is whole; the view behind the figures is put anew.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0050_publication", "0055_notifications"
branch_labels = depends_on = None

WHEN = postgresql.TIMESTAMP(timezone=True)
STAGES = "expected | in_review | returned | proposed | ready | published | withheld | withdrawn (stages.py)"
FILL = """
insert into publication (jurisdiction_id, part_id, record_id, inspection_id, department_id, plan_task_id, target_id,
  submission_id, stage, review, withholding, formed_on, due_on, calendar_version, published_on)
select p.jurisdiction_id, p.id, r.id, p.inspection_id, p.department_id, i.plan_task_id, i.target_id, p.submission_id,
  'published', 'none', 'none', (p.formed_at at time zone 'Asia/Shanghai')::date, r.due_on, r.calendar_version,
  (r.published_at at time zone 'Asia/Shanghai')::date
from inspection_part p
join inspection i on i.jurisdiction_id = p.jurisdiction_id and i.id = p.inspection_id
join public_record r on r.jurisdiction_id = p.jurisdiction_id and r.part_id = p.id and r.version = 1
"""
NOW = """
create or replace view part_fact_now as
select p.jurisdiction_id, p.id as part_id, p.inspection_id, p.department_id,
  coalesce(t.kind, 'planned') as kind, i.method, coalesce(t.lead_department_id = p.department_id, false) as leads,
  p.entry, (p.formed_at at time zone 'Asia/Shanghai')::date as formed_on, i.due_on,
  bool_or(p.formed_at is not null and p.result_code in ('information_not_published', 'information_false',
    'cannot_be_contacted', 'ordered_to_correct', 'refused_to_cooperate', 'awaiting_follow_up')) over visit
    as visit_problem,
  bool_and(r.published_at is not null or w.withheld_on is not null) over visit as visit_counted,
  coalesce(w.due_on, r.due_on) as public_by, (r.published_at at time zone 'Asia/Shanghai')::date as published_on,
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
TRIGGER = (
    "create trigger part_facts after insert or update of due_on, withheld_on on publication"
    " for each row when (new.due_on is not null or new.withheld_on is not null)"
    " execute function part_facts_of_record()"
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "publication",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False, comment="its address in public, once it is there"),
        sa.Column("inspection_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("plan_task_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), comment="the result that was taken up last"),
        sa.Column("stage", sa.Text(), nullable=False, comment=STAGES),
        sa.Column("review", sa.Text(), nullable=False, comment="none | waiting | passed | returned | lapsed"),
        sa.Column("withholding", sa.Text(), nullable=False, comment="none | proposed | confirmed"),
        sa.Column("formed_on", sa.Date(), comment="the result's day of law; none while it is not whole"),
        sa.Column("due_on", sa.Date(), comment="last day to publish; none where the calendar ends"),
        sa.Column("calendar_version", sa.Integer(), nullable=False),
        sa.Column("review_by", sa.Date(), comment="last day of the review; then it goes on without"),
        sa.Column("reviewed_by", sa.Uuid(), comment="the account"),
        sa.Column("reviewed_at", WHEN),
        sa.Column("review_note", sa.Text()),
        sa.Column("published_on", sa.Date()),
        sa.Column("withheld_on", sa.Date()),
        sa.PrimaryKeyConstraint("jurisdiction_id", "part_id", name="pk_publication"),
    )
    op.create_table(
        "withholding_proposal",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="minted by the console"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False, comment="of grounds.py"),
        sa.Column("note", sa.Text(), nullable=False, comment="for the second person and the trail; never public"),
        sa.Column("proposed_by", sa.Uuid(), nullable=False, comment="the account"),
        sa.Column("proposed_at", WHEN, nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False, comment="as first sent"),
        sa.Column("verdict", sa.Text(), comment="confirmed | refused | taken_back"),
        sa.Column("decided_by", sa.Uuid(), comment="the account; never proposed_by when confirmed"),
        sa.Column("decided_at", WHEN),
        sa.Column("because", sa.Text()),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_withholding_proposal"),
        sa.CheckConstraint(
            "verdict is distinct from 'confirmed' or decided_by <> proposed_by",
            name="ck_withholding_proposal_second_person",
        ),
    )
    _indexes()
    op.execute(FILL)
    op.execute(NOW)
    op.execute(TRIGGER)


def _indexes() -> None:
    for columns in (
        ["jurisdiction_id", "stage", "due_on", "part_id"],
        ["jurisdiction_id", "department_id", "stage"],
        ["jurisdiction_id", "plan_task_id"],
    ):
        op.create_index(f"ix_publication_{'_'.join(columns)}", "publication", columns)
    op.create_index("ix_publication_record_id", "publication", ["record_id"], unique=True)
    op.create_index(
        "ix_withholding_proposal_jurisdiction_id_part_id", "withholding_proposal", ["jurisdiction_id", "part_id"]
    )
    op.create_index(
        "uq_withholding_proposal_open",
        "withholding_proposal",
        ["jurisdiction_id", "part_id"],
        unique=True,
        postgresql_where="verdict is null",
    )

"""on-site results of their own, recusals asked for, disputes decided, follow-ups (R13, R21, R29).

Phase: expand. New columns may be null, new tables are empty.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0011_on_site", "0010_account_links"
branch_labels = depends_on = None

WHEN = postgresql.TIMESTAMP(timezone=True)
IDS = postgresql.ARRAY(sa.Uuid())


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _widen_submission()
    _create_recusal_request()
    _create_follow_up()


def _widen_submission() -> None:
    for column in (
        sa.Column("page_code_sha256", sa.Text(), comment="of the code of the party's page (R29)"),
        sa.Column("correction_id", sa.Uuid(), comment="the request to correct the registry that it led to"),
        sa.Column("decided_by", sa.Uuid(), comment="the account that chose among disputed results"),
        sa.Column("decided_because", sa.Text()),
    ):
        op.add_column("submission", column)
    op.create_index("ix_submission_jurisdiction_id_part_id", "submission", ["jurisdiction_id", "part_id"])
    op.create_index("ix_submission_page_code_sha256", "submission", ["page_code_sha256"])


def _create_recusal_request() -> None:
    op.create_table(
        "recusal_request",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="the operation's id"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("inspector_ids", IDS, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", WHEN, nullable=False),
        sa.Column("goes_on", sa.Boolean(), nullable=False, comment="whether the visit went on"),
        sa.Column("received_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "part_id"],
            ["inspection_part.jurisdiction_id", "inspection_part.id"],
            name="fk_recusal_request_jurisdiction_id_part_id",
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_recusal_request"),
    )
    op.create_index("ix_recusal_request_jurisdiction_id_part_id", "recusal_request", ["jurisdiction_id", "part_id"])


def _create_follow_up() -> None:
    op.create_table(
        "follow_up",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("jurisdiction_id", "id")),
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("inspection_id", "part_id", "department_id", "target_id")
        ),
        sa.Column("submission_id", sa.Uuid(), nullable=False, comment="the result that found it last"),
        sa.Column("problem_key", sa.Text(), nullable=False, comment="the question, or the problem's own id"),
        sa.Column("question_key", sa.Text()),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("photo_ids", IDS, nullable=False),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="on_the_spot | order_to_correct | case | coercive | transfer | referral | hazard_notice",
        ),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), comment="last day of an order to correct"),
        sa.Column("opened_at", WHEN, nullable=False),
        sa.Column("done_at", WHEN),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_follow_up"),
    )
    op.create_index(
        "ix_follow_up_jurisdiction_id_part_id_problem_key",
        "follow_up",
        ["jurisdiction_id", "part_id", "problem_key"],
        unique=True,
    )
    op.create_index("ix_follow_up_jurisdiction_id_inspection_id", "follow_up", ["jurisdiction_id", "inspection_id"])
    op.create_index("ix_follow_up_jurisdiction_id_state_due_on", "follow_up", ["jurisdiction_id", "state", "due_on"])

"""notifications: every account has an inbox, leads write to officers, due days are reminded of once a step (R23).

Phase: expand. New tables that old code does not know.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0055_notifications", "0025_figure_facts"
branch_labels = depends_on = None

WHEN = postgresql.TIMESTAMP(timezone=True)
KEY = ["jurisdiction_id", "id"]
OF_ACCOUNT = ["jurisdiction_id", "account_id"]
ACCOUNT = ["account.jurisdiction_id", "account.id"]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "notification",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False, comment="what it follows from, such as dispute/SUBMISSION"),
        sa.Column("kind", sa.Text(), nullable=False, comment="key of its text in the catalogues"),
        sa.Column("values", postgresql.JSONB(), nullable=False, comment="what the text's places are filled with"),
        sa.Column(
            "about",
            sa.Text(),
            nullable=False,
            comment="inspection | inspections | plan_task | nothing: where it leads",
        ),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("read_at", WHEN),
        sa.ForeignKeyConstraint(OF_ACCOUNT, ACCOUNT, name="fk_notification_jurisdiction_id_account_id"),
        sa.PrimaryKeyConstraint(*KEY, name="pk_notification"),
    )
    op.create_index(
        "ix_notification_jurisdiction_id_account_id_cause", "notification", [*OF_ACCOUNT, "cause"], unique=True
    )
    op.create_index("ix_notification_newest", "notification", [*OF_ACCOUNT, "id"])
    op.create_index("ix_notification_unread", "notification", OF_ACCOUNT, postgresql_where=sa.text("read_at is null"))
    op.create_table(
        "reminder",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="visit | publication | follow_up"),
        sa.Column("subject_id", sa.Uuid(), nullable=False, comment="the part, or the follow-up"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False, comment="working days before the due day; 0: it is over"),
        sa.Column("told_at", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "kind", "subject_id", "due_on", "step", name="pk_reminder"),
    )
    op.create_table(
        "officer_message",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="minted by whoever sends it"),
        sa.Column("account_id", sa.Uuid(), nullable=False, comment="who sent it"),
        sa.Column("inspection_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, comment="the visits that it is about"),
        sa.Column("inspector_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, comment="whom it went to"),
        sa.Column("reached", sa.Integer(), nullable=False, comment="those of them who had an account"),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sent_at", WHEN, nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False, comment="as first sent: repeat or clash?"),
        sa.ForeignKeyConstraint(OF_ACCOUNT, ACCOUNT, name="fk_officer_message_jurisdiction_id_account_id"),
        sa.PrimaryKeyConstraint(*KEY, name="pk_officer_message"),
    )
    op.create_index("ix_officer_message_inspection_ids", "officer_message", ["inspection_ids"], postgresql_using="gin")

"""inspections: the lead may let a result wait no longer for a countersigner, with a reason (R3).

Phase: expand. A new table.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0096_countersignature_waivers", "0095_rare_facts"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "countersignature_waiver",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("submission_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False, comment="who decided"),
        sa.Column("waived_at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "submission_id"],
            ["submission.jurisdiction_id", "submission.id"],
            name="fk_countersignature_waiver_jurisdiction_id_submission_id",
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "submission_id", "inspector_id", name="pk_countersignature_waiver"),
    )

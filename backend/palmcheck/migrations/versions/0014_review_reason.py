"""registry: why a review was refused stands in a column of its own, no longer in that of the document's number.

Phase: expand. Two nullable changes and an update of the few refused rows: 0.1 s for a county.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0014_review_reason", "0013_registry_undone"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("inspector", sa.Column("review_reason", sa.Text(), comment="why it was refused"))
    op.alter_column(
        "inspector",
        "review_state",
        existing_type=sa.Text(),
        existing_nullable=False,
        existing_server_default="reviewed",
        comment="changed | refused | reviewed",
    )
    op.execute(
        "update inspector set review_reason = review_reference, review_reference = null where review_state = 'refused'"
    )

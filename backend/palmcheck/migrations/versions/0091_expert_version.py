"""registry: an expert's row is kept as it stood after each change, so that its history reads side by side.

Phase: expand. One new table; each expert's row of today is its first kept version: 0.1 s for a county.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision, down_revision = "0091_expert_version", "0090_inspector_import"
branch_labels = depends_on = None

KEPT = ("department_id", "kind", "name", "field", "credit_code", "qualification", "contact", "valid_until", "status")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_table(
        "expert_version",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("expert_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row", JSONB(), nullable=False, comment="as it stood after the change"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "expert_id", "version", name="pk_expert_version"),
    )
    row = ", ".join(f"'{name}', {name}" for name in KEPT)
    op.execute(
        'insert into expert_version (jurisdiction_id, expert_id, version, at, "row") '
        f"select jurisdiction_id, id, version, now(), jsonb_build_object({row}) from expert"
    )

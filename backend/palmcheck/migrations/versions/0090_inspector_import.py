"""registry: a file of inspectors is read by a job; what became of it stands in a row.

Phase: expand. One new table: no time.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision, down_revision = "0090_inspector_import", "0085_search_at_speed"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    counts = [
        sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in ("new", "changed", "unchanged")
    ]
    op.create_table(
        "inspector_import",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="minted by the client"),
        sa.Column("department_id", sa.Uuid(), comment="of the administrator; null: of the joint office"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_bytes", sa.Integer(), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False, comment="as first sent: repeat or clash?"),
        sa.Column("content", sa.LargeBinary(), comment="the file, until it is read"),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="received | reading | waiting | merging | done | refused | cancelled | failed",
        ),
        sa.Column("rows_read", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("progress", sa.Integer(), nullable=False, server_default="0", comment="of the rows, 1/10,000"),
        *counts,
        sa.Column("bad", sa.Integer(), nullable=False, server_default="0", comment="rows, not faults"),
        sa.Column("faults", JSONB(), nullable=False, server_default="[]", comment="line, field, rule, value as found"),
        sa.Column("cancelled_by", sa.Uuid(), comment="the account that asked the import to stop"),
        sa.Column("refusal", JSONB(), comment="problem code and its particulars"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_inspector_import"),
    )

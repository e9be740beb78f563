"""inspections: an officer countersigns on his own phone, by the hash of what the lead officer's phone signed (R3).

Phase: expand. A nullable column, filled from the received operations: one pass over the submissions.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0040_countersignatures", "0020_public_changes"
branch_labels = depends_on = None

WHEN = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column(
        "submission",
        sa.Column(
            "operation_sha256",
            sa.Text(),
            comment="of the phone's signed operation: what a countersignature is for",
        ),
    )
    op.execute(
        "update submission s set operation_sha256 = r.sha256 from received_operation r "
        "where r.jurisdiction_id = s.jurisdiction_id and r.id = s.id"
    )
    op.create_table(
        "countersignature",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="the operation's id"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid()),
        sa.Column(
            "submission_sha256",
            sa.Text(),
            nullable=False,
            comment="whole as scanned, or its first 20 digits as typed",
        ),
        sa.Column("signed_at", WHEN, nullable=False),
        sa.Column("received_at", WHEN, nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "part_id"],
            ["inspection_part.jurisdiction_id", "inspection_part.id"],
            name="fk_countersignature_jurisdiction_id_part_id",
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_countersignature"),
    )
    op.create_index("ix_countersignature_jurisdiction_id_part_id", "countersignature", ["jurisdiction_id", "part_id"])

"""evidence: what is found in a photo, when an upload expires, why its bytes are never taken.

Phase: expand. New columns may be null, the new table is empty.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0012_photo_facts", "0011_on_site"
branch_labels = depends_on = None

WHEN = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column("upload", sa.Column("expires_at", WHEN, comment="when it is given up unless it is complete by then"))
    op.add_column(
        "upload",
        sa.Column(
            "refusal",
            postgresql.JSONB(),
            comment="why these bytes are never taken: code, field and params of the problem",
        ),
    )
    op.execute("update upload set expires_at = created_at + interval '7 days' where state = 'receiving'")
    op.create_index("ix_upload_expires_at", "upload", ["expires_at"], postgresql_where=sa.text("state = 'receiving'"))
    op.create_table(
        "photo_facts",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="the upload's id"),
        sa.Column("width", sa.Integer(), nullable=False, comment="pixels as stored, before the orientation is applied"),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("orientation", sa.Integer(), nullable=False, comment="as EXIF counts, 1 to 8"),
        sa.Column("exif", postgresql.JSONB(), nullable=False),
        sa.Column("perceptual_hash", sa.BigInteger(), comment="64 bits that alike pictures share"),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "id"],
            ["upload.jurisdiction_id", "upload.id"],
            name="fk_photo_facts_jurisdiction_id_id",
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_photo_facts"),
    )

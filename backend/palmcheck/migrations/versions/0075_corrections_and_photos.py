"""publication: corrections of public records, each by two people, and photos that go public on a blurred copy.

Phase: expand. Two new tables, and a column that says which version of a record is no longer the newest; old code
shows all versions. No rewrite; a lock of public_record for an instant.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0075_corrections_and_photos", "0070_visit_days"
branch_labels = depends_on = None

SAY_PHOTOS = """
create function say_public_photos_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('public_changed', 'record ' || record_id) from (select distinct record_id from changed) those;
    return null;
end $$
"""


def decided() -> list[sa.Column[Any]]:
    """What a second person said; the same of every proposal."""
    return [
        sa.Column("proposed_by", sa.Uuid(), nullable=False, comment="the account"),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("request_sha256", sa.Text(), nullable=False, comment="as first sent"),
        sa.Column("verdict", sa.Text(), nullable=True, comment="confirmed | refused | taken_back"),
        sa.Column("decided_by", sa.Uuid(), nullable=True, comment="the account; never proposed_by when confirmed"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("because", sa.Text(), nullable=True),
    ]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column(
        "public_record",
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True, comment="when a newer version came"),
    )
    op.create_table(
        "record_correction",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="minted by the console"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("result_code", sa.Text(), nullable=False, comment="what stands once it is confirmed"),
        sa.Column("reason", sa.Text(), nullable=False, comment="of correction_reasons.py; public"),
        sa.Column("note", sa.Text(), nullable=False, comment="for the second person and the trail; never public"),
        *decided(),
        sa.CheckConstraint(
            "verdict is distinct from 'confirmed' or decided_by <> proposed_by",
            name="ck_record_correction_second_person",
        ),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_record_correction"),
    )
    op.create_index("ix_record_correction_jurisdiction_id_part_id", "record_correction", ["jurisdiction_id", "part_id"])
    op.create_index(
        "uq_record_correction_open",
        "record_correction",
        ["jurisdiction_id", "part_id"],
        unique=True,
        postgresql_where="verdict is null",
    )
    op.create_table(
        "public_photo",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="minted by the console"),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False, comment="the photo that the copy was made of"),
        sa.Column("places", postgresql.JSONB(), nullable=False, comment="what is blurred, in 1/10,000 of the picture"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="of the copy"),
        sa.Column("length", sa.Integer(), nullable=False, comment="bytes of the copy"),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        *decided(),
        sa.CheckConstraint(
            "verdict is distinct from 'confirmed' or decided_by <> proposed_by", name="ck_public_photo_second_person"
        ),
        sa.CheckConstraint("jsonb_array_length(places) > 0", name="ck_public_photo_blurred"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_public_photo"),
    )
    op.create_index("ix_public_photo_jurisdiction_id_part_id", "public_photo", ["jurisdiction_id", "part_id"])
    op.create_index("ix_public_photo_record_id", "public_photo", ["record_id"])
    op.execute(SAY_PHOTOS)
    op.execute(
        "create trigger public_changed_by_update after update on public_photo "
        "referencing new table as changed for each statement execute function say_public_photos_changed()"
    )

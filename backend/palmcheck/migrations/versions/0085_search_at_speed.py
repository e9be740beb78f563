"""publication: lists, searches and counts of a million public records read indexes, not rows.

Phase: expand. Indexes that are built while nobody publishes: 15 s a million.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0085_search_at_speed", "0075_corrections_and_photos"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    newest = ["published_at", "id"]
    op.create_index(
        "ix_public_record_newest",
        "public_record",
        newest,
        postgresql_include=["search_text"],
        postgresql_where="superseded_at is null",
    )
    op.drop_index("ix_public_record_published_at_id", "public_record")
    op.create_index(
        "ix_public_record_first_character",
        "public_record",
        [sa.text('"left"(search_text, 1)'), *newest],
        postgresql_where="superseded_at is null",
    )
    op.create_index(
        "ix_public_record_first_versions", "public_record", ["department_id"], postgresql_where="version = 1"
    )
    op.create_index("ix_inspection_plan_task_id", "inspection", ["plan_task_id"])

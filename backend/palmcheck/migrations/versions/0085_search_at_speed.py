"""publication: one character finds the records of names that begin with it.

Phase: expand. One index, built while nobody publishes: 2 s a million.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0085_search_at_speed", "0058_public_search"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    first = sa.text('"left"(search_text, 1)')
    op.create_index("ix_public_record_first_published_at_id", "public_record", [first, "published_at", "id"])

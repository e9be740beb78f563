"""inspections: a visit has its day, and what is unfinished is found without reading what is done (R23).

Phase: expand. A nullable column and two partial indexes; no rewrite.
"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0070_visit_days", "0058_public_search"
branch_labels = depends_on = None

KEY = ["jurisdiction_id", "id"]


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    comment = "the day on which all departments go; none until the lead sets it"
    op.add_column("inspection", sa.Column("visit_on", sa.Date(), comment=comment))
    of_part = ["jurisdiction_id", "part_id"]
    op.create_index("ix_submission_disputed", "submission", of_part, postgresql_where=sa.text("state = 'disputed'"))
    op.create_index(
        "ix_inspection_part_unfinished", "inspection_part", KEY, postgresql_where=sa.text("state <> 'published'")
    )

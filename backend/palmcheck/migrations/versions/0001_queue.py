"""The job queue's own tables, as pgqueuer 1.6 prints them (`pgq sql install`).

Phase: expand. An upgrade of pgqueuer that changes them is a migration of its own.
"""

from pathlib import Path

from alembic import op

from palmcheck.migrations.statements import statements

revision, down_revision = "0001_queue", None
branch_labels = depends_on = None


def upgrade() -> None:
    for statement in statements(Path(__file__).parents[1] / "sql" / "pgqueuer_1_6.sql"):
        op.execute(statement)

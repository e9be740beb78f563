"""settings and calendar: who set a value, what a calendar's version changed, and the trail by what an entry is about.

Phase: expand.
"""

from alembic import op

revision, down_revision = "0004_settings", "0003_trail"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_audit_event_payload",
        "audit_event",
        ["payload"],
        postgresql_using="gin",
        postgresql_ops={"payload": "jsonb_path_ops"},
    )

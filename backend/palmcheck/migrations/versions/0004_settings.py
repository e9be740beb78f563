"""settings and calendar: who set a value, what a calendar's version changed, who answers for a department.

Phase: expand. The trail gets an index by what an entry is about.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0004_settings", "0003_trail"
branch_labels = depends_on = None

FIRST_VERSION = """
insert into calendar_version (jurisdiction_id, version, since, reason, changes)
select jurisdiction_id, version, now(), 'statutory', '[]' from working_day group by 1, 2
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.create_index(
        "ix_audit_event_payload",
        "audit_event",
        ["payload"],
        postgresql_using="gin",
        postgresql_ops={"payload": "jsonb_path_ops"},
    )
    op.add_column("setting_value", sa.Column("author_id", sa.Uuid(), comment="the account; none for the system"))
    op.add_column("setting_value", sa.Column("author_name", sa.Text(), comment="as the person was called then"))
    op.create_table(
        "calendar_version",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(), nullable=False, comment="[day, works now, worked before or null]"),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("author_name", sa.Text()),
        sa.PrimaryKeyConstraint("jurisdiction_id", "version", name=op.f("pk_calendar_version")),
    )
    op.execute(FIRST_VERSION)
    op.create_table(
        "department_responsible",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("first", sa.Text(), comment="第一责任人"),
        sa.Column("leading", sa.Text(), comment="分管责任人"),
        sa.Column("direct", sa.Text(), comment="直接责任人"),
        sa.Column("author_id", sa.Uuid()),
        sa.Column("author_name", sa.Text()),
        sa.PrimaryKeyConstraint("jurisdiction_id", "department_id", "version", name=op.f("pk_department_responsible")),
    )

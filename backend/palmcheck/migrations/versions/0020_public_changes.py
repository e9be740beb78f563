"""public: what changes in public is said aloud, so that no process keeps an old answer.

Phase: expand. Triggers a statement, no rewrite; a lock of each table for an instant.
"""

from alembic import op

revision, down_revision = "0020_public_changes", "0014_review_reason"
branch_labels = depends_on = None

TABLES = (
    "annual_plan",
    "plan_task",
    "plan_task_part",
    "check_item",
    "checklist_version",
    "department",
)
CHANGES = {"insert": "new table", "update": "new table", "delete": "old table"}

SAY_RECORDS = """
create function say_public_records_changed() returns trigger language plpgsql as $$
begin
    if (select count(*) from (select from changed limit 21) few) > 20 then
        perform pg_notify('public_changed', 'all');
    else
        perform pg_notify('public_changed', 'record ' || id) from (select distinct id from changed) those;
    end if;
    return null;
end $$
"""
SAY_ALL = """
create function say_public_changed() returns trigger language plpgsql as $$
begin
    perform pg_notify('public_changed', 'all');
    return null;
end $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.execute(SAY_RECORDS)
    op.execute(SAY_ALL)
    for change, rows in CHANGES.items():
        op.execute(
            f"create trigger public_changed_by_{change} after {change} on public_record "
            f"referencing {rows} as changed for each statement execute function say_public_records_changed()"
        )
    for table in TABLES:
        op.execute(
            f"create trigger public_changed after insert or update or delete on {table} "
            "for each statement execute function say_public_changed()"
        )

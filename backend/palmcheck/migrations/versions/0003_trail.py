"""The trail refuses to be altered, and the app's role gets no more than it needs (R15).

Partitions by month to the end of 2030 with one for the rest, so that no entry is ever refused for its date.
Triggers fire ALWAYS, also for a replica's role. `grant_to_app` is called after every upgrade.
"""

from alembic import op

revision, down_revision = "0003_trail", "0002_the_thread"
branch_labels = depends_on = None

PARTITIONS = """
do $$
declare first date := date '2026-01-01';
begin
    while first < date '2031-01-01' loop
        execute format('create table audit_event_%s partition of audit_event for values from (%L) to (%L)',
                       to_char(first, 'YYYY_MM'), first, first + interval '1 month');
        first := first + interval '1 month';
    end loop;
    create table audit_event_rest partition of audit_event default;
end $$
"""

REFUSE = """
create function refuse_to_alter_the_trail() returns trigger language plpgsql as $$
begin
    raise exception 'the trail is append-only (%)', tg_op;
end $$
"""

TRIGGERS = """
do $$
declare name regclass;
begin
    create trigger trail_is_append_only before update or delete on audit_event
        for each row execute function refuse_to_alter_the_trail();
    for name in select inhrelid::regclass from pg_inherits where inhparent = 'audit_event'::regclass loop
        execute format('create trigger trail_is_not_truncated before truncate on %s '
                       'for each statement execute function refuse_to_alter_the_trail()', name);
        execute format('alter table %s enable always trigger trail_is_append_only', name);
        execute format('alter table %s enable always trigger trail_is_not_truncated', name);
    end loop;
end $$
"""

GRANTS = """
create function grant_to_app(app_role text) returns void language plpgsql as $$
declare part regclass;
begin
    execute format('grant usage on schema public to %I', app_role);
    execute format('grant select, insert, update, delete on all tables in schema public to %I', app_role);
    execute format('grant usage, select on all sequences in schema public to %I', app_role);
    execute format('revoke update, delete, truncate on audit_event from %I', app_role);
    for part in select inhrelid::regclass from pg_inherits where inhparent = 'audit_event'::regclass loop
        execute format('revoke insert, update, delete, truncate on %s from %I', part, app_role);
    end loop;
    execute format('revoke delete, truncate on audit_head from %I', app_role);
    execute format('revoke insert, update, delete on alembic_version from %I', app_role);
end $$
"""

EPOCH = "insert into feed_epoch (single, epoch) values (true, replace(uuidv7()::text, '-', ''))"


def upgrade() -> None:
    for statement in (PARTITIONS, REFUSE, TRIGGERS, GRANTS, EPOCH):
        op.execute(statement)

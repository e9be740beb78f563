"""tags, dated facts and merges of targets; search, order and filters of the registry.

Phase: expand. What search needs of rows that are there is filled in below; a trigger writes down each change of
status and class, whichever way it comes.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from palmcheck.kernel.grams import searchable

revision, down_revision = "0007_registry_facts", "0006_registry"
branch_labels = depends_on = None

FACETS = (
    "array_cat(array['kind=' || kind, 'status=' || status, 'class=' || credit_risk_class, "
    "'industry=' || left(industry_code, 2), 'industry=' || left(industry_code, 3), 'industry=' || industry_code], tags)"
)

STANDING = """
create function write_down_target_standing() returns trigger language plpgsql as $$
declare why text := nullif(current_setting('palmcheck.reason', true), '');
begin
    if new.status is distinct from old.status then
        insert into target_standing (jurisdiction_id, target_id, aspect, before, after, reason)
        values (new.jurisdiction_id, new.id, 'status', old.status, new.status, why);
    end if;
    if new.credit_risk_class is distinct from old.credit_risk_class then
        insert into target_standing (jurisdiction_id, target_id, aspect, before, after, reason)
        values (new.jurisdiction_id, new.id, 'credit_risk_class', old.credit_risk_class, new.credit_risk_class, why);
    end if;
    return null;
end $$
"""

TRIGGER = """
create trigger standing_is_written_down after update of status, credit_risk_class on target for each row
when (old.status is distinct from new.status or old.credit_risk_class is distinct from new.credit_risk_class)
execute function write_down_target_standing()
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _widen_target()
    _create_tables()
    op.execute(STANDING)
    op.execute(TRIGGER)


def _widen_target() -> None:
    text = sa.Text()
    op.add_column(
        "target",
        sa.Column("search_text", text, server_default="", nullable=False, comment="what a query must occur in"),
    )
    op.add_column(
        "target",
        sa.Column("pinyin", text, server_default="", nullable=False, comment="where the name stands among others"),
    )
    op.add_column("target", sa.Column("tags", postgresql.ARRAY(text), server_default="{}", nullable=False))
    op.add_column(
        "target",
        sa.Column("responsible_id", sa.Uuid(), comment="the entity answering for a product, project, behaviour"),
    )
    op.add_column(
        "target", sa.Column("merged_into", sa.Uuid(), comment="the target that this one turned out to be; never drawn")
    )
    op.add_column(
        "target",
        sa.Column(
            "facets",
            postgresql.ARRAY(text),
            sa.Computed(FACETS, persisted=True),
            nullable=False,
            comment="filters, tags",
        ),
    )
    op.alter_column(
        "target",
        "kind",
        existing_type=text,
        existing_nullable=False,
        comment="enterprise | individual_business | cooperative | product | project | behaviour",
    )
    op.alter_column(
        "target",
        "grams",
        existing_type=postgresql.ARRAY(text),
        existing_nullable=False,
        comment="kernel.grams.searchable, like the next two",
    )
    connection = op.get_bind()
    fill = sa.text("update target set search_text = :text, pinyin = :pinyin where jurisdiction_id = :j and id = :id")
    for row in connection.execute(sa.text("select jurisdiction_id, id, name, credit_code from target")).all():
        kept = searchable(row.name, row.credit_code)
        connection.execute(fill, {"text": kept.text, "pinyin": kept.pinyin, "j": row.jurisdiction_id, "id": row.id})
    op.create_index("ix_target_jurisdiction_id_pinyin_id", "target", ["jurisdiction_id", "pinyin", "id"])
    op.create_index("ix_target_facets", "target", ["facets"], postgresql_using="gin")


def _create_tables() -> None:
    text, when = sa.Text(), postgresql.TIMESTAMP(timezone=True)

    def key(comment: str | None = None, default: sa.TextClause | None = None) -> list[sa.Column[object]]:
        return [
            sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
            sa.Column("id", sa.Uuid(), nullable=False, comment=comment, server_default=default),
        ]

    minted = "minted by the client"
    op.create_table(
        "tag",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("family", text, nullable=False, comment="industry | level | free"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "name", name="pk_tag"),
    )
    op.create_table(
        "target_fact",
        *key(minted),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("kind", text, nullable=False, comment="penalty | upheld_complaint"),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("source", text, nullable=False, comment="who says so: authority, document number"),
        sa.Column("content", text, nullable=False),
        sa.Column("recorded_at", when, nullable=False),
        sa.Column("request_sha256", text, nullable=False, comment="as first sent: repeat or clash?"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_target_fact"),
    )
    op.create_index(
        "ix_target_fact_jurisdiction_id_target_id_happened_on",
        "target_fact",
        ["jurisdiction_id", "target_id", "happened_on"],
    )
    op.create_table(
        "target_standing",
        *key(default=sa.text("uuidv7()")),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("aspect", text, nullable=False, comment="status | credit_risk_class"),
        sa.Column("before", text, nullable=False),
        sa.Column("after", text, nullable=False),
        sa.Column("reason", text, comment="null: an import said so"),
        sa.Column("changed_at", when, nullable=False, server_default=sa.text("now()")),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_target_standing"),
    )
    op.create_index("ix_target_standing_jurisdiction_id_target_id", "target_standing", ["jurisdiction_id", "target_id"])
    op.create_table(
        "target_merge",
        *key(minted),
        sa.Column("from_target_id", sa.Uuid(), nullable=False),
        sa.Column("into_target_id", sa.Uuid(), nullable=False),
        sa.Column("reason", text, nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=False, comment="an account"),
        sa.Column("merged_at", when, nullable=False),
        sa.Column("row_before", postgresql.JSONB(), nullable=False, comment="the merged target as it was"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_target_merge"),
    )
    op.create_index(
        "ix_target_merge_jurisdiction_id_from_target_id",
        "target_merge",
        ["jurisdiction_id", "from_target_id"],
        unique=True,
    )
    op.create_index(
        "ix_target_merge_jurisdiction_id_into_target_id", "target_merge", ["jurisdiction_id", "into_target_id"]
    )
    op.create_table(
        "correction_request",
        *key(minted),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("authority", text, nullable=False),
        sa.Column(
            "field",
            text,
            nullable=False,
            comment="name | credit_code | legal_representative | address | industry | status",
        ),
        sa.Column("recorded", text, nullable=False, comment="what the record says"),
        sa.Column("proposed", text, nullable=False, comment="what it should say"),
        sa.Column("grounds", text, nullable=False),
        sa.Column("state", text, nullable=False, server_default="draft"),
        sa.Column("drafted_by", sa.Uuid(), nullable=False, comment="an account"),
        sa.Column("drafted_at", when, nullable=False),
        sa.Column("sent_at", when),
        sa.Column("answered_at", when),
        sa.Column("answer", text),
        sa.Column("accepted", sa.Boolean()),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_correction_request"),
    )
    op.create_index(
        "ix_correction_request_jurisdiction_id_target_id", "correction_request", ["jurisdiction_id", "target_id"]
    )
    op.create_index(
        "ix_correction_request_jurisdiction_id_state_id", "correction_request", ["jurisdiction_id", "state", "id"]
    )

"""registry: merges and bulk tags can be undone, duplicates are found along an index, an import can be stopped.

Phase: expand. The two generated columns of `target` rewrite the table once: 45 s for a million targets on two cores,
3 s for a county.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0013_registry_undone", "0012_photo_facts"
branch_labels = depends_on = None

ORGANISATION_CODE = "case when length(credit_code) = 18 then substr(credit_code, 9, 9) end"
PLACE_KEY = (
    "case when address <> '' then hashtextextended(lower(normalize("
    "regexp_replace(name || '|' || address, '\\s', '', 'g'), nfkc)), 0) end"
)
TEXT, WHEN, COUNT = sa.Text(), postgresql.TIMESTAMP(timezone=True), sa.Integer()


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _key_targets()
    _let_merges_be_undone()
    _create_taggings()
    op.add_column(
        "target_import",
        sa.Column("redirected", COUNT, server_default="0", nullable=False, comment="rows that named a merged target"),
    )
    op.add_column(
        "target_import", sa.Column("cancelled_by", sa.Uuid(), comment="the account that asked the import to stop")
    )
    op.alter_column(
        "target_import",
        "state",
        existing_type=TEXT,
        existing_nullable=False,
        comment="received | reading | waiting | merging | done | refused | cancelled | failed",
    )


def _key_targets() -> None:
    op.execute(
        f"alter table target add column organisation_code text generated always as ({ORGANISATION_CODE}) stored, "
        f"add column place_key bigint generated always as ({PLACE_KEY}) stored"
    )
    for column in ("organisation_code", "place_key"):
        op.execute(f"comment on column target.{column} is 'finds duplicates'")
        op.create_index(
            f"ix_target_jurisdiction_id_{column}_id",
            "target",
            ["jurisdiction_id", column, "id"],
            postgresql_where=sa.text(f"merged_into is null and {column} is not null"),
        )


def _let_merges_be_undone() -> None:
    op.add_column(
        "target_merge",
        sa.Column(
            "handed_over",
            postgresql.JSONB(),
            server_default="{}",
            nullable=False,
            comment="what the kept target got by it, so that it can go back",
        ),
    )
    op.add_column("target_merge", sa.Column("undone_at", WHEN))
    op.add_column("target_merge", sa.Column("undone_by", sa.Uuid(), comment="an account"))
    op.add_column("target_merge", sa.Column("undo_reason", TEXT))
    name = "ix_target_merge_jurisdiction_id_from_target_id"
    op.drop_index(name, "target_merge")
    op.create_index(
        name,
        "target_merge",
        ["jurisdiction_id", "from_target_id"],
        unique=True,
        postgresql_where=sa.text("undone_at is null"),
    )


def _create_taggings() -> None:
    op.create_table(
        "target_tagging",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="minted by the client"),
        sa.Column("tag", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=False, comment="add | remove"),
        sa.Column("query", postgresql.JSONB(), nullable=False, comment="what was searched for"),
        sa.Column("count", COUNT, nullable=False, comment="targets that changed"),
        sa.Column("skipped", COUNT, nullable=False, comment="targets of other departments, left alone"),
        sa.Column("rows_sha256", TEXT, nullable=False, comment="of the ids that changed, in order"),
        sa.Column("tagged_by", sa.Uuid(), nullable=False, comment="an account"),
        sa.Column("tagged_at", WHEN, nullable=False),
        sa.Column("undone_at", WHEN),
        sa.Column("undone_by", sa.Uuid(), comment="an account"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_target_tagging"),
    )
    op.create_table(
        "target_tagging_row",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("tagging_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "tagging_id", "target_id", name="pk_target_tagging_row"),
    )
    op.create_index(
        "ix_target_tagging_row_jurisdiction_id_target_id", "target_tagging_row", ["jurisdiction_id", "target_id"]
    )

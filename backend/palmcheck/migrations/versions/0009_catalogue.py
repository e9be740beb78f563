"""items with versions, claims and implementation items; checklist drafts.

Phase: expand.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0009_catalogue", "0008_people"
branch_labels = depends_on = None

WORDS = postgresql.JSONB(astext_type=sa.Text())
WHEN = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _widen_items()
    _create_item_tables()
    _create_implementation_items()
    _create_drafts()


def _text(name: str, comment: str | None = None, *, default: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null, server_default="" if default else None, comment=comment)


def _widen_items() -> None:
    for column in (
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        _text("area", "抽查领域", default=True),
        _text("target_range", "检查对象", default=True),
        _text("content", "检查内容", default=True),
        _text("method_note", "what goes with the method: a delegation", default=True),
        sa.Column("visits_cap", sa.Integer(), comment="planned visits of one target a year (R6)"),
        sa.Column("ratios", WORDS, server_default="{}", nullable=False, comment="class -> 1/10,000 (R7)"),
        sa.Column("is_joint", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("joint_department_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("standards", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        _text("checklist_code", null=True),
        _text("note", "what to look up before it is relied on", default=True),
        sa.Column("upper_item_id", sa.Uuid(), comment="the upper level's item that is claimed (认领)"),
        sa.Column("retired_at", WHEN),
        _text("request_sha256", "as first sent: repeat or clash?", null=True),
    ):
        op.add_column("check_item", column)
    op.alter_column("check_item", "name", comment="分项")
    op.create_index(
        "ix_check_item_jurisdiction_id_upper_item_id",
        "check_item",
        ["jurisdiction_id", "upper_item_id"],
        unique=True,
        postgresql_where=sa.text("upper_item_id is not null"),
    )


def _key(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid(), nullable=False) for name in names]


def _create_item_tables() -> None:
    op.create_table(
        "check_item_version",
        *_key("jurisdiction_id", "check_item_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("since", WHEN, nullable=False),
        _text("reason"),
        _text("author_name", null=True),
        sa.PrimaryKeyConstraint("jurisdiction_id", "check_item_id", "version", name="pk_check_item_version"),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "check_item_id"],
            ["check_item.jurisdiction_id", "check_item.id"],
            name="fk_check_item_version_jurisdiction_id_check_item_id",
        ),
    )
    op.create_table(
        "missing_item",
        *_key("jurisdiction_id", "id", "upper_jurisdiction_id", "department_id"),
        _text("name"),
        _text("basis"),
        _text("reason"),
        _text("state"),
        _text("answer", null=True),
        sa.Column("sent_at", WHEN, nullable=False),
        sa.Column("answered_at", WHEN),
        _text("request_sha256"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_missing_item"),
    )
    op.create_index("ix_missing_item_upper_jurisdiction_id", "missing_item", ["upper_jurisdiction_id"])


def _create_implementation_items() -> None:
    op.create_table(
        "implementation_item",
        *_key("jurisdiction_id", "id", "check_item_id", "department_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("basis"),
        _text("subject", "who checks (检查主体)"),
        _text("content"),
        _text("method"),
        _text("unit", "the unit that does it; none: not broken down", null=True),
        _text("state"),
        sa.Column("drawn_up_at", WHEN, nullable=False),
        sa.Column("compliant_at", WHEN),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_implementation_item"),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id", "check_item_id"],
            ["check_item.jurisdiction_id", "check_item.id"],
            name="fk_implementation_item_jurisdiction_id_check_item_id",
        ),
    )
    op.create_index(
        "ix_implementation_item_department",
        "implementation_item",
        ["jurisdiction_id", "check_item_id", "department_id"],
        unique=True,
    )


def _create_drafts() -> None:
    op.create_table(
        "checklist_draft",
        *_key("jurisdiction_id", "id"),
        _text("code"),
        sa.Column("version", sa.Integer(), nullable=False, comment="how often it was saved, for If-Match"),
        sa.Column("content", WORDS, nullable=False),
        sa.Column("saved_at", WHEN, nullable=False),
        _text("author_name", null=True),
        sa.Column("published_checklist_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_checklist_draft"),
    )

"""inspectors and experts at full width; a draw keeps its recusals (R21).

Phase: expand. Rows that are there count as reviewed; what search and order need of them is filled in below.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from palmcheck.kernel.grams import searchable

revision, down_revision = "0008_people", "0007_registry_facts"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _widen_inspector()
    _create_tables()
    op.add_column(
        "draw",
        sa.Column(
            "recusals",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
            comment="who does not visit what (R21), frozen: leaves of target and inspector, hex",
        ),
    )


def _widen_inspector() -> None:
    def words(name: str, default: str = "", comment: str | None = None) -> sa.Column[str]:
        return sa.Column(name, sa.Text(), server_default=default, nullable=False, comment=comment)

    for column in (
        words("unit", comment="team, station or office of the department"),
        words("qualification"),
        sa.Column("expertise", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False, comment="tags"),
        words("region", comment="where he works; empty: everywhere"),
        words("review_state", "reviewed", "changed | reviewed"),
        sa.Column("reviewed_on", sa.Date(), comment="by the justice department of the same level"),
        sa.Column("review_reference", sa.Text(), comment="its document's number"),
        sa.Column("left_on", sa.Date()),
        sa.Column("left_because", sa.Text()),
        sa.Column(
            "version",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="counts changes; an editor names what he saw",
        ),
        words("search_text", comment="kernel.grams.searchable, like pinyin"),
        words("pinyin"),
    ):
        op.add_column("inspector", column)
    connection = op.get_bind()
    fill = sa.text("update inspector set search_text = :text, pinyin = :pinyin where jurisdiction_id = :j and id = :id")
    for row in connection.execute(sa.text("select jurisdiction_id, id, name, certificate_number from inspector")).all():
        kept = searchable(row.name, row.certificate_number)
        connection.execute(fill, {"text": kept.text, "pinyin": kept.pinyin, "j": row.jurisdiction_id, "id": row.id})


def _key(comment: str | None = "minted by the client") -> list[sa.Column[object]]:
    return [
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment=comment),
    ]


def _create_tables() -> None:
    text = sa.Text()
    op.create_table(
        "inspector_version",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", postgresql.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("row", postgresql.JSONB(astext_type=text), nullable=False, comment="as it stood after the change"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "inspector_id", "version", name="pk_inspector_version"),
    )
    op.create_table(
        "inspector_interest",
        *_key(),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("target_id", sa.Uuid(), comment="or its code, if it is in no registry yet"),
        sa.Column("credit_code", text),
        sa.Column("reason", text, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), comment="the last day on which it holds"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_inspector_interest"),
    )
    op.create_table(
        "inspector_training",
        *_key(),
        sa.Column("inspector_id", sa.Uuid(), nullable=False),
        sa.Column("title", text, nullable=False),
        sa.Column("organiser", text, nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("result", text, nullable=False, comment="passed | failed | attended"),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_inspector_training"),
    )
    for table in ("inspector_interest", "inspector_training"):
        op.create_index(f"ix_{table}_jurisdiction_id_inspector_id", table, ["jurisdiction_id", "inspector_id"])
    op.create_table(
        "expert",
        *_key(),
        sa.Column("department_id", sa.Uuid(), nullable=False, comment="guides and supervises (R22)"),
        sa.Column("kind", text, nullable=False, comment="testing | audit | consulting | institute | person"),
        sa.Column("name", text, nullable=False),
        sa.Column("credit_code", text, comment="of a body"),
        sa.Column("field", text, nullable=False, comment="what it is asked about"),
        sa.Column("qualification", text, nullable=False),
        sa.Column("contact", text, nullable=False, comment="personal data, never public (R18)"),
        sa.Column("valid_until", sa.Date(), comment="of the delegation; null: open"),
        sa.Column("status", text, nullable=False, comment="active | ended"),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("search_text", text, nullable=False),
        sa.Column("pinyin", text, nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_expert"),
    )

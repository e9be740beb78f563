"""import of targets: what a target keeps of the file it came from, the imports and their faults.

Phase: expand.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

revision, down_revision = "0006_registry", "0005_accounts"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    _widen_target()
    _create_imports()
    _create_faults_and_chunks()


def _widen_target() -> None:
    ids = postgresql.JSONB(astext_type=sa.Text())
    for column in (
        sa.Column("registration_number", sa.Text(), comment="15 digits, of before the credit codes"),
        sa.Column(
            "external_ids",
            ids,
            server_default="{}",
            nullable=False,
            comment="other system's name -> its id (S1 一(二))",
        ),
        sa.Column(
            "department_ids",
            postgresql.ARRAY(sa.Uuid()),
            server_default="{}",
            nullable=False,
            comment="departments concerned; none: everybody's",
        ),
        sa.Column("row_hash", sa.LargeBinary(), comment="of the row as last imported; null: it stood in no file"),
    ):
        op.add_column("target", column)
    op.alter_column(
        "target",
        "status",
        existing_type=sa.Text(),
        existing_nullable=False,
        comment="operating | deregistered | revoked | moved | gone: a later list no longer names it",
    )
    op.create_index(
        "ix_target_jurisdiction_id_registration_number",
        "target",
        ["jurisdiction_id", "registration_number"],
        postgresql_where=sa.text("registration_number is not null"),
    )


def _create_imports() -> None:
    text, number = sa.Text(), sa.Integer()
    when, words = postgresql.TIMESTAMP(timezone=True), postgresql.JSONB(astext_type=sa.Text())

    def counted(name: str, comment: str | None = None) -> sa.Column[int]:
        return sa.Column(name, number, server_default="0", nullable=False, comment=comment)

    op.create_table(
        "target_import",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="minted by the client"),
        sa.Column("department_id", sa.Uuid(), comment="of the administrator; null: of the joint office"),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", text, nullable=False),
        sa.Column("file_bytes", number, nullable=False),
        sa.Column("mode", text, nullable=False, comment="merge | replace: what the file does not name is gone"),
        sa.Column("request_sha256", text, nullable=False, comment="as first sent: repeat or clash?"),
        sa.Column("state", text, nullable=False, comment="received | reading | merging | done | refused"),
        counted("rows_read"),
        counted("progress", "of the file, 1/10,000"),
        counted("new"),
        counted("changed"),
        counted("unchanged"),
        counted("gone"),
        counted("bad", "rows, not faults"),
        sa.Column("refusal", words, comment="problem code and its particulars"),
        sa.Column(
            "notes", words, server_default="[]", nullable=False, comment="what a clerk should know, code and words"
        ),
        sa.Column("received_at", when, nullable=False),
        sa.Column("finished_at", when),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name="pk_target_import"),
    )


def _create_faults_and_chunks() -> None:
    key = ["jurisdiction_id", "import_id", "number"]

    def keyed() -> list[sa.Column[Any]]:
        kinds: list[TypeEngine[Any]] = [sa.Uuid(), sa.Uuid(), sa.Integer()]
        return [sa.Column(name, kind, nullable=False) for name, kind in zip(key, kinds, strict=True)]

    op.create_table(
        "target_import_fault",
        *keyed(),
        sa.Column("line", sa.Integer(), nullable=False, comment="of the file as a spreadsheet shows it, from 1"),
        sa.Column("field", sa.Text(), nullable=False, comment="a field of the import, or row"),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False, comment="as found, at most 200 characters"),
        sa.PrimaryKeyConstraint(*key, name="pk_target_import_fault"),
    )
    op.create_table(
        "target_import_chunk",
        *keyed(),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_target_import_chunk"),
        prefixes=["UNLOGGED"],
    )

"""Accounts at full width: departure, throttled sign-in, machine clients, imports of accounts.

Phase: expand.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0005_accounts", "0004_settings"
branch_labels = depends_on = None

INSTANT = postgresql.TIMESTAMP(timezone=True)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column(
        "account",
        sa.Column("name_key", sa.Text(), server_default="", nullable=False, comment="sorts the name by its reading"),
    )
    op.add_column("account", sa.Column("must_change_password", sa.Boolean(), server_default="false", nullable=False))
    op.add_column(
        "account",
        sa.Column(
            "version",
            sa.Integer(),
            server_default="1",
            nullable=False,
            comment="counts the changes; whoever edits names it",
        ),
    )
    op.add_column("account", sa.Column("ended_at", INSTANT, nullable=True))
    op.add_column("account", sa.Column("ended_because", sa.Text(), nullable=True))
    op.add_column(
        "account",
        sa.Column("request_sha256", sa.Text(), nullable=True, comment="as first sent: repeat or clash?"),
    )
    op.add_column("enrolment_code", sa.Column("voided_at", INSTANT, nullable=True))
    op.add_column("session", sa.Column("address", sa.Text(), nullable=True, comment="where it began"))
    op.add_column("session", sa.Column("browser", sa.Text(), nullable=True, comment="User-Agent, cut"))
    _new_tables()


def _new_tables() -> None:
    op.create_table(
        "sign_in_try",
        sa.Column("key_sha256", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_try_at", INSTANT, nullable=False),
        sa.Column("blocked_until", INSTANT, nullable=True),
        sa.Column("succeeded_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("key_sha256", name=op.f("pk_sign_in_try")),
    )
    op.create_table(
        "api_token",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("last_used_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("request_sha256", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_api_token")),
    )
    op.create_index(op.f("ix_api_token_token_sha256"), "api_token", ["token_sha256"], unique=True)
    op.create_table(
        "account_import",
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False, comment="who sent it"),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False, comment="all | good_rows"),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("bad_rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("jurisdiction_id", "id", name=op.f("pk_account_import")),
    )

"""accounts: an inspector has at most one active account; a replaced phone knows until when it may send (R17).

Phase: expand. Of several active accounts of one inspector the one used last keeps him; the others are linked to
nobody until somebody says to whom. Phones that drain already get the usual 90 days from now.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision, down_revision = "0010_account_links", "0009_catalogue"
branch_labels = depends_on = None

LATER_ONES = """
    update account set inspector_id = null
    from (
        select jurisdiction_id, id, row_number() over (
            partition by jurisdiction_id, inspector_id
            order by (select max(began_at) from session s
                      where s.jurisdiction_id = a.jurisdiction_id and s.account_id = a.id) desc nulls last, id
        ) as place
        from account a where inspector_id is not null and status = 'active'
    ) ranked
    where account.jurisdiction_id = ranked.jurisdiction_id and account.id = ranked.id and place > 1
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '3s'")
    op.add_column(
        "device",
        sa.Column("drains_until", postgresql.TIMESTAMP(timezone=True), comment="of a replaced phone: it sends no more"),
    )
    op.execute("update device set drains_until = now() + interval '90 days' where state = 'draining'")
    op.add_column(
        "account_import",
        sa.Column(
            "linked", sa.Integer(), server_default="0", nullable=False, comment="accounts that got their inspector"
        ),
    )
    op.execute(LATER_ONES)
    op.create_index(
        "uq_account_inspector",
        "account",
        ["jurisdiction_id", "inspector_id"],
        unique=True,
        postgresql_where=sa.text("inspector_id is not null and status = 'active'"),
    )

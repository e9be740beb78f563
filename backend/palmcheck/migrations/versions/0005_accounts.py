"""accounts at full width.

Phase: expand.
"""

revision, down_revision = "0005_accounts", "0004_settings"
branch_labels = depends_on = None


def upgrade() -> None:
    pass

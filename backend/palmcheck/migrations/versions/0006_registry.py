"""import of targets.

Phase: expand.
"""

revision, down_revision = "0006_registry", "0005_accounts"
branch_labels = depends_on = None


def upgrade() -> None:
    pass

"""settings and calendar of a jurisdiction.

Phase: expand.
"""

revision, down_revision = "0004_settings", "0003_trail"
branch_labels = depends_on = None


def upgrade() -> None:
    pass

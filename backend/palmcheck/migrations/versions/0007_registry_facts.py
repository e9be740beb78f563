"""tags, dated facts and merges of targets.

Phase: expand.
"""

revision, down_revision = "0007_registry_facts", "0006_registry"
branch_labels = depends_on = None


def upgrade() -> None:
    pass

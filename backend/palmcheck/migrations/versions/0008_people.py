"""inspectors and experts at full width.

Phase: expand.
"""

revision, down_revision = "0008_people", "0007_registry_facts"
branch_labels = depends_on = None


def upgrade() -> None:
    pass

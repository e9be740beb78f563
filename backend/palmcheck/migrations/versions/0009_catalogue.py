"""items, implementation items, checklists.

Phase: expand.
"""

revision, down_revision = "0009_catalogue", "0008_people"
branch_labels = depends_on = None


def upgrade() -> None:
    pass

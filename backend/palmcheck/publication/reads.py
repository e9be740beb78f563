"""Selectables that upper slices may join."""

from sqlalchemy import select

from palmcheck.publication.models import Publication

publication_rows = select(
    Publication.jurisdiction_id,
    Publication.part_id,
    Publication.stage,
    Publication.due_on,
)
"""One row a part whose result is whole, or of which a withholding was proposed: where it stands, and its last day."""

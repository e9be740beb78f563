"""A second officer of the department looks at a result before it is public (S2 三(三))."""

from uuid import UUID

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.inspections import reads as inspections
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.events import ReviewGiven
from palmcheck.publication.models import Publication
from palmcheck.publication.problems import NotInReview, ReviewedByOwnOfficer
from palmcheck.publication.standing import department_of, move_on, publication
from palmcheck.publication.types import GiveReview


async def give_review(tx: Tx, by: Actor, part_id: UUID, data: GiveReview) -> Publication:
    """Passes a result on to the public or returns it to its officers; a repeat changes nothing.

    Raises NotFound, NotYours, NotInReview, ReviewedByOwnOfficer.
    """
    await department_of(tx, by, part_id, "publication.handle")
    await tx.lock("publication", part_id)
    known = await tx.session.get(Publication, (by.jurisdiction_id, part_id))
    if known is not None and (known.reviewed_by, known.review, known.review_note) == (
        by.account_id,
        data.verdict,
        data.note,
    ):
        return known
    if known is None or known.review not in {"waiting", "returned"} or known.published_on is not None:
        raise NotInReview(field="part_id", rule="R11")
    if await goes(tx, by, part_id):
        raise ReviewedByOwnOfficer(field="part_id", rule="R11")
    row = await publication(tx, by.jurisdiction_id, part_id)
    row.review, row.review_note = data.verdict, data.note
    row.reviewed_by, row.reviewed_at = by.account_id, tx.now
    tx.record(
        by,
        ReviewGiven(jurisdiction_id=row.jurisdiction_id, part_id=part_id, verdict=data.verdict, note=data.note),
    )
    await move_on(tx, by, row, "review_passed")
    return row


async def goes(tx: Tx, by: Actor, part_id: UUID) -> bool:
    """Whether the actor is one of the part's own officers."""
    officers = inspections.officer_rows.subquery()
    found = await tx.session.scalar(
        select(officers.c.seat).where(
            officers.c.jurisdiction_id == by.jurisdiction_id,
            officers.c.part_id == part_id,
            officers.c.inspector_id == by.inspector_id,
        )
    )
    return by.inspector_id is not None and found is not None

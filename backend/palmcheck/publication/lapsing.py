"""A review that nobody gave in time: the result goes on without it, for a review eats no days (S2 三(三))."""

import logging
from datetime import datetime

from sqlalchemy import select

from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Database
from palmcheck.publication.events import ReviewLapsed
from palmcheck.publication.models import Publication
from palmcheck.publication.standing import move_on

log = logging.getLogger(__name__)
LAPSING = SystemActor("publication.lapsing")
AT_A_TIME = 1000


async def lapse_reviews(database: Database, at: datetime) -> None:
    """Releases what waits for a review whose last day is over; each for itself, so that one bad row stops no other."""
    today = law_date(at)
    late = (Publication.review == "waiting") & (Publication.review_by < today) & Publication.formed_on.is_not(None)
    wanted = select(Publication.jurisdiction_id, Publication.part_id).where(late).limit(AT_A_TIME)
    async with database.reading() as session:
        found = (await session.execute(wanted)).all()
    for place, part_id in found:
        try:
            async with database.unit_of_work() as tx:
                await tx.lock("publication", part_id)
                row = await tx.session.get_one(Publication, (place, part_id))
                if row.review == "waiting" and row.review_by is not None:
                    row.review = "lapsed"
                    lapsed = ReviewLapsed(jurisdiction_id=place, part_id=part_id, review_by=row.review_by)
                    tx.record(LAPSING, lapsed)
                    await move_on(tx, LAPSING, row, "review_lapsed")
        except Exception:
            log.exception("the review of part %s did not lapse", part_id)

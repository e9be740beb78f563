"""From a complete part to its public record."""

from palmcheck.field.feed import extend
from palmcheck.inspections import service as inspections
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.events import PublicationReleased, RecordPublished
from palmcheck.publication.models import Publication
from palmcheck.publication.recording import record_row
from palmcheck.publication.standing import move_on, publication

PUBLISHING = SystemActor("publication.publishing")


async def publish_record(tx: Tx, event: PublicationReleased) -> None:
    """Publishes a result that nothing holds back: nobody waits for another department (R10, R11). Runs once a part.

    What was held back meanwhile, or set aside in a dispute, is left alone: it is released again when it may go on.
    """
    await tx.lock("publication", event.part_id)
    known = await tx.session.get(Publication, (event.jurisdiction_id, event.part_id))
    if known is None or known.stage != "ready":
        return
    part = await inspections.complete_part(tx.session, event.jurisdiction_id, event.part_id)
    if known.submission_id != part.submission_id:
        return
    way = await publication(tx, event.jurisdiction_id, event.part_id)
    row = await record_row(tx, way, part)
    tx.session.add(row)
    way.published_on = law_date(tx.now)
    await tx.session.flush()
    officers = await inspections.mark_published(tx, event.jurisdiction_id, part.id, row.id)
    extend(tx, PUBLISHING, event.jurisdiction_id, sorted(officers), [("part_state", part.id)])
    published = RecordPublished(
        jurisdiction_id=event.jurisdiction_id,
        record_id=row.id,
        part_id=part.id,
        version=row.version,
        body_sha256=digest(row.body),
    )
    tx.record(PUBLISHING, published)
    await move_on(tx, PUBLISHING, way, "published")

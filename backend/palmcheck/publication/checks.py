"""What the doctor looks at: every complete part has its record, or waits for a person (R12)."""

from collections.abc import AsyncIterator

from sqlalchemy import exists, select

from palmcheck.inspections import reads as inspections
from palmcheck.kernel import jobs
from palmcheck.kernel.doctor import Check, Finding, Round
from palmcheck.publication.models import Publication, PublicRecord, Tombstone

STILL_AT_WORK = {"queued", "picked"}
HELD = ("in_review", "returned", "proposed", "withheld")
"""Where a whole result waits for a person, or is not public by law."""


async def _records(round: Round) -> AsyncIterator[Finding]:
    """Records are made by jobs: while jobs are waiting, one that is missing is on its way."""
    waiting = STILL_AT_WORK & set(await jobs.outstanding(round.session))
    parts = inspections.part_rows.subquery()
    known = exists().where(PublicRecord.jurisdiction_id == parts.c.jurisdiction_id, PublicRecord.part_id == parts.c.id)
    held = exists().where(
        Publication.jurisdiction_id == parts.c.jurisdiction_id,
        Publication.part_id == parts.c.id,
        Publication.stage.in_(HELD),
    )
    withdrawn = exists().where(Tombstone.jurisdiction_id == parts.c.jurisdiction_id, Tombstone.part_id == parts.c.id)
    missing = (parts.c.state == "published") & ~known & ~withdrawn
    if not waiting:
        missing |= (parts.c.state == "complete") & ~known & ~held
    wanted = select(parts.c.jurisdiction_id, parts.c.id).where(missing)
    for jurisdiction_id, id in (await round.session.execute(wanted)).all():
        yield Finding("publication.record_missing", {"jurisdiction_id": str(jurisdiction_id), "part_id": str(id)})


CHECKS = [Check("publication.records", _records)]

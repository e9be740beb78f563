"""What the doctor looks at: every complete part has its record (R12)."""

from collections.abc import AsyncIterator

from sqlalchemy import exists, select

from palmcheck.inspections import reads as inspections
from palmcheck.kernel import jobs
from palmcheck.kernel.doctor import Check, Finding, Round
from palmcheck.publication.models import PublicRecord

STILL_AT_WORK = {"queued", "picked"}


async def _records(round: Round) -> AsyncIterator[Finding]:
    """A record is made by a job: while jobs are waiting, one that is missing is on its way."""
    waiting = STILL_AT_WORK & set(await jobs.outstanding(round.session))
    parts = inspections.part_rows.subquery()
    of_part = (PublicRecord.jurisdiction_id == parts.c.jurisdiction_id) & (PublicRecord.part_id == parts.c.id)
    done = ("published",) if waiting else ("complete", "published")
    wanted = select(parts.c.jurisdiction_id, parts.c.id).where(parts.c.state.in_(done), ~exists().where(of_part))
    for jurisdiction_id, id in (await round.session.execute(wanted)).all():
        yield Finding("publication.record_missing", {"jurisdiction_id": str(jurisdiction_id), "part_id": str(id)})


CHECKS = [Check("publication.records", _records)]

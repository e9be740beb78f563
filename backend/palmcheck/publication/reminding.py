"""Reminders before the last day, and the report after it (R23): events, once a record and step."""

import logging
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Database, Tx
from palmcheck.publication.deadlines import OVERDUE_STEP, REMINDER_STEPS, reminder_due
from palmcheck.publication.events import PublicationDueSoon, PublicationOverdue
from palmcheck.publication.models import Publication
from palmcheck.publication.stages import WAITING

log = logging.getLogger(__name__)
REMINDING = SystemActor("publication.reminding")


async def remind(database: Database, at: datetime) -> None:
    """Says of every record that waits when its last day comes near or is over; a second run says nothing twice."""
    today = law_date(at)
    wanted = (
        select(Publication.jurisdiction_id, Publication.part_id, Publication.due_on, Publication.told_steps)
        .where(Publication.stage.in_(WAITING), Publication.due_on.is_not(None))
        .order_by(Publication.jurisdiction_id, Publication.due_on)
    )
    async with database.reading() as session:
        rows = (await session.execute(wanted)).all()
        places = {row.jurisdiction_id for row in rows}
        calendars = {place: (await jurisdictions.working_days(session, place, today))[1] for place in places}
    for row in rows:
        step = reminder_due(today, row.due_on, row.told_steps, calendars[row.jurisdiction_id])
        if step is None:
            continue
        try:
            async with database.unit_of_work() as tx:
                await _tell(tx, row.jurisdiction_id, row.part_id, row.due_on, step)
        except Exception:
            log.exception("no reminder for part %s", row.part_id)


async def _tell(tx: Tx, place: UUID, part_id: UUID, due_on: date, step: int) -> None:
    await tx.lock("publication", part_id)
    row = await tx.session.get_one(Publication, (place, part_id))
    if row.stage not in WAITING or row.due_on != due_on or step in row.told_steps:
        return  # it moved on meanwhile
    row.told_steps = sorted({*row.told_steps, step, *(each for each in REMINDER_STEPS if each >= step)})
    about: dict[str, Any] = {
        "jurisdiction_id": place,
        "part_id": part_id,
        "inspection_id": row.inspection_id,
        "department_id": row.department_id,
        "stage": row.stage,
        "due_on": due_on,
    }
    told = PublicationOverdue(**about) if step == OVERDUE_STEP else PublicationDueSoon(step=step, **about)
    tx.record(REMINDING, told)

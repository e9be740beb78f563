"""From a changed calendar to the deadlines that are still open (design.md 2)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import or_, select

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.events import CalendarChanged
from palmcheck.jurisdictions.settings import PUBLICATION_DAYS
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.deadlines import allowed_days, publication_due
from palmcheck.publication.events import DeadlineRecounted, DeadlinesRecounted
from palmcheck.publication.models import PublicRecord

RECOUNTING = SystemActor("publication.recounting")


async def recount_deadlines(tx: Tx, event: CalendarChanged) -> None:
    """Counts every deadline anew that an older calendar set and whose day is not over; a repeat finds none."""
    rows = await _open_rows(tx, event)
    if not rows:
        return
    newest, calendar = await jurisdictions.working_days(tx.session, event.jurisdiction_id, date.min)
    usual = await jurisdictions.setting(tx.session, event.jurisdiction_id, PUBLICATION_DAYS)
    older: dict[int, Mapping[date, bool]] = {}
    moved = 0
    for row in rows:
        if row.calendar_version not in older:
            _, days = await jurisdictions.working_days(
                tx.session, event.jurisdiction_id, date.min, row.calendar_version
            )
            older[row.calendar_version] = days
        moved += _recount(tx, row, older[row.calendar_version], newest, calendar, usual)
    tx.record(
        RECOUNTING,
        DeadlinesRecounted(
            jurisdiction_id=event.jurisdiction_id, calendar_version=newest, looked_at=len(rows), moved=moved
        ),
    )


async def _open_rows(tx: Tx, event: CalendarChanged) -> list[PublicRecord]:
    newest = await jurisdictions.calendar_version(tx.session, event.jurisdiction_id)
    still_open = or_(PublicRecord.due_on.is_(None), PublicRecord.due_on >= law_date(tx.now))
    wanted = select(PublicRecord).where(
        PublicRecord.jurisdiction_id == event.jurisdiction_id, PublicRecord.calendar_version < newest, still_open
    )
    return list(await tx.session.scalars(wanted.order_by(PublicRecord.id, PublicRecord.version).with_for_update()))


def _recount(
    tx: Tx,
    row: PublicRecord,
    old_calendar: Mapping[date, bool],
    newest: int,
    calendar: Mapping[date, bool],
    usual: int,
) -> bool:
    """Whether the day moved. The days that were allowed then stay allowed, also when the setting has changed since."""
    formed_on = date.fromisoformat(row.body["completed_on"])
    due = publication_due(formed_on, allowed_days(formed_on, row.due_on, old_calendar) or usual, calendar)
    before, row.due_on, row.calendar_version = row.due_on, due, newest
    if due == before:
        return False
    tx.record(
        RECOUNTING,
        DeadlineRecounted(
            jurisdiction_id=row.jurisdiction_id,
            record_id=row.id,
            part_id=row.part_id,
            due_before=before,
            due_now=due,
            calendar_version=newest,
        ),
    )
    return True

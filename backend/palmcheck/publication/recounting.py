"""From a changed calendar to the deadlines that are still open (design.md 2)."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.events import CalendarChanged
from palmcheck.jurisdictions.settings import PUBLICATION_DAYS
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.deadlines import allowed_days, publication_due
from palmcheck.publication.events import DeadlineRecounted, DeadlinesRecounted
from palmcheck.publication.models import Publication, PublicRecord

RECOUNTING = SystemActor("publication.recounting")
R = TypeVar("R", Publication, PublicRecord)


async def recount_deadlines(tx: Tx, event: CalendarChanged) -> None:
    """Counts every deadline anew that an older calendar set and whose day is not over; a repeat finds none."""
    ways, records = await _open(tx, Publication, event), await _open(tx, PublicRecord, event)
    if not ways and not records:
        return
    newest, calendar = await jurisdictions.working_days(tx.session, event.jurisdiction_id, date.min)
    usual = await jurisdictions.setting(tx.session, event.jurisdiction_id, PUBLICATION_DAYS)
    older = await _older(
        tx, event.jurisdiction_id, {row.calendar_version for row in ways} | {row.calendar_version for row in records}
    )
    moved = sum(_recount(tx, row, older[row.calendar_version], newest, calendar, usual) for row in ways)
    told = {row.record_id for row in ways}
    for record in records:
        known = record.id in told
        moved += (
            _recount(tx, record, older[record.calendar_version], newest, calendar, usual, silent=known) and not known
        )
    tx.record(
        RECOUNTING,
        DeadlinesRecounted(
            jurisdiction_id=event.jurisdiction_id,
            calendar_version=newest,
            looked_at=len(told | {row.id for row in records}),
            moved=moved,
        ),
    )


async def _older(tx: Tx, place: UUID, versions: set[int]) -> dict[int, Mapping[date, bool]]:
    return {each: (await jurisdictions.working_days(tx.session, place, date.min, each))[1] for each in versions}


async def _open(tx: Tx, model: type[R], event: CalendarChanged) -> list[R]:
    newest = await jurisdictions.calendar_version(tx.session, event.jurisdiction_id)
    still_open = or_(model.due_on.is_(None), model.due_on >= law_date(tx.now))
    wanted = select(model).where(
        model.jurisdiction_id == event.jurisdiction_id, model.calendar_version < newest, still_open
    )
    if model is Publication:
        wanted = wanted.where(Publication.formed_on.is_not(None))
    return list(await tx.session.scalars(wanted.order_by(model.part_id).with_for_update()))


def _recount(
    tx: Tx,
    row: Publication | PublicRecord,
    old_calendar: Mapping[date, bool],
    newest: int,
    calendar: Mapping[date, bool],
    usual: int,
    *,
    silent: bool = False,
) -> bool:
    """Whether the day moved. The days that were allowed then stay allowed, also when the setting has changed since."""
    formed_on = _formed_on(row)
    allowed = allowed_days(formed_on, row.due_on, old_calendar)
    due = publication_due(formed_on, usual if allowed is None else allowed, calendar)
    before, row.due_on, row.calendar_version = row.due_on, due, newest
    if due == before or silent:
        return due != before
    tx.record(
        RECOUNTING,
        DeadlineRecounted(
            jurisdiction_id=row.jurisdiction_id,
            record_id=row.record_id if isinstance(row, Publication) else row.id,
            part_id=row.part_id,
            due_before=before,
            due_now=due,
            calendar_version=newest,
        ),
    )
    return True


def _formed_on(row: Publication | PublicRecord) -> date:
    if isinstance(row, PublicRecord):
        return date.fromisoformat(row.body["completed_on"])
    assert row.formed_on is not None, "only whole results are recounted"
    return row.formed_on

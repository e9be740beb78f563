"""By which day the lead organises a visit: within some working days of its draw (S1 二(二))."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.draws import reads as draws
from palmcheck.inspections.models import Inspection
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import DRAW_ORGANISE_DAYS
from palmcheck.jurisdictions.working_days import CalendarMissing, add_working_days
from palmcheck.kernel.clock import law_date


async def last_days_to_organise(session: AsyncSession, rows: Sequence[Inspection]) -> dict[UUID, date | None]:
    """Draw -> the last day, by the newest calendar; none where the calendar does not reach: nothing is guessed."""
    found: dict[UUID, date | None] = {}
    for jurisdiction_id in {row.jurisdiction_id for row in rows}:
        drawn = await _drawn_on(session, jurisdiction_id, {row.draw_id for row in rows})
        if not drawn:
            continue
        days = await jurisdictions.setting(session, jurisdiction_id, DRAW_ORGANISE_DAYS)
        _, calendar = await jurisdictions.working_days(session, jurisdiction_id, min(drawn.values()))
        for draw_id, day in drawn.items():
            try:
                found[draw_id] = add_working_days(day, days, calendar)
            except CalendarMissing:
                found[draw_id] = None
    return found


async def _drawn_on(session: AsyncSession, jurisdiction_id: UUID, draw_ids: set[UUID]) -> dict[UUID, date]:
    rows = draws.draw_rows.subquery()
    found = await session.execute(
        select(rows.c.id, rows.c.drawn_at).where(
            rows.c.jurisdiction_id == jurisdiction_id, rows.c.id.in_(draw_ids), rows.c.drawn_at.is_not(None)
        )
    )
    return {row.id: law_date(row.drawn_at) for row in found}

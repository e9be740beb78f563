"""Where and when is asked: quarters, and the places that a figure contains."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.kernel.clock import law_date, now, quarter_bounds, quarter_of
from palmcheck.kernel.problems import NotFound
from palmcheck.metrics.problems import QuarterInvalid

TREND_QUARTERS = 8


def bounds_of(quarter: str | None) -> tuple[str, date, date]:
    """The quarter asked for, or today's, with its first day and the first after it. Raises QuarterInvalid."""
    asked = quarter or quarter_of(law_date(now()))
    try:
        return asked, *quarter_bounds(asked)
    except ValueError as wrong:
        raise QuarterInvalid(field="quarter", quarter=asked) from wrong


def quarters_until(quarter: str) -> list[str]:
    """The trend's quarters, the named one last."""
    index = int(quarter[:4]) * 4 + int(quarter[5]) - 1
    return [f"{each // 4:04d}Q{each % 4 + 1}" for each in range(max(4, index - TREND_QUARTERS + 1), index + 1)]


async def contained(session: AsyncSession, place: UUID, *, below: bool) -> dict[UUID, str]:
    """The jurisdictions that a figure of a place contains, with their names, the place itself first."""
    rows = jurisdictions.jurisdiction_rows.subquery()
    ids = jurisdictions.levels_below(place) if below else select(rows.c.id).where(rows.c.id == place)
    found = await session.execute(select(rows.c.id, rows.c.name).where(rows.c.id.in_(ids)).order_by(rows.c.code))
    named = {row.id: row.name for row in found}
    return {place: named[place]} | named


async def public_place(session: AsyncSession, asked: UUID | None) -> UUID:
    """The jurisdiction that the public asks about, or the uppermost. Raises NotFound."""
    rows = jurisdictions.jurisdiction_rows.subquery()
    wanted = select(rows.c.id).order_by(rows.c.code).limit(1)
    place = await session.scalar(wanted if asked is None else wanted.where(rows.c.id == asked))
    if place is None:
        raise NotFound(field="jurisdiction_id")
    return UUID(str(place))

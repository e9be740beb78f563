"""What anybody may read of how problems were handled: kinds, states and dates, no finding in words (R18, R26)."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.followup.reads import problem_rows


class PublicHandling(Struct, frozen=True):
    """How one found problem is handled. `closed`: a second person saw that it is done."""

    handling: str
    due_on: date | None
    disposed_on: date | None
    closed: bool


async def handling_of(session: AsyncSession, part_id: UUID) -> list[PublicHandling]:
    """The problems of one department's visit, in the order in which they were found."""
    rows = problem_rows.subquery()
    wanted = select(rows.c.handling, rows.c.due_on, rows.c.disposed_on, rows.c.closed)
    found = await session.execute(wanted.where(rows.c.part_id == part_id).order_by(rows.c.found_on, rows.c.id))
    return [PublicHandling(*row) for row in found]

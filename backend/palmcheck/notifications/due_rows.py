"""Rows with a due day that are not done: visits to make, results to publish, problems to handle (R12, R13, R23)."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Date, Select, cast, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.followup import reads as followup
from palmcheck.inspections import reads as inspections
from palmcheck.notifications.models import Reminder
from palmcheck.notifications.reminder_steps import OVER
from palmcheck.publication import reads as publication
from palmcheck.publication.deadlines import due_by_clock

Duty = Literal["visit", "publication", "follow_up"]


class DueRow(Struct, frozen=True):
    """One row that waits. `subject_id`: the part, or the follow-up; `department_id`: whose it is to do."""

    subject_id: UUID
    inspection_id: UUID
    department_id: UUID
    due_on: date


async def visits_to_make(session: AsyncSession, jurisdiction_id: UUID, today: date) -> list[DueRow]:
    """Parts without a result; those that were told to be over are left out."""
    parts = inspections.part_rows.subquery()
    wanted = select(parts.c.id, parts.c.inspection_id, parts.c.department_id, parts.c.due_on).where(
        parts.c.jurisdiction_id == jurisdiction_id, parts.c.formed_at.is_(None)
    )
    return await _rows(session, _not_told_over(wanted, parts.c, "visit", today))


async def problems_to_handle(session: AsyncSession, jurisdiction_id: UUID, today: date) -> list[DueRow]:
    """Found problems that are to be corrected by a day, and of which nothing is recorded yet."""
    found = followup.problem_rows.subquery()
    wanted = select(found.c.id, found.c.inspection_id, found.c.department_id, found.c.due_on).where(
        found.c.jurisdiction_id == jurisdiction_id, found.c.state == "opened", found.c.due_on.is_not(None)
    )
    return await _rows(session, _not_told_over(wanted, found.c, "follow_up", today))


async def results_to_publish(
    session: AsyncSession, jurisdiction_id: UUID, clock: str, days: int, calendar: Mapping[date, bool]
) -> list[DueRow]:
    """Results that are formed, not public and not withheld by law; left out where the calendar does not reach.

    A result whose photos are still on their way has no last day of its own yet: it is counted by the jurisdiction's
    clock as one to come, from the visit's due day where that is the task's end.
    """
    parts, ways = inspections.part_rows.subquery(), publication.publication_rows.subquery()
    formed_on = cast(func.timezone("Asia/Shanghai", parts.c.formed_at), Date).label("formed_on")
    rows = await session.execute(
        select(
            parts.c.id,
            parts.c.inspection_id,
            parts.c.department_id,
            formed_on,
            parts.c.due_on.label("over_on"),
            ways.c.due_on,
        )
        .outerjoin(ways, (ways.c.jurisdiction_id == parts.c.jurisdiction_id) & (ways.c.part_id == parts.c.id))
        .where(
            parts.c.jurisdiction_id == jurisdiction_id,
            parts.c.formed_at.is_not(None),
            parts.c.record_id.is_(None),
            func.coalesce(ways.c.stage, "expected") != "withheld",
        )
    )
    found = []
    for row in rows:
        due_on = row.due_on or due_by_clock(clock, row.formed_on, row.over_on, days, calendar)
        if due_on is not None:
            found.append(DueRow(row.id, row.inspection_id, row.department_id, due_on))
    return found


def _not_told_over(wanted: Select[Any], row: Any, duty: Duty, today: date) -> Select[Any]:
    told = exists().where(
        Reminder.jurisdiction_id == row.jurisdiction_id,
        Reminder.kind == duty,
        Reminder.subject_id == row.id,
        Reminder.due_on == row.due_on,
        Reminder.step == OVER,
    )
    return wanted.where(or_(row.due_on >= today, ~told))


async def _rows(session: AsyncSession, wanted: Select[Any]) -> list[DueRow]:
    return [DueRow(*row) for row in await session.execute(wanted)]

"""What is late, what is due and what moves: counted by place, department and task, over what the caller sees."""

from datetime import date, timedelta
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, Select, distinct, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from palmcheck.accounts.actor import Actor
from palmcheck.inspections.filtering import Standing, part_stands, visible
from palmcheck.inspections.models import Inspection, InspectionPart, Submission
from palmcheck.inspections.overview_types import VisitCounts, VisitOverview, VisitShare
from palmcheck.jurisdictions import reads as jurisdictions_reads
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.clock import law_date, now
from palmcheck.planning import reads as planning_reads

STANDINGS: tuple[Standing, ...] = get_args(Standing)
LOOK_AHEAD = timedelta(days=45)
"""So far ahead a working-day table should reach: publication alone takes 20 working days."""
By = InstrumentedAttribute[UUID]


async def read_overview(session: AsyncSession, actor: Actor) -> VisitOverview:
    """VisitCounts of inspections, each as many as the list shows under the same question (R23)."""
    today = law_date(now())
    departments, tasks = jurisdictions_reads.department_rows.subquery(), planning_reads.task_rows.subquery()
    places = jurisdictions_reads.jurisdiction_rows.subquery()
    by_place = await _counted(session, actor, today, Inspection.jurisdiction_id, places)
    return VisitOverview(
        as_of=now(),
        whole=_summed([row.counts for row in by_place]),
        places=by_place,
        departments=await _counted(session, actor, today, InspectionPart.department_id, departments),
        tasks=await _counted(session, actor, today, Inspection.plan_task_id, tasks),
        calendar_missing=await _years_without_calendar(session, actor.jurisdiction_id, today),
    )


async def _counted(session: AsyncSession, actor: Actor, today: date, by: By, names: Any) -> list[VisitShare]:
    """One row a place, department or task that has anything to show, those with most late ones first."""
    place = Inspection.jurisdiction_id
    counts: list[ColumnElement[int]] = [
        func.count(distinct(Inspection.id)).filter(part_stands(each, today, actor)).label(each) for each in STANDINGS
    ]
    wanted = (
        visible(actor)
        .with_only_columns(place, by, names.c.name, *counts)
        .join(
            InspectionPart,
            (InspectionPart.jurisdiction_id == place) & (InspectionPart.inspection_id == Inspection.id),
        )
        .join(names, _same(names, place, by))
        .where(InspectionPart.id.in_(_unfinished()))
        .group_by(place, by, names.c.name)
    )
    found = [
        VisitShare(id=row[1], name=row[2], jurisdiction_id=row[0], counts=VisitCounts(*row[3:]))
        for row in await session.execute(wanted)
    ]
    shown = [row for row in found if any(getattr(row.counts, each) for each in STANDINGS)]
    return sorted(shown, key=lambda row: (-row.counts.late, -row.counts.disputed, -row.counts.due, row.name))


def _same(names: Any, place: By, by: By) -> ColumnElement[bool]:
    """Whose name it is; a place's own row has no jurisdiction beside its id."""
    same: ColumnElement[bool] = names.c.id == by
    return same if "jurisdiction_id" not in names.c else same & (names.c.jurisdiction_id == place)


def _unfinished() -> Select[UUID]:
    """Parts that are not public, and public ones with a result beside them that waits for a decision."""
    not_public = select(InspectionPart.id).where(InspectionPart.state != "published")
    disputed = select(Submission.part_id).where(Submission.state == "disputed")
    return select(union(not_public, disputed).subquery().c[0])


def _summed(each: list[VisitCounts]) -> VisitCounts:
    return VisitCounts(*(sum(getattr(one, standing) for one in each) for standing in STANDINGS))


async def _years_without_calendar(session: AsyncSession, jurisdiction_id: UUID, today: date) -> list[int]:
    _, calendar = await jurisdictions.working_days(session, jurisdiction_id, date(today.year, 1, 1))
    known = {day.year for day in calendar}
    return sorted({today.year, (today + LOOK_AHEAD).year} - known)

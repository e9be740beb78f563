"""Counts that are public: what is overdue, by department and task (R23), and how far each department is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections import reads as inspections
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.planning import service as planning
from palmcheck.planning.types import PlanTaskRef
from palmcheck.publication.models import PublicRecord

NOT_FORMED = ("issued", "under_way", "awaiting_photos")


class OverdueRow(Struct, frozen=True):
    """So many parts of one department in one task that are past their last day and not yet done.

    Without a task: outside the annual plan, where a task's name could name its target (R19).
    """

    jurisdiction_id: UUID
    jurisdiction: str
    department_id: UUID
    department: str
    task: PlanTaskRef | None
    count: int


class DepartmentRow(Struct, frozen=True):
    """A department that inspects, with its published records."""

    jurisdiction_id: UUID
    jurisdiction: str
    id: UUID
    name: str
    published: int
    overdue: int


class TaskProgress(Struct, frozen=True):
    """How many department parts of a task are issued, public, and past their last day."""

    issued: int
    published: int
    overdue: int


async def overdue_rows(session: AsyncSession, today: date) -> list[OverdueRow]:
    """What is overdue everywhere, by place, department and task: counts, never a target (R19)."""
    parts = inspections.part_rows.subquery()
    late = func.count().label("late")
    keys = (parts.c.jurisdiction_id, parts.c.department_id, parts.c.plan_task_id)
    rows = (await session.execute(select(*keys, late).where(_overdue(parts, today)).group_by(*keys))).all()
    places, departments = await _names(session)
    tasks = await _tasks(session, rows)
    counts: dict[tuple[UUID, UUID, PlanTaskRef | None], int] = defaultdict(int)
    for row in rows:
        counts[row.jurisdiction_id, row.department_id, tasks.get(row.plan_task_id)] += row.late
    found = [
        OverdueRow(place, places[place][1], department, departments[department][1], task, count)
        for (place, department, task), count in counts.items()
    ]
    order = {id: (places[place][0], code) for id, (code, _, place) in departments.items()}
    return sorted(found, key=lambda row: (order[row.department_id], row.task.number if row.task else "~"))


async def department_rows(session: AsyncSession, today: date) -> list[DepartmentRow]:
    """Every department, by place and code, with its counts."""
    published = await _counted(session, select(PublicRecord.department_id, func.count()))
    parts = inspections.part_rows.subquery()
    late = select(parts.c.department_id, func.count()).where(_overdue(parts, today)).group_by(parts.c.department_id)
    overdue = {row[0]: row[1] for row in await session.execute(late)}
    places, departments = await _names(session)
    found = [
        DepartmentRow(place, places[place][1], id, name, published.get(id, 0), overdue.get(id, 0))
        for id, (_, name, place) in departments.items()
    ]
    return sorted(found, key=lambda row: (places[row.jurisdiction_id][0], departments[row.id][0]))


async def task_progress(session: AsyncSession, plan_task_id: UUID, today: date) -> TaskProgress:
    """How far a task is: numbers only, so nothing is told of who is still to be visited (R19)."""
    parts = inspections.part_rows.subquery()
    wanted = select(
        func.count(),
        func.count(case((parts.c.record_id.is_not(None), 1))),
        func.count(case((_overdue(parts, today), 1))),
    ).where(parts.c.plan_task_id == plan_task_id)
    issued, published, overdue = (await session.execute(wanted)).one()
    return TaskProgress(issued, published, overdue)


def _overdue(parts: Any, today: date) -> Any:
    return and_(parts.c.state.in_(NOT_FORMED), parts.c.due_on < today)


async def _counted(session: AsyncSession, wanted: Any) -> dict[UUID, int]:
    rows = await session.execute(wanted.where(PublicRecord.version == 1).group_by(PublicRecord.department_id))
    return {row[0]: row[1] for row in rows if row[0] is not None}


async def _names(session: AsyncSession) -> tuple[dict[UUID, tuple[str, str]], dict[UUID, tuple[str, str, UUID]]]:
    """Code and name of every place; code, name and place of every department."""
    places = {row.id: (row.code, row.name) for row in await session.execute(jurisdictions.jurisdiction_rows)}
    rows = await session.execute(jurisdictions.department_rows)
    return places, {row.id: (row.code, row.name, row.jurisdiction_id) for row in rows}


async def _tasks(session: AsyncSession, rows: Sequence[Any]) -> dict[UUID, PlanTaskRef]:
    found: dict[UUID, PlanTaskRef] = {}
    for place in {row.jurisdiction_id for row in rows}:
        wanted = {row.plan_task_id for row in rows if row.jurisdiction_id == place}
        for each in await planning.tasks(session, place, wanted):
            if each.kind == "planned":
                found[each.id] = PlanTaskRef(each.id, each.number, each.name)
    return found

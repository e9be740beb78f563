"""Counts that are public: what is overdue, by department and task (R23), and how far each department is."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import Struct
from sqlalchemy import and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections import reads as inspections
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.planning import service as planning
from palmcheck.planning.types import PlanTaskRef
from palmcheck.publication.models import Publication, PublicRecord
from palmcheck.publication.stages import WAITING

NOT_FORMED = ("issued", "under_way", "awaiting_photos")


class OverdueRow(Struct, frozen=True):
    """What one department has past its last day in one task: `count` all of it, `unpublished` of these the results.

    The rest is visits without a result. Without a task: outside the annual plan, where a task's name could name its
    target (R19).
    """

    jurisdiction_id: UUID
    jurisdiction: str
    department_id: UUID
    department: str
    task: PlanTaskRef | None
    count: int
    unpublished: int


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
    undone, unpublished = await _late_visits(session, today), await _late_results(session, today)
    keys = undone.keys() | unpublished.keys()
    places, departments = await _names(session)
    tasks = await _tasks(session, keys)
    counts: dict[tuple[UUID, UUID, PlanTaskRef | None], tuple[int, int]] = defaultdict(lambda: (0, 0))
    for key in keys:
        named = (key.jurisdiction_id, key.department_id, tasks.get(key.plan_task_id))
        late, results = undone.get(key, 0), unpublished.get(key, 0)
        counts[named] = (counts[named][0] + late + results, counts[named][1] + results)
    found = [
        OverdueRow(place, places[place][1], department, departments[department][1], task, *counted)
        for (place, department, task), counted in counts.items()
    ]
    order = {id: (places[place][0], code) for id, (code, _, place) in departments.items()}
    return sorted(found, key=lambda row: (order[row.department_id], row.task.number if row.task else "~"))


class _Key(NamedTuple):
    jurisdiction_id: UUID
    department_id: UUID
    plan_task_id: UUID


async def _late_visits(session: AsyncSession, today: date) -> dict[_Key, int]:
    """Parts without a result whose visit's last day is over."""
    parts = inspections.part_rows.subquery()
    keys = (parts.c.jurisdiction_id, parts.c.department_id, parts.c.plan_task_id)
    rows = await session.execute(select(*keys, func.count()).where(_overdue(parts, today)).group_by(*keys))
    return {_Key(*row[:3]): row[3] for row in rows}


async def _late_results(session: AsyncSession, today: date) -> dict[_Key, int]:
    """Results that are neither public nor withheld and whose last day to publish is over (R12, R23)."""
    keys = (Publication.jurisdiction_id, Publication.department_id, Publication.plan_task_id)
    rows = await session.execute(select(*keys, func.count()).where(_unpublished(today)).group_by(*keys))
    return {_Key(*row[:3]): row[3] for row in rows}


def _unpublished(today: date) -> Any:
    return and_(Publication.stage.in_(WAITING), Publication.due_on < today)


async def department_rows(session: AsyncSession, today: date) -> list[DepartmentRow]:
    """Every department, by place and code, with its counts."""
    published = await _counted(session, select(PublicRecord.department_id, func.count()))
    overdue: dict[UUID, int] = defaultdict(int)
    for late in (await _late_visits(session, today), await _late_results(session, today)):
        for key, count in late.items():
            overdue[key.department_id] += count
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
    results = select(func.count()).where(Publication.plan_task_id == plan_task_id, _unpublished(today))
    return TaskProgress(issued, published, overdue + (await session.scalar(results) or 0))


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


async def _tasks(session: AsyncSession, rows: Collection[_Key]) -> dict[UUID, PlanTaskRef]:
    found: dict[UUID, PlanTaskRef] = {}
    for place in {row.jurisdiction_id for row in rows}:
        wanted = {row.plan_task_id for row in rows if row.jurisdiction_id == place}
        for each in await planning.tasks(session, place, wanted):
            if each.kind == "planned":
                found[each.id] = PlanTaskRef(each.id, each.number, each.name)
    return found

"""The verbs of the slice."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.events import Trace
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning.events import PlanPublished, PlanTaskMoved
from palmcheck.planning.models import AnnualPlan, PlanTask, PlanTaskPart
from palmcheck.planning.problems import PlanTaskTaken
from palmcheck.planning.types import (
    NewPlan,
    NewPlanTask,
    PlanTaskPartView,
    PlanTaskState,
    PlanTaskView,
)

BEFORE: dict[str, PlanTaskState] = {"frozen": "published", "drawn": "frozen", "issued": "drawn"}


async def publish_plan(tx: Tx, by: Trace, jurisdiction_id: UUID, new: NewPlan) -> list[UUID]:
    """Publishes a year's plan with its tasks and answers the tasks' ids (R10)."""
    plan_id = new_id()
    tx.session.add(
        AnnualPlan(
            jurisdiction_id=jurisdiction_id,
            id=plan_id,
            year=new.year,
            number=new.number,
            name=new.name,
            published_at=tx.now,
        )
    )
    await tx.session.flush()
    task_ids = [await _add_task(tx, jurisdiction_id, plan_id, each) for each in new.tasks]
    published = PlanPublished(jurisdiction_id=jurisdiction_id, plan_id=plan_id, year=new.year, task_ids=task_ids)
    tx.record(by, published)
    return task_ids


async def _add_task(tx: Tx, jurisdiction_id: UUID, plan_id: UUID, new: NewPlanTask) -> UUID:
    columns = msgspec.structs.asdict(new)
    parts: tuple[PlanTaskPartView, ...] = columns.pop("parts")
    task = PlanTask(
        jurisdiction_id=jurisdiction_id,
        id=new_id(),
        plan_id=plan_id,
        lead_department_id=parts[0].department_id,
        state="published",
        **columns,
    )
    tx.session.add(task)
    await tx.session.flush()
    tx.session.add_all(
        PlanTaskPart(jurisdiction_id=jurisdiction_id, plan_task_id=task.id, **msgspec.structs.asdict(part))
        for part in parts
    )
    await tx.session.flush()
    return task.id


async def move_task(tx: Tx, by: Trace, jurisdiction_id: UUID, id: UUID, to: PlanTaskState, draw_id: UUID) -> None:
    """Takes a task to its next state for one draw. Raises NotFound, PlanTaskTaken."""
    task = await tx.session.get(PlanTask, (jurisdiction_id, id), with_for_update=True)
    if task is None:
        raise NotFound(field="plan_task_id")
    if task.state != BEFORE[to] or task.draw_id not in {None, draw_id}:
        raise PlanTaskTaken(field="plan_task_id", rule="R4", state=task.state)
    task.state, task.draw_id = to, draw_id
    tx.record(by, PlanTaskMoved(jurisdiction_id=jurisdiction_id, plan_task_id=id, state=to, draw_id=draw_id))


async def tasks(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID] | None = None) -> list[PlanTaskView]:
    """Tasks of the jurisdiction, all or some, by number."""
    wanted = select(PlanTask).where(PlanTask.jurisdiction_id == jurisdiction_id).order_by(PlanTask.number)
    if ids is not None:
        wanted = wanted.where(PlanTask.id.in_(list(ids)))
    rows = (await session.scalars(wanted)).all()
    departments = await jurisdictions.departments(session, jurisdiction_id)
    takes_part: dict[UUID, list[DepartmentRef]] = {}
    shares = select(PlanTaskPart).where(PlanTaskPart.jurisdiction_id == jurisdiction_id)
    if ids is not None:
        shares = shares.where(PlanTaskPart.plan_task_id.in_([row.id for row in rows]))
    for part in await session.scalars(shares):
        takes_part.setdefault(part.plan_task_id, []).append(departments[part.department_id])
    return [_view(row, departments, takes_part.get(row.id, [])) for row in rows]


async def task(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> PlanTaskView:
    """One task. Raises NotFound."""
    found = await tasks(session, jurisdiction_id, [id])
    if not found:
        raise NotFound(field="plan_task_id")
    return found[0]


async def parts(session: AsyncSession, jurisdiction_id: UUID, plan_task_id: UUID) -> list[PlanTaskPartView]:
    """The departments' shares of a task, the lead's first."""
    task_row = await session.get_one(PlanTask, (jurisdiction_id, plan_task_id))
    rows = await session.scalars(
        select(PlanTaskPart).where(
            PlanTaskPart.jurisdiction_id == jurisdiction_id, PlanTaskPart.plan_task_id == plan_task_id
        )
    )
    views = [PlanTaskPartView(r.department_id, r.assists_only, r.check_item_ids, r.checklist_id) for r in rows]
    return sorted(views, key=lambda part: (part.department_id != task_row.lead_department_id, part.department_id))


def _view(row: PlanTask, departments: dict[UUID, DepartmentRef], participants: list[DepartmentRef]) -> PlanTaskView:
    plain = {name: getattr(row, name) for name in PlanTaskView.__struct_fields__ if hasattr(row, name)}
    others = [each for each in participants if each.id != row.lead_department_id]
    return msgspec.convert(
        plain
        | {
            "lead_department": departments[row.lead_department_id],
            "participants": sorted(others, key=lambda each: each.code),
        },
        PlanTaskView,
    )

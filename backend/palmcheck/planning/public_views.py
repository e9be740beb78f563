"""What anybody may read of plans: the tasks of published ones, with their schemes (R10).

The ratios of the credit classes stay inside: with them anybody could tell the classes of a draw's opaque strata.
Only tasks of the plan itself are here: special checks and leads name their target by their name (R19, R20).
"""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue.types import ItemClass
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.reads import jurisdiction_rows
from palmcheck.jurisdictions.types import DepartmentRef, JurisdictionRef
from palmcheck.kernel.clock import Instant
from palmcheck.kernel.problems import NotFound
from palmcheck.planning import service
from palmcheck.planning.models import AnnualPlan, PlanTask
from palmcheck.planning.types import DrawKind, Method, PlanTaskState, PlanTaskView, Scope

PLANNED = "planned"


class PublicPlan(Struct, frozen=True):
    """A published plan of a year."""

    id: UUID
    year: int
    number: str
    name: str
    jurisdiction: JurisdictionRef
    published_at: Instant
    task_count: int


class PublicTask(Struct, frozen=True):
    """A task of a published plan, as its scheme says."""

    id: UUID
    number: str
    name: str
    scope: Scope
    draw_kind: DrawKind
    item_class: ItemClass
    method: Method
    lead_department: DepartmentRef
    participants: list[DepartmentRef]
    target_range: str
    planned_draw_on: date
    deadline: date
    state: PlanTaskState


class PublicShare(Struct, frozen=True):
    """A department's share of a task, and the items that it checks."""

    department: DepartmentRef
    assists_only: bool
    check_item_ids: list[UUID]


class PublicPlanDetail(Struct, frozen=True):
    """A plan with its tasks, by number."""

    plan: PublicPlan
    tasks: list[PublicTask]


class PublicTaskDetail(Struct, frozen=True):
    """A task with its plan and the departments' shares."""

    plan: PublicPlan
    task: PublicTask
    shares: list[PublicShare]


def _plans() -> Select[AnnualPlan, int, str]:
    places = jurisdiction_rows.subquery()
    tasks = (
        select(func.count())
        .where(
            PlanTask.jurisdiction_id == AnnualPlan.jurisdiction_id,
            PlanTask.plan_id == AnnualPlan.id,
            PlanTask.kind == PLANNED,
        )
        .scalar_subquery()
    )
    return (
        select(AnnualPlan, tasks, places.c.name)
        .join(places, places.c.id == AnnualPlan.jurisdiction_id)
        .where(AnnualPlan.published_at.is_not(None))
        .order_by(AnnualPlan.year.desc(), places.c.code)
    )


async def public_plans(session: AsyncSession) -> list[PublicPlan]:
    """Published plans, the newest year first: a handful a jurisdiction."""
    return [_plan(*row) for row in (await session.execute(_plans())).all()]


async def public_plan(session: AsyncSession, id: UUID) -> PublicPlanDetail:
    """One published plan with its tasks. Raises NotFound."""
    plan = await _one(session, id)
    ids = select(PlanTask.id).where(PlanTask.plan_id == id, PlanTask.kind == PLANNED)
    tasks = await service.tasks(session, plan.jurisdiction.id, (await session.scalars(ids)).all())
    return PublicPlanDetail(plan, [_task(each) for each in tasks])


async def public_task(session: AsyncSession, id: UUID) -> PublicTaskDetail:
    """One task of a published plan. Raises NotFound."""
    row = await session.scalar(select(PlanTask).where(PlanTask.id == id, PlanTask.kind == PLANNED))
    if row is None:
        raise NotFound(field="id")
    plan = await _one(session, row.plan_id)
    departments = await jurisdictions.departments(session, row.jurisdiction_id)
    shares = [
        PublicShare(departments[each.department_id], each.assists_only, each.check_item_ids)
        for each in await service.parts(session, row.jurisdiction_id, id)
    ]
    return PublicTaskDetail(plan, _task(await service.task(session, row.jurisdiction_id, id)), shares)


async def _one(session: AsyncSession, id: UUID) -> PublicPlan:
    row = (await session.execute(_plans().where(AnnualPlan.id == id))).first()
    if row is None:
        raise NotFound(field="id")
    return _plan(*row)


def _plan(row: AnnualPlan, task_count: int, place: str) -> PublicPlan:
    assert row.published_at is not None  # the query asks for it
    where = JurisdictionRef(row.jurisdiction_id, place)
    return PublicPlan(row.id, row.year, row.number, row.name, where, row.published_at, task_count)


def _task(view: PlanTaskView) -> PublicTask:
    return PublicTask(**{name: getattr(view, name) for name in PublicTask.__struct_fields__})

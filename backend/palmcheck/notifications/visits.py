"""What a telling needs to know of visits: whose they are, who goes, and how they are called."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections import reads as inspections
from palmcheck.planning import reads as planning
from palmcheck.registry import service as registry


class Visit(Struct, frozen=True):
    """One inspection as a message names it. `going`: department -> the inspectors of its part."""

    inspection_id: UUID
    plan_task_id: UUID
    task_name: str
    lead_department_id: UUID
    target_name: str
    visit_on: date | None
    going: dict[UUID, frozenset[UUID]]

    @property
    def inspector_ids(self) -> frozenset[UUID]:
        """All who go."""
        return frozenset().union(*self.going.values())


async def visits(session: AsyncSession, jurisdiction_id: UUID, inspection_ids: Collection[UUID]) -> list[Visit]:
    """Inspections with their task, target and officers, by the target's name."""
    parts, officers = inspections.part_rows.subquery(), inspections.officer_rows.subquery()
    tasks = planning.task_rows.subquery()
    rows = await session.execute(
        select(
            parts.c.inspection_id,
            parts.c.department_id,
            parts.c.plan_task_id,
            tasks.c.name,
            tasks.c.lead_department_id,
            parts.c.target_id,
            parts.c.visit_on,
            officers.c.inspector_id,
        )
        .join(tasks, (tasks.c.jurisdiction_id == parts.c.jurisdiction_id) & (tasks.c.id == parts.c.plan_task_id))
        .outerjoin(
            officers, (officers.c.jurisdiction_id == parts.c.jurisdiction_id) & (officers.c.part_id == parts.c.id)
        )
        .where(parts.c.jurisdiction_id == jurisdiction_id, parts.c.inspection_id.in_(inspection_ids))
    )
    found = rows.all()
    targets = await registry.targets(session, jurisdiction_id, {row.target_id for row in found})
    going: dict[UUID, dict[UUID, frozenset[UUID]]] = {}
    for row in found:
        of_part = going.setdefault(row.inspection_id, {})
        goes = frozenset((row.inspector_id,)) if row.inspector_id else frozenset()
        of_part[row.department_id] = of_part.get(row.department_id, frozenset()) | goes
    named = [
        Visit(
            inspection_id=row.inspection_id,
            plan_task_id=row.plan_task_id,
            task_name=row.name,
            lead_department_id=row.lead_department_id,
            target_name=targets[row.target_id].name,
            visit_on=row.visit_on,
            going=going[row.inspection_id],
        )
        for row in {row.inspection_id: row for row in found}.values()
    ]
    return sorted(named, key=lambda each: (each.target_name, each.inspection_id))


async def visit_of_part(session: AsyncSession, jurisdiction_id: UUID, part_id: UUID) -> tuple[Visit, UUID]:
    """The visit that a part belongs to, and the part's department."""
    parts = inspections.part_rows.subquery()
    row = (
        await session.execute(
            select(parts.c.inspection_id, parts.c.department_id).where(
                parts.c.jurisdiction_id == jurisdiction_id, parts.c.id == part_id
            )
        )
    ).one()
    [visit] = await visits(session, jurisdiction_id, [row.inspection_id])
    return visit, row.department_id

"""The feed's content, read from the present state when it is pulled."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue import service as catalogue
from palmcheck.catalogue.types import CheckItemRef, ChecklistVersionView
from palmcheck.draws import service as draws
from palmcheck.field.types import DrawnBecause, FieldPart, FieldPlanTask, InspectionTask, PartStateChange
from palmcheck.inspections import reads as inspections
from palmcheck.inspections.types import OfficerView
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.planning import service as planning
from palmcheck.planning.types import PlanTaskView
from palmcheck.registry import service as registry
from palmcheck.registry.types import InspectorRef, TargetView


class PartRow(msgspec.Struct, frozen=True):
    """One row of `inspections.reads.part_rows`, as far as a phone needs it."""

    id: UUID
    inspection_id: UUID
    department_id: UUID
    checklist_id: UUID
    check_item_ids: list[UUID]
    state: str
    record_id: UUID | None
    method: str
    target_id: UUID
    plan_task_id: UUID
    draw_id: UUID
    issued_on: object
    due_on: object

    @property
    def record_url(self) -> str | None:
        """The public page, once there is one."""
        return f"/records/{self.record_id}" if self.record_id else None


class Surroundings(msgspec.Struct, frozen=True):
    """What the tasks of one pull refer to, by id."""

    departments: dict[UUID, DepartmentRef]
    tasks: dict[UUID, PlanTaskView]
    targets: dict[UUID, TargetView]
    inspectors: dict[UUID, InspectorRef]
    items: dict[UUID, CheckItemRef]
    officers: dict[UUID, list[UUID]]
    because: dict[tuple[UUID, UUID], DrawnBecause]


async def checklists(session: AsyncSession, jurisdiction_id: UUID, ids: set[UUID]) -> dict[UUID, ChecklistVersionView]:
    """The checklist versions of a pull."""
    return await catalogue.checklists(session, jurisdiction_id, ids)


async def part_states(session: AsyncSession, jurisdiction_id: UUID, ids: set[UUID]) -> dict[UUID, PartStateChange]:
    """The present state of parts, by part; `number` is set by the caller."""
    rows = await _part_rows(session, jurisdiction_id, "id", ids)
    return {
        row.id: msgspec.convert(
            {
                "kind": "part_state",
                "number": 0,
                "inspection_id": row.inspection_id,
                "part_id": row.id,
                "state": row.state,
                "record_url": row.record_url,
            },
            PartStateChange,
        )
        for row in rows
    }


async def inspection_tasks(
    session: AsyncSession, jurisdiction_id: UUID, inspector_id: UUID, ids: set[UUID]
) -> dict[UUID, InspectionTask]:
    """Inspections as one inspector's phone keeps them."""
    rows = await _part_rows(session, jurisdiction_id, "inspection_id", ids)
    around = await _surroundings(session, jurisdiction_id, rows)
    by_inspection: dict[UUID, list[PartRow]] = {}
    for row in rows:
        by_inspection.setdefault(row.inspection_id, []).append(row)
    return {id: _task(inspector_id, parts, around) for id, parts in by_inspection.items()}


async def _part_rows(session: AsyncSession, jurisdiction_id: UUID, key: str, ids: set[UUID]) -> list[PartRow]:
    rows = inspections.part_rows.subquery()
    wanted = select(*(rows.c[name] for name in PartRow.__struct_fields__))
    found = await session.execute(wanted.where(rows.c.jurisdiction_id == jurisdiction_id, rows.c[key].in_(ids)))
    return [PartRow(*row) for row in found]


async def _surroundings(session: AsyncSession, jurisdiction_id: UUID, rows: Sequence[PartRow]) -> Surroundings:
    officer_rows = inspections.officer_rows.subquery()
    seated = await session.execute(
        select(officer_rows.c.part_id, officer_rows.c.inspector_id)
        .where(officer_rows.c.jurisdiction_id == jurisdiction_id, officer_rows.c.part_id.in_([row.id for row in rows]))
        .order_by(officer_rows.c.part_id, officer_rows.c.seat)
    )
    officers: dict[UUID, list[UUID]] = {}
    for part_id, inspector_id in seated:
        officers.setdefault(part_id, []).append(inspector_id)
    tasks = await planning.tasks(session, jurisdiction_id, {row.plan_task_id for row in rows})
    because = {
        (draw_id, target_id): DrawnBecause(label, drawn_at)
        for draw_id in {row.draw_id for row in rows}
        for target_id, label, drawn_at in await draws.why_drawn(session, jurisdiction_id, draw_id)
    }
    return Surroundings(
        departments=await jurisdictions.departments(session, jurisdiction_id),
        tasks={task.id: task for task in tasks},
        targets=await registry.targets(session, jurisdiction_id, {row.target_id for row in rows}),
        inspectors=await registry.inspectors(session, jurisdiction_id, {i for each in officers.values() for i in each}),
        items=await catalogue.check_items(session, jurisdiction_id, {i for row in rows for i in row.check_item_ids}),
        officers=officers,
        because=because,
    )


def _task(inspector_id: UUID, parts: Sequence[PartRow], around: Surroundings) -> InspectionTask:
    first = parts[0]
    task = around.tasks[first.plan_task_id]
    ordered = sorted(parts, key=lambda part: around.departments[part.department_id].code)
    return msgspec.convert(
        {
            "id": first.inspection_id,
            "plan_task": FieldPlanTask(task.id, task.number, task.name, task.draw_kind, task.item_class),
            "target": around.targets[first.target_id],
            "method": first.method,
            "issued_on": first.issued_on,
            "due_on": first.due_on,
            "draw_id": first.draw_id,
            "drawn_because": around.because[first.draw_id, first.target_id],
            "parts": [_part(inspector_id, part, around) for part in ordered],
            "show_code": "",  # the caller has the key
        },
        InspectionTask,
    )


def _part(inspector_id: UUID, part: PartRow, around: Surroundings) -> FieldPart:
    seated = around.officers.get(part.id, [])
    return msgspec.convert(
        {
            "id": part.id,
            "department": around.departments[part.department_id],
            "checklist_id": part.checklist_id,
            "items": [around.items[each] for each in part.check_item_ids],
            "officers": _officers(seated, around.inspectors),
            "mine": bool(seated) and seated[0] == inspector_id,
            "state": part.state,
            "record_url": part.record_url,
        },
        FieldPart,
    )


def _officers(seated: Sequence[UUID], inspectors: Mapping[UUID, InspectorRef]) -> list[OfficerView]:
    return [
        OfficerView(id, inspectors[id].name, inspectors[id].certificate_number, at == 0) for at, id in enumerate(seated)
    ]

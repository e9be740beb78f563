"""Making inspections out of an issued draw."""

from sqlalchemy import select

from palmcheck.draws import service as draws
from palmcheck.draws.events import DrawIssued
from palmcheck.draws.types import IssuedDraw, IssuedVisit
from palmcheck.inspections.events import InspectionsIssued
from palmcheck.inspections.models import Inspection, InspectionPart, PartOfficer
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning
from palmcheck.planning.types import PlanTaskPartView, PlanTaskView

ISSUING = SystemActor("inspections.issuing")


async def make_inspections(tx: Tx, event: DrawIssued) -> None:
    """One inspection a drawn target, one part a department: one visit for all (R8). Runs once a draw."""
    existing = select(Inspection.id).where(
        Inspection.jurisdiction_id == event.jurisdiction_id, Inspection.draw_id == event.draw_id
    )
    if (await tx.session.execute(existing.limit(1))).first() is not None:
        return
    draw = await draws.issued_draw(tx.session, event.jurisdiction_id, event.draw_id)
    task = await planning.task(tx.session, event.jurisdiction_id, draw.plan_task_id)
    parts = await planning.parts(tx.session, event.jurisdiction_id, task.id)
    made = [_make(event, draw, visit, task, parts) for visit in draw.visits]
    for layer in range(3):
        tx.session.add_all(row for rows in made for row in rows[layer])
        await tx.session.flush()
    ids = [rows[0][0].id for rows in made]
    issued = InspectionsIssued(jurisdiction_id=event.jurisdiction_id, draw_id=event.draw_id, inspection_ids=ids)
    tx.record(ISSUING, issued)


def _make(
    event: DrawIssued, draw: IssuedDraw, visit: IssuedVisit, task: PlanTaskView, parts: list[PlanTaskPartView]
) -> tuple[list[Inspection], list[InspectionPart], list[PartOfficer]]:
    """The rows of one visit, by table in the order in which they refer to each other."""
    inspection = Inspection(
        jurisdiction_id=event.jurisdiction_id,
        id=new_id(),
        plan_task_id=task.id,
        draw_id=draw.id,
        target_id=visit.target_id,
        method=task.method,
        issued_on=law_date(draw.issued_at),
        due_on=task.deadline,
    )
    part_rows = {
        part.department_id: InspectionPart(
            jurisdiction_id=event.jurisdiction_id,
            id=new_id(),
            inspection_id=inspection.id,
            department_id=part.department_id,
            check_item_ids=part.check_item_ids,
            checklist_id=part.checklist_id,
            state="issued",
        )
        for part in parts
    }
    officers = [
        PartOfficer(
            jurisdiction_id=event.jurisdiction_id,
            part_id=part_rows[seat.department_id].id,
            inspector_id=seat.inspector_id,
            seat=seat.seat,
        )
        for seat in visit.seats
        if seat.inspector_id is not None
    ]
    return [inspection], list(part_rows.values()), officers

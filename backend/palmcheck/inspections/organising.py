"""The lead organises the visits: on which day all departments go (S1 二(二), R8)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import reaches
from palmcheck.inspections.events import VisitsDated
from palmcheck.inspections.models import Inspection, InspectionPart
from palmcheck.inspections.problems import NotLeadOfVisit, VisitBeforeIssue, VisitDone
from palmcheck.inspections.types import SetVisitDays, VisitDays
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning

ORGANISE = "inspection.organise"


async def set_visit_days(tx: Tx, by: Actor, data: SetVisitDays) -> VisitDays:
    """Gives visits a day, all departments the same (R8); answers what each had before. A repeat changes nothing.

    A day later than the working days from the draw, or off the calendar, is the lead's to judge: the screen warns.
    Raises NotFound, NotLeadOfVisit, VisitDone, VisitBeforeIssue.
    """
    rows = await _own_visits(tx, by, data.inspection_ids)
    done = await _done(tx, by.jurisdiction_id, [row.id for row in rows])
    changed = [row for row in rows if row.visit_on != data.visit_on]
    for row in changed:
        if row.id in done:
            raise VisitDone(field="inspection_ids", target_id=row.target_id)
        if data.visit_on is not None and data.visit_on < row.issued_on:
            raise VisitBeforeIssue(field="visit_on", issued_on=row.issued_on.isoformat())
    before = {row.id: row.visit_on for row in changed}
    for row in changed:
        row.visit_on = data.visit_on
    if changed:
        dated = VisitsDated(
            jurisdiction_id=by.jurisdiction_id,
            change_id=new_id(),
            inspection_ids=[row.id for row in changed],
            visit_on=data.visit_on,
        )
        tx.record(by, dated)
    return VisitDays(before)


async def _own_visits(tx: Tx, by: Actor, ids: Sequence[UUID]) -> list[Inspection]:
    """The visits, in one order; all of them are the caller's to organise. Raises NotFound, NotLeadOfVisit.

    One lead department's changes wait for each other: a row lock would count as a write, and a repeat has none.
    """
    if by.department_id is not None:
        await tx.lock("organising", by.department_id)
    wanted = set(ids)
    rows = list(
        await tx.session.scalars(
            select(Inspection)
            .where(Inspection.jurisdiction_id == by.jurisdiction_id, Inspection.id.in_(wanted))
            .order_by(Inspection.id)
        )
    )
    if len(rows) < len(wanted):
        raise NotFound(field="inspection_ids")
    tasks = await planning.tasks(tx.session, by.jurisdiction_id, {row.plan_task_id for row in rows})
    leads = {task.lead_department.id for task in tasks}
    if not all(reaches(by, ORGANISE, by.jurisdiction_id, {lead}) for lead in leads):
        raise NotLeadOfVisit(field="inspection_ids")
    return rows


async def _done(tx: Tx, jurisdiction_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those of the visits in which every department has its result."""
    open_ones = select(InspectionPart.inspection_id).where(
        InspectionPart.jurisdiction_id == jurisdiction_id,
        InspectionPart.inspection_id.in_(ids),
        InspectionPart.formed_at.is_(None),
    )
    return set(ids) - set(await tx.session.scalars(open_ones))

"""Which inspections a list is asked for: the same conditions that the overview counts by."""

from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, exists, select

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import in_reach
from palmcheck.inspections.models import Inspection, InspectionPart, PartOfficer, Submission

Standing = Literal["late", "due", "moving", "undated", "disputed", "mine"]
DUE_DAYS = 7
"""What falls due within this many days is shown as due."""


class Asked(Struct, frozen=True):
    """What a list is asked for. `department_id` narrows the standing to that department's parts."""

    q: str | None = None
    state: str | None = None
    standing: Standing | None = None
    department_id: UUID | None = None
    plan_task_id: UUID | None = None
    jurisdiction_id: UUID | None = None


def visible(actor: Actor) -> Select[Inspection]:
    """Row scope: leads, office and auditor the jurisdiction (and below); officers their department's visits."""
    takes_part = select(InspectionPart.inspection_id).where(
        InspectionPart.jurisdiction_id == actor.jurisdiction_id,
        InspectionPart.department_id == actor.department_id,
    )
    return select(Inspection).where(
        in_reach(actor, "inspection.read", Inspection.jurisdiction_id, Inspection.id.in_(takes_part))
    )


def part_stands(standing: Standing, today: date, actor: Actor) -> ColumnElement[bool]:
    """Whether a part, with its inspection, stands so on a day of law."""
    is_open = InspectionPart.formed_at.is_(None)
    match standing:
        case "late":
            return and_(is_open, Inspection.due_on < today)
        case "due":
            return and_(is_open, Inspection.due_on >= today, Inspection.due_on <= today + timedelta(days=DUE_DAYS))
        case "moving":
            return InspectionPart.state.in_(("under_way", "awaiting_photos"))
        case "undated":
            return and_(InspectionPart.state == "issued", Inspection.visit_on.is_(None))
        case "disputed":
            return exists().where(
                Submission.jurisdiction_id == InspectionPart.jurisdiction_id,
                Submission.part_id == InspectionPart.id,
                Submission.state == "disputed",
            )
        case "mine":
            officers = exists().where(
                PartOfficer.jurisdiction_id == InspectionPart.jurisdiction_id,
                PartOfficer.part_id == InspectionPart.id,
                PartOfficer.inspector_id == actor.inspector_id,
            )
            return and_(is_open, officers)


def narrowed(wanted: Select[Inspection], asked: Asked, today: date, actor: Actor) -> Select[Inspection]:
    """The inspections of a list that has part states, a standing, a department, a task or a place in its question."""
    if asked.plan_task_id is not None:
        wanted = wanted.where(Inspection.plan_task_id == asked.plan_task_id)
    if asked.jurisdiction_id is not None:
        wanted = wanted.where(Inspection.jurisdiction_id == asked.jurisdiction_id)
    of_parts = []
    if asked.state:
        of_parts.append(InspectionPart.state == asked.state)
    if asked.standing is not None:
        of_parts.append(part_stands(asked.standing, today, actor))
    if asked.department_id is not None:
        of_parts.append(InspectionPart.department_id == asked.department_id)
    if not of_parts:
        return wanted
    with_part = select(InspectionPart.inspection_id).where(
        InspectionPart.jurisdiction_id == Inspection.jurisdiction_id,
        InspectionPart.inspection_id == Inspection.id,
        *of_parts,
    )
    return wanted.where(with_part.correlate(Inspection).exists())

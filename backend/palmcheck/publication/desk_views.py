"""Publications as the console shows them: what waits, for whom, until when."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import in_reach, place_of
from palmcheck.inspections import reads as inspections
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.grams import bigrams, normal
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.planning import service as planning
from palmcheck.planning.types import PlanTaskRef
from palmcheck.publication.deadlines import days_used
from palmcheck.publication.models import Publication, WithholdingProposal
from palmcheck.publication.photographing import photos_of_result
from palmcheck.publication.stages import WAITING
from palmcheck.publication.types import (
    OverduePublications,
    OverdueReport,
    PublicationDetail,
    PublicationRow,
    WithholdingView,
)
from palmcheck.publication.undecided import corrections_of, photos_of, undecided_of, waits_for_second_person
from palmcheck.registry import reads as registry

LAST_DAY = date(9999, 1, 1)
_DUE = func.coalesce(Publication.due_on, LAST_DAY)


class PublicationFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What the list is narrowed by.

    `stage`: one stage, `waiting` for all that wait, `overdue` for those past it, `undecided` for what a second
    person is to decide, published results too.
    """

    q: str = ""
    stage: str | None = None
    department_id: UUID | None = None
    plan_task_id: UUID | None = None
    jurisdiction_id: UUID | None = None


async def list_publications(
    session: AsyncSession, actor: Actor, wanted: PublicationFilter, cursor: str | None
) -> Page[PublicationRow]:
    """Results that the actor may see, what is due first. Raises NotFound, CursorInvalid."""
    place = await place_of(session, actor, "publication.read", wanted.jurisdiction_id)
    found = _visible(actor).where(Publication.jurisdiction_id == place, *_conditions(wanted))
    if cursor:
        due, last = decode_cursor(cursor, date, UUID)
        found = found.where((due < _DUE) | ((due == _DUE) & (Publication.part_id > last)))
    rows = (await session.execute(found.order_by(_DUE, Publication.part_id).limit(PAGE + 1))).all()
    shown = await _rows(session, place, rows)
    return page_of(
        rows,
        PAGE,
        lambda row: shown[row.Publication.part_id],
        lambda row: ((row.Publication.due_on or LAST_DAY).isoformat(), str(row.Publication.part_id)),
    )


def _visible(actor: Actor) -> Select[Any]:
    """Row scope, with the target's name and the part's result."""
    targets, parts = registry.target_rows.subquery(), inspections.part_rows.subquery()
    return (
        select(Publication, targets.c.name.label("target_name"), parts.c.result_code)
        .join(
            targets,
            and_(targets.c.jurisdiction_id == Publication.jurisdiction_id, targets.c.id == Publication.target_id),
        )
        .join(parts, and_(parts.c.jurisdiction_id == Publication.jurisdiction_id, parts.c.id == Publication.part_id))
        .where(in_reach(actor, "publication.read", Publication.jurisdiction_id, Publication.department_id))
    )


def _conditions(wanted: PublicationFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.stage == "overdue":
        conditions += [Publication.stage.in_(WAITING), Publication.due_on < law_date(now())]
    elif wanted.stage == "waiting":
        conditions.append(Publication.stage.in_(WAITING))
    elif wanted.stage == "undecided":
        conditions.append(waits_for_second_person())
    elif wanted.stage:
        conditions.append(Publication.stage == wanted.stage)
    if wanted.department_id:
        conditions.append(Publication.department_id == wanted.department_id)
    if wanted.plan_task_id:
        conditions.append(Publication.plan_task_id == wanted.plan_task_id)
    folded = normal(wanted.q)
    if folded:
        targets = registry.target_rows.subquery()
        pairs = sorted(bigrams(folded))
        named = targets.c.grams.contains(pairs) if pairs else targets.c.name.startswith(wanted.q, autoescape=True)
        of_place = targets.c.jurisdiction_id == Publication.jurisdiction_id
        conditions.append(Publication.target_id.in_(select(targets.c.id).where(of_place, named)))
    return conditions


async def read_publication(session: AsyncSession, actor: Actor, part_id: UUID) -> PublicationDetail:
    """One result on its way, whole. Raises NotFound, also for one that is not the actor's to see."""
    found = (await session.execute(_visible(actor).where(Publication.part_id == part_id))).one_or_none()
    if found is None:
        raise NotFound(field="part_id")
    row: Publication = found.Publication
    shown = await _rows(session, row.jurisdiction_id, [found])
    proposals = await session.scalars(
        select(WithholdingProposal)
        .where(WithholdingProposal.jurisdiction_id == row.jurisdiction_id, WithholdingProposal.part_id == part_id)
        .order_by(WithholdingProposal.proposed_at)
    )
    views = [withholding_view(each) for each in proposals]
    officers = inspections.officer_rows.subquery()
    own = await session.scalar(
        select(func.count()).where(
            officers.c.jurisdiction_id == row.jurisdiction_id,
            officers.c.part_id == part_id,
            officers.c.inspector_id == actor.inspector_id,
        )
    )
    mine = any(each.verdict is None and each.proposed_by == actor.account_id for each in views)
    place = row.jurisdiction_id
    return PublicationDetail(
        row=shown[part_id],
        review_note=row.review_note,
        reviewed_at=row.reviewed_at,
        withholdings=views,
        own_visit=bool(own),
        mine=mine,
        corrections=await corrections_of(session, actor, place, part_id),
        photos=await photos_of(session, actor, place, part_id),
        result_photos=await photos_of_result(session, place, part_id),
    )


def withholding_view(row: WithholdingProposal) -> WithholdingView:
    """One proposal as it goes out."""
    fields = {name: getattr(row, name) for name in WithholdingView.__struct_fields__}
    return msgspec.convert(fields, WithholdingView)


async def overdue_report(session: AsyncSession, actor: Actor, asked: UUID | None) -> OverdueReport:
    """What is past its last day, by department and task, the longest first (R23). Raises NotFound."""
    place = await place_of(session, actor, "publication.read", asked)
    at = now()
    today = law_date(at)
    late = and_(Publication.stage.in_(WAITING), Publication.due_on < today, Publication.jurisdiction_id == place)
    scope = in_reach(actor, "publication.read", Publication.jurisdiction_id, Publication.department_id)
    count, oldest = func.count().label("late"), func.min(Publication.due_on).label("oldest")
    keys = (Publication.department_id, Publication.plan_task_id)
    counted = select(*keys, count, oldest).where(late, scope).group_by(*keys).order_by(oldest)
    found = (await session.execute(counted)).all()
    departments, tasks = await _names(session, place, {row.plan_task_id for row in found})
    rows = [
        OverduePublications(departments[row.department_id], tasks[row.plan_task_id], row.late, row.oldest)
        for row in found
    ]
    return OverdueReport(at, sum(row.count for row in rows), rows)


async def _names(session: AsyncSession, place: UUID, task_ids: set[UUID]) -> tuple[Any, Mapping[UUID, PlanTaskRef]]:
    tasks = await planning.tasks(session, place, task_ids)
    refs = {task.id: PlanTaskRef(task.id, task.number, task.name) for task in tasks}
    return await jurisdictions.departments(session, place), refs


async def _rows(session: AsyncSession, place: UUID, rows: Any) -> dict[UUID, PublicationRow]:
    departments, tasks = await _names(session, place, {row.Publication.plan_task_id for row in rows})
    ids = [row.Publication.part_id for row in rows]
    grounds, undecided = await _grounds(session, place, ids), await undecided_of(session, place, ids)
    today = law_date(now())
    past = min((row.Publication.due_on for row in rows if row.Publication.due_on), default=today)
    _, calendar = await jurisdictions.working_days(session, place, min(past, today) - timedelta(days=1))
    shown: dict[UUID, PublicationRow] = {}
    for each in rows:
        row: Publication = each.Publication
        waits = row.stage in WAITING
        fields = {name: getattr(row, name) for name in _PLAIN} | {
            "department": departments[row.department_id],
            "task": tasks[row.plan_task_id],
            "target_name": each.target_name,
            "result_code": each.result_code,
            "days_left": _left(today, row.due_on, calendar) if waits and row.due_on else None,
            "overdue": waits and row.due_on is not None and row.due_on < today,
            "ground": grounds.get(row.part_id),
            "undecided": undecided[row.part_id],
            "record_url": f"/records/{row.record_id}" if row.stage in {"published", "withdrawn"} else None,
        }
        shown[row.part_id] = msgspec.convert(fields, PublicationRow)
    return shown


_PLAIN = (
    *("part_id", "inspection_id", "jurisdiction_id", "stage", "review", "formed_on", "due_on", "review_by"),
    *("published_on", "withheld_on"),
)


def _left(today: date, due_on: date, calendar: Mapping[date, bool]) -> int | None:
    if due_on >= today:
        return days_used(today, due_on, calendar)
    past = days_used(due_on, today, calendar)
    return None if past is None else -past


async def _grounds(session: AsyncSession, place: UUID, part_ids: list[UUID]) -> dict[UUID, str]:
    """The ground that holds each of the parts back, or is proposed to."""
    rows = await session.execute(
        select(WithholdingProposal.part_id, WithholdingProposal.ground).where(
            WithholdingProposal.jurisdiction_id == place,
            WithholdingProposal.part_id.in_(part_ids),
            or_(WithholdingProposal.verdict.is_(None), WithholdingProposal.verdict == "confirmed"),
        )
    )
    return {row.part_id: row.ground for row in rows}

"""Inspections as the console shows them."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import place_of, reaches, reads_down
from palmcheck.catalogue import service as catalogue
from palmcheck.inspections.countersignatures import awaited_countersigners, countersignatures_of, waivers_of
from palmcheck.inspections.filtering import Asked, narrowed, visible
from palmcheck.inspections.models import (
    CheckIn,
    Inspection,
    InspectionPart,
    PartOfficer,
)
from palmcheck.inspections.on_site_types import MeasuredPosition
from palmcheck.inspections.recusing import recusals_of
from palmcheck.inspections.service import OPEN_STATES
from palmcheck.inspections.submission_views import submissions_of
from palmcheck.inspections.types import (
    CheckInView,
    InspectionDetail,
    InspectionView,
    OfficerView,
    PartDetail,
    PartView,
)
from palmcheck.inspections.visit_days import last_days_to_organise
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.reads import in_scope
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.grams import bigrams, normal
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.planning import service as planning
from palmcheck.planning.types import Method, PlanTaskRef
from palmcheck.registry import reads as registry_reads
from palmcheck.registry import service as registry
from palmcheck.registry.types import InspectorRef, TargetRef


class Names(msgspec.Struct, frozen=True):
    """What a page of inspections needs of other slices, by id."""

    departments: dict[UUID, DepartmentRef]
    tasks: dict[UUID, PlanTaskRef]
    targets: dict[UUID, TargetRef]
    inspectors: dict[UUID, InspectorRef]
    leads: dict[UUID, UUID]
    """Task -> its lead department."""


async def list_inspections(
    session: AsyncSession, actor: Actor, asked: Asked, cursor: str | None
) -> Page[InspectionView]:
    """Inspections that the actor may see, by due date; `q` searches the target's name or code. Raises NotFound."""
    if asked.jurisdiction_id is not None:
        await place_of(session, actor, "inspection.read", asked.jurisdiction_id)
    wanted = narrowed(visible(actor), asked, law_date(now()), actor)
    if asked.q and normal(asked.q):
        wanted = wanted.where(Inspection.target_id.in_(_matching_targets(actor, asked.q)))
    if cursor:
        due, last = decode_cursor(cursor, date, UUID)
        wanted = wanted.where((Inspection.due_on > due) | ((Inspection.due_on == due) & (Inspection.id > last)))
    rows = (await session.scalars(wanted.order_by(Inspection.due_on, Inspection.id).limit(PAGE + 1))).all()
    shown = await _views(session, actor, rows)
    return page_of(rows, PAGE, lambda row: shown[row.id], lambda row: (row.due_on.isoformat(), str(row.id)))


def _matching_targets(actor: Actor, q: str) -> Select[UUID]:
    """Targets whose name, pinyin initials or code contain `q`; one character matches the name's start only."""
    rows = registry_reads.target_rows.subquery()
    down = reads_down(actor, "inspection.read")
    wanted = select(rows.c.id).where(in_scope(rows.c.jurisdiction_id, actor.jurisdiction_id, reads_down=down))
    pairs = sorted(bigrams(q))
    return wanted.where(rows.c.grams.contains(pairs) if pairs else rows.c.name.startswith(q, autoescape=True))


async def read_inspection(session: AsyncSession, actor: Actor, id: UUID) -> InspectionDetail:
    """One inspection whole. Raises NotFound, also for one that is not the actor's to see."""
    row = await session.scalar(visible(actor).where(Inspection.id == id))
    if row is None:
        raise NotFound(field="id")
    view = (await _views(session, actor, [row]))[row.id]
    parts = {part.id: part for part in await _parts(session, [row])}
    return InspectionDetail(view, [await _detail(session, parts[each.id], each) for each in view.parts])


async def jurisdiction_of(session: AsyncSession, actor: Actor, id: UUID) -> UUID:
    """Where an inspection that the actor may see belongs. Raises NotFound."""
    found = await session.scalar(visible(actor).where(Inspection.id == id))
    if found is None:
        raise NotFound(field="id")
    return found.jurisdiction_id


async def part_view(session: AsyncSession, actor: Actor, part_id: UUID) -> PartView:
    """One part as lists show it. Raises NotFound."""
    part = await session.get(InspectionPart, (actor.jurisdiction_id, part_id))
    if part is None:
        raise NotFound(field="part_id")
    detail = await read_inspection(session, actor, part.inspection_id)
    return next(each for each in detail.inspection.parts if each.id == part_id)


async def _views(session: AsyncSession, actor: Actor, rows: Sequence[Inspection]) -> dict[UUID, InspectionView]:
    parts = await _parts(session, rows)
    officers = await _officers(session, parts)
    names = await _names(session, rows, officers)
    organise_by = await last_days_to_organise(session, rows)
    today = law_date(now())
    views: dict[UUID, InspectionView] = {}
    for row in rows:
        own = [part for part in parts if part.inspection_id == row.id]
        late = row.due_on < today and any(part.formed_at is None for part in own)
        shown = [_part_view(actor, part, officers.get(part.id, []), names) for part in own]
        shown.sort(key=lambda part: part.department.code)
        leads = {names.leads.get(row.plan_task_id)}
        views[row.id] = InspectionView(
            id=row.id,
            plan_task=names.tasks[row.plan_task_id],
            target=names.targets[row.target_id],
            method=msgspec.convert(row.method, Method),
            issued_on=row.issued_on,
            due_on=row.due_on,
            late=late,
            parts=shown,
            visit_on=row.visit_on,
            organise_by=organise_by.get(row.draw_id),
            may_organise=reaches(actor, "inspection.organise", row.jurisdiction_id, leads),
        )
    return views


async def _parts(session: AsyncSession, rows: Sequence[Inspection]) -> list[InspectionPart]:
    wanted = select(InspectionPart).where(
        InspectionPart.jurisdiction_id.in_({row.jurisdiction_id for row in rows}),
        InspectionPart.inspection_id.in_([row.id for row in rows]),
    )
    return list(await session.scalars(wanted))


async def _officers(session: AsyncSession, parts: Sequence[InspectionPart]) -> dict[UUID, list[PartOfficer]]:
    wanted = select(PartOfficer).where(
        PartOfficer.jurisdiction_id.in_({part.jurisdiction_id for part in parts}),
        PartOfficer.part_id.in_([part.id for part in parts]),
    )
    found: dict[UUID, list[PartOfficer]] = {}
    for officer in await session.scalars(wanted.order_by(PartOfficer.seat)):
        found.setdefault(officer.part_id, []).append(officer)
    return found


async def _names(session: AsyncSession, rows: Sequence[Inspection], officers: dict[UUID, list[PartOfficer]]) -> Names:
    """Names from the slices below, for each jurisdiction that the page touches."""
    names = Names({}, {}, {}, {}, {})
    inspector_ids = {officer.inspector_id for each in officers.values() for officer in each}
    for jurisdiction_id in {row.jurisdiction_id for row in rows}:
        names.departments.update(await jurisdictions.departments(session, jurisdiction_id))
        tasks = await planning.tasks(session, jurisdiction_id, {row.plan_task_id for row in rows})
        names.tasks.update({task.id: PlanTaskRef(task.id, task.number, task.name) for task in tasks})
        names.leads.update({task.id: task.lead_department.id for task in tasks})
        targets = await registry.targets(session, jurisdiction_id, {row.target_id for row in rows})
        names.targets.update(
            {t.id: TargetRef(t.id, t.name, t.kind, t.credit_code, t.address) for t in targets.values()}
        )
        names.inspectors.update(await registry.inspectors(session, jurisdiction_id, inspector_ids))
    return names


def _part_view(actor: Actor, part: InspectionPart, officers: Iterable[PartOfficer], names: Names) -> PartView:
    shown = [
        OfficerView(
            officer.inspector_id,
            names.inspectors[officer.inspector_id].name,
            names.inspectors[officer.inspector_id].certificate_number,
            at == 0,
        )
        for at, officer in enumerate(officers)
    ]
    mine = any(officer.inspector_id == actor.inspector_id for officer in shown)
    return msgspec.convert(
        {
            "id": part.id,
            "department": names.departments[part.department_id],
            "state": part.state,
            "entry": part.entry,
            "officers": shown,
            "formed_at": part.formed_at,
            "result_code": part.result_code,
            "record_url": f"/records/{part.record_id}" if part.record_id else None,
            "may_enter": mine and part.state in OPEN_STATES and "inspector" in actor.roles,
        },
        PartView,
    )


async def _detail(session: AsyncSession, part: InspectionPart, view: PartView) -> PartDetail:
    items = await catalogue.check_items(session, part.jurisdiction_id, part.check_item_ids)
    submissions = await submissions_of(session, part)
    recusals = await recusals_of(session, part.jurisdiction_id, [part.id])
    return PartDetail(
        part=view,
        items=[items[each] for each in part.check_item_ids],
        checklist=await catalogue.checklist(session, part.jurisdiction_id, part.checklist_id),
        check_in=await _check_in(session, part),
        submission=next((each for each in submissions if each.id == part.submission_id), None),
        others=[each for each in submissions if each.id != part.submission_id],
        recusals=recusals.get(part.id, []),
        countersignatures=await countersignatures_of(session, part),
        awaited_countersigners=await awaited_countersigners(session, part),
        waivers=await waivers_of(session, part),
    )


async def _check_in(session: AsyncSession, part: InspectionPart) -> CheckInView | None:
    row = await session.scalar(
        select(CheckIn)
        .where(CheckIn.jurisdiction_id == part.jurisdiction_id, CheckIn.part_id == part.id)
        .order_by(CheckIn.received_at.desc())
        .limit(1)
    )
    if row is None:
        return None
    position = (
        MeasuredPosition(row.latitude, row.longitude, row.accuracy_m or 0.0)
        if row.latitude is not None and row.longitude is not None
        else None
    )
    return CheckInView(row.entered_at, position, row.no_position_because, row.distance_note)

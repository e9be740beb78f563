"""The verbs of the slice."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.catalogue import service as catalogue
from palmcheck.inspections import checking
from palmcheck.inspections.countersignatures import awaited_countersigners
from palmcheck.inspections.events import CheckedIn, PartCompleted, PartSubmitted, PhotoArrived
from palmcheck.inspections.models import CheckIn, Inspection, InspectionPart, PartOfficer, Submission, SubmissionPhoto
from palmcheck.inspections.problems import (
    AlreadyEntered,
    ChecklistOfOtherPart,
    PartNotYours,
    PositionUnexplained,
)
from palmcheck.inspections.types import CheckInBody, CompletePart, DeskEntry
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.database import hot_rows
from palmcheck.kernel.events import SystemActor, Trace
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry import service as registry
from palmcheck.registry.types import TargetView

OPEN_STATES = ("issued", "under_way")
COMPLETION = SystemActor("inspections.completion")


async def check_in(tx: Tx, by: Actor, operation_id: UUID, body: CheckInBody) -> None:
    """Records an arrival on site (R25). Raises PartNotYours, PositionUnexplained."""
    part = await own_part(tx, by, body.part_id)
    if body.position is None and body.no_position_because is None:
        raise PositionUnexplained(field="no_position_because")
    position = body.position
    tx.session.add(
        CheckIn(
            jurisdiction_id=by.jurisdiction_id,
            id=operation_id,
            part_id=part.id,
            entered_at=body.entered_at,
            latitude=position.latitude if position else None,
            longitude=position.longitude if position else None,
            accuracy_m=position.accuracy_m if position else None,
            no_position_because=body.no_position_because,
            distance_note=body.distance_note,
            received_at=tx.now,
        )
    )
    if part.state == "issued":
        part.state = "under_way"
    tx.record(by, CheckedIn(jurisdiction_id=by.jurisdiction_id, part_id=part.id, entered_at=body.entered_at))


async def enter_at_desk(tx: Tx, by: Actor, part_id: UUID, entry: DeskEntry) -> None:
    """Enters a part's result at a desk; of a visit on site with the reason why not on the phone: it is no palm one.

    A repeat changes nothing. Raises PartNotYours, AlreadyEntered, IdReuse and what checking raises.
    """
    sent = digest(msgspec.to_builtins(entry))
    await tx.lock("submission", entry.submission_id)
    known = await tx.session.get(Submission, (by.jurisdiction_id, entry.submission_id))
    if known is not None:
        if known.request_sha256 != sent or known.part_id != part_id:
            raise IdReuse(field="submission_id")
        return
    part = await own_part(tx, by, part_id, lead_only=False)
    if part.state not in OPEN_STATES:
        raise AlreadyEntered(field="part_id")
    if entry.checklist_id != part.checklist_id:
        raise ChecklistOfOtherPart(field="checklist_id")
    checklist = await catalogue.checklist(tx.session, by.jurisdiction_id, part.checklist_id)
    inspection = await tx.session.get_one(Inspection, (part.jurisdiction_id, part.inspection_id))
    kind = (await _target(tx, part)).kind
    checking.check_desk_entry(entry, checklist, kind, inspection.method, tx.now)
    row = Submission(
        jurisdiction_id=by.jurisdiction_id,
        id=entry.submission_id,
        part_id=part.id,
        entry="desk",
        device_id=None,
        checklist_id=part.checklist_id,
        body=msgspec.to_builtins(entry),
        request_sha256=sent,
        result_code=entry.result_code,
        formed_at=min(entry.left_at, tx.now),
        received_at=tx.now,
    )
    await _enter(tx, by, part, row)
    await complete_when_whole(tx, part)


async def _enter(tx: Tx, by: Actor, part: InspectionPart, row: Submission) -> None:
    row.state = "accepted"
    tx.session.add(row)
    part.state, part.entry, part.submission_id = "awaiting_photos", row.entry, row.id
    part.result_code, part.formed_at = row.result_code, row.formed_at
    await tx.session.flush()
    submitted = PartSubmitted(
        jurisdiction_id=by.jurisdiction_id, part_id=part.id, submission_id=row.id, entry=row.entry, disputed=False
    )
    tx.record(by, submitted)


async def photos_arrived(tx: Tx, by: Trace, jurisdiction_id: UUID, part_id: UUID, arrived: dict[UUID, str]) -> None:
    """Marks photos that are in, by id and SHA-256; completes the part if its last photo is among them.

    A photo may come before or after its submission; whoever comes second calls this. Both hold the part's row
    while they look for the other, so neither can miss it.
    """
    part = await lock_part(tx, jurisdiction_id, part_id)
    expected = await tx.session.execute(
        update(SubmissionPhoto)
        .where(
            SubmissionPhoto.jurisdiction_id == jurisdiction_id,
            tuple_(SubmissionPhoto.photo_id, SubmissionPhoto.sha256).in_(list(arrived.items())),
            SubmissionPhoto.arrived_at.is_(None),
            SubmissionPhoto.submission_id.in_(
                select(Submission.id).where(
                    Submission.jurisdiction_id == jurisdiction_id, Submission.part_id == part_id
                )
            ),
        )
        .values(arrived_at=tx.now)
        .returning(SubmissionPhoto.photo_id)
    )
    for photo_id in expected.scalars():
        tx.record(by, PhotoArrived(jurisdiction_id=jurisdiction_id, part_id=part_id, photo_id=photo_id))
    await complete_when_whole(tx, part)


async def lock_part(tx: Tx, jurisdiction_id: UUID, part_id: UUID) -> InspectionPart:
    """The part's row, locked until the transaction ends. Raises NotFound."""
    part = await tx.session.get(InspectionPart, (jurisdiction_id, part_id), with_for_update=True)
    if part is None:
        raise NotFound(field="part_id")
    return part


async def hold_part(tx: Tx, jurisdiction_id: UUID, part_id: UUID) -> None:
    """Locks the part's row without reading it. Raises NotFound."""
    held = "select 1 from inspection_part where jurisdiction_id = $1 and id = $2 for update"
    if not await hot_rows(tx.session, held, jurisdiction_id, part_id):
        raise NotFound(field="part_id")


async def complete_when_whole(tx: Tx, part: InspectionPart) -> None:
    """A part is complete when its submission, all its photos and countersignatures are in (R3, R11)."""
    missing = select(SubmissionPhoto.photo_id).where(
        SubmissionPhoto.jurisdiction_id == part.jurisdiction_id,
        SubmissionPhoto.submission_id == part.submission_id,
        SubmissionPhoto.arrived_at.is_(None),
    )
    if part.state != "awaiting_photos" or await awaited_countersigners(tx.session, part):
        return
    if (await tx.session.execute(missing.limit(1))).first() is None:
        part.state = "complete"
        completed = PartCompleted(jurisdiction_id=part.jurisdiction_id, part_id=part.id)
        tx.record(COMPLETION, completed)


async def mark_published(tx: Tx, jurisdiction_id: UUID, part_id: UUID, record_id: UUID) -> list[UUID]:
    """Notes that a part's record is public (R12); answers the inspectors of the whole visit, who are told."""
    part = await tx.session.get_one(InspectionPart, (jurisdiction_id, part_id), with_for_update=True)
    part.state, part.record_id = "published", record_id
    whole_visit = select(PartOfficer.inspector_id).join(
        InspectionPart,
        (InspectionPart.jurisdiction_id == PartOfficer.jurisdiction_id) & (InspectionPart.id == PartOfficer.part_id),
    )
    rows = await tx.session.scalars(
        whole_visit.where(
            InspectionPart.jurisdiction_id == jurisdiction_id, InspectionPart.inspection_id == part.inspection_id
        ).distinct()
    )
    return list(rows)


async def complete_part(session: AsyncSession, jurisdiction_id: UUID, part_id: UUID) -> CompletePart:
    """A complete part with all that its public record is built from. Raises NotFound."""
    part = await session.get(InspectionPart, (jurisdiction_id, part_id))
    if part is None or part.submission_id is None or part.formed_at is None or part.result_code is None:
        raise NotFound(field="part_id")
    inspection = await session.get_one(Inspection, (jurisdiction_id, part.inspection_id))
    submission = await session.get_one(Submission, (jurisdiction_id, part.submission_id))
    items = await catalogue.check_items(session, jurisdiction_id, part.check_item_ids)
    answers: dict[str, Any] = submission.body["answers"]
    return CompletePart(
        jurisdiction_id=jurisdiction_id,
        id=part.id,
        inspection_id=inspection.id,
        plan_task_id=inspection.plan_task_id,
        target_id=inspection.target_id,
        department_id=part.department_id,
        method=inspection.method,
        checklist=await catalogue.checklist(session, jurisdiction_id, submission.checklist_id),
        items=[items[each] for each in part.check_item_ids],
        answers=answers,
        result_code=part.result_code,
        formed_at=part.formed_at,
        officer_ids=[officer.inspector_id for officer in await _officers(session, part)],
        submission_id=submission.id,
    )


async def may_add_photo(session: AsyncSession, by: Actor, part_id: UUID) -> bool:
    """Whether this inspector goes to the part's visit for its department (the partner may add photos)."""
    return by.inspector_id is not None and (
        await session.get(PartOfficer, (by.jurisdiction_id, part_id, by.inspector_id)) is not None
    )


async def own_part(tx: Tx, by: Actor, part_id: UUID, *, lead_only: bool = True) -> InspectionPart:
    """The part, locked. A part belongs to its lead officer's device; at a desk any of its officers may enter."""
    part = await tx.session.get(InspectionPart, (by.jurisdiction_id, part_id), with_for_update=True)
    officers = await _officers(tx.session, part) if part else []
    mine = [officer for officer in officers if officer.inspector_id == by.inspector_id]
    if part is None or not mine or (lead_only and mine[0] is not officers[0]):
        raise PartNotYours(field="part_id", rule="R11")
    return part


async def _officers(session: AsyncSession, part: InspectionPart) -> list[PartOfficer]:
    """The part's officers; the lowest taken seat leads."""
    rows = await session.scalars(
        select(PartOfficer)
        .where(PartOfficer.jurisdiction_id == part.jurisdiction_id, PartOfficer.part_id == part.id)
        .order_by(PartOfficer.seat)
    )
    return list(rows)


async def _target(tx: Tx, part: InspectionPart) -> TargetView:
    inspection = await tx.session.get_one(Inspection, (part.jurisdiction_id, part.inspection_id))
    found = await registry.targets(tx.session, part.jurisdiction_id, [inspection.target_id])
    return found[inspection.target_id]

"""A part's result from the phone: the busiest of all verbs, so it asks the database in few words.

The part is held first. What is looked up while it is held (its officers, the photos that are in) can then not be
missed: a photo that comes meanwhile waits for the same row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from palmcheck.accounts.actor import Actor
from palmcheck.catalogue import service as catalogue
from palmcheck.inspections import checking, forming
from palmcheck.inspections.doubting import doubt_registry
from palmcheck.inspections.events import PartCompleted, PartSubmitted, PhotoArrived
from palmcheck.inspections.models import Inspection, InspectionPart, PartOfficer
from palmcheck.inspections.problems import ChecklistOfOtherPart, PartNotYours
from palmcheck.inspections.service import COMPLETION, OPEN_STATES, complete_when_whole
from palmcheck.inspections.types import SubmitBody
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import CONTACT_ATTEMPTS
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.database import hot_rows
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry import reads as registry

_targets = registry.target_rows.subquery()
_seats = (
    select(func.array_agg(aggregate_order_by(PartOfficer.inspector_id, PartOfficer.seat)))
    .where(PartOfficer.jurisdiction_id == bindparam("place"), PartOfficer.part_id == bindparam("part"))
    .scalar_subquery()
)
_around = (
    select(Inspection.target_id, _targets.c.kind, _seats.label("officers"))
    .join(
        _targets, (_targets.c.jurisdiction_id == Inspection.jurisdiction_id) & (_targets.c.id == Inspection.target_id)
    )
    .where(Inspection.jurisdiction_id == bindparam("place"), Inspection.id == bindparam("visit"))
)
_ENTER = """
with entered as (insert into submission (jurisdiction_id, id, part_id, state, entry, device_id, checklist_id, body,
  request_sha256, result_code, formed_at, received_at, page_code_sha256, correction_id, operation_sha256)
  values ($1, $2, $3, $4, 'mobile', $5, $6, $7, $8, $9, $10, $11, $12, $13, $17))
insert into submission_photo (jurisdiction_id, submission_id, photo_id, sha256, arrived_at)
select $1, $2, photo, sha256, case when arrived then $11 end
from unnest($14::uuid[], $15::text[], $16::boolean[]) as t (photo, sha256, arrived)
"""


@dataclass(frozen=True)
class HeldPart:
    """A part that its lead's phone holds until the transaction ends. `officers`: the lead first."""

    row: InspectionPart
    officers: list[UUID]
    target_id: UUID
    target_kind: str


async def hold_own_part(tx: Tx, by: Actor, part_id: UUID) -> HeldPart:
    """Locks a part for the phone of its lead officer, whose it is. Raises PartNotYours."""
    row = await tx.session.get(InspectionPart, (by.jurisdiction_id, part_id), with_for_update=True)
    if row is None:
        raise PartNotYours(field="part_id", rule="R11")
    asked = {"place": by.jurisdiction_id, "part": part_id, "visit": row.inspection_id}
    around = (await (await tx.session.connection()).execute(_around, asked)).one()
    officers: list[UUID] = around.officers or []
    if not officers or officers[0] != by.inspector_id:
        raise PartNotYours(field="part_id", rule="R11")
    return HeldPart(row, officers, around.target_id, around.kind)


async def submit_part(
    tx: Tx,
    by: Actor,
    part: HeldPart,
    operation_id: UUID,
    body: SubmitBody,
    not_before: datetime,
    arrived: Mapping[UUID, str],
    operation_sha256: str | None = None,
) -> bool:
    """Enters a part's result from the phone; True if the part had none yet, False if it went into dispute.

    A second full submission is kept for the lead to decide. `not_before`: when the phone's newest nonce was given
    out; `arrived`: the photos that are in, asked for while the part is held, with their SHA-256. Raises
    ChecklistOfOtherPart and what checking raises.
    """
    place, row = by.jurisdiction_id, part.row
    if body.checklist_id != row.checklist_id:
        raise ChecklistOfOtherPart(field="checklist_id")
    checklist = await catalogue.checklist(tx.session, place, row.checklist_id)
    attempts = await jurisdictions.setting(tx.session, place, CONTACT_ATTEMPTS) if body.outcome else 0
    checking.check_submission(body, checklist, part.target_kind, part.officers, attempts)
    fresh = row.state in OPEN_STATES
    doubted = None
    if fresh and body.outcome is not None and body.outcome.registry_doubt:
        doubted = await doubt_registry(tx, by, part.target_id, body.outcome)
    formed_at = forming.formed_at(body.left_at, not_before, tx.now)
    there = [arrived.get(photo.id) == photo.sha256 for photo in body.photos]
    await hot_rows(
        tx.session,
        _ENTER,
        *(place, operation_id, row.id, "accepted" if fresh else "disputed", by.device_id, row.checklist_id),
        *(msgspec.json.encode(body).decode(), digest(msgspec.to_builtins(body)), body.result_code),
        *(formed_at, tx.now, body.page_code_sha256, doubted),
        *([photo.id for photo in body.photos], [photo.sha256 for photo in body.photos], there, operation_sha256),
    )
    _record(tx, by, part, operation_id, fresh, [photo.id for photo, in_ in zip(body.photos, there, strict=True) if in_])
    if fresh:
        row.state, row.entry, row.submission_id = "awaiting_photos", "mobile", operation_id
        row.result_code, row.formed_at = body.result_code, formed_at
        if body.countersigners:
            await complete_when_whole(tx, row)
        elif all(there):  # a part is complete when its submission and all its photos are in (R11)
            row.state = "complete"
            tx.record(COMPLETION, PartCompleted(jurisdiction_id=place, part_id=row.id))
    return fresh


def _record(tx: Tx, by: Actor, part: HeldPart, submission_id: UUID, fresh: bool, arrived: list[UUID]) -> None:
    place, id = part.row.jurisdiction_id, part.row.id
    tx.record(
        by,
        PartSubmitted(
            jurisdiction_id=place, part_id=id, submission_id=submission_id, entry="mobile", disputed=not fresh
        ),
    )
    for photo_id in arrived:
        tx.record(by, PhotoArrived(jurisdiction_id=place, part_id=id, photo_id=photo_id))

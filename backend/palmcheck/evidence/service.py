"""The verbs of the slice: what becomes of an upload, apart from its bytes (see receiving.py for these)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import structs
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.evidence.events import UploadCompleted, UploadCreated, UploadReopened, UploadTerminated
from palmcheck.evidence.models import PhotoFacts, Upload
from palmcheck.evidence.photo_matching import differing
from palmcheck.evidence.problems import (
    REFUSALS,
    PartNotYours,
    PhotoNamedTwice,
    PhotoNotAsSubmitted,
    TooManyPhotos,
    UploadBusy,
)
from palmcheck.evidence.types import Ended, Examined, NewUpload
from palmcheck.inspections import reads, views
from palmcheck.inspections import service as inspections
from palmcheck.inspections.named_photos import photo_refs
from palmcheck.inspections.types import PhotoRef
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import UPLOAD_DAYS
from palmcheck.kernel.events import Trace
from palmcheck.kernel.problems import IdReuse, NotFound, Problem
from palmcheck.kernel.unit_of_work import Tx

MOST_PHOTOS = 300
"""Uploads of one part that are not given up: three times what a submission can name."""


async def create_upload(tx: Tx, by: Actor, new: NewUpload) -> None:
    """Announces a photo of a part; a repeat changes nothing.

    A repeat opens a terminated one again: the submission that names the photo is signed, so the photo has to
    come under this id or never. Raises PartNotYours, IdReuse, TooManyPhotos, PhotoNotAsSubmitted, and once more
    why its bytes were refused.
    """
    if by.device_id is None or not await inspections.may_add_photo(tx.session, by, new.part_id):
        raise PartNotYours(field="part_id", rule="R11")
    known = await tx.session.get(Upload, (by.jurisdiction_id, new.id))
    if known is None:
        await _check_announced(tx.session, by, new)
        if await _insert(tx, by, by.device_id, new):
            created = UploadCreated(
                jurisdiction_id=by.jurisdiction_id,
                upload_id=new.id,
                part_id=new.part_id,
                sha256=new.sha256,
                length=new.length,
            )
            tx.record(by, created)
            return
        known = await tx.session.get_one(Upload, (by.jurisdiction_id, new.id))
    if known.account_id != by.account_id or known.request_sha256 != new.request_sha256:
        raise IdReuse(field="id")
    if known.refusal is not None:
        raise _refused_before(known.refusal)
    if known.state == "terminated" or is_expired(known, tx.now):
        row = await _locked(tx, by.jurisdiction_id, new.id, known.state)
        row.state, row.expires_at = "receiving", await _expiry(tx, by.jurisdiction_id)
        tx.record(by, UploadReopened(jurisdiction_id=by.jurisdiction_id, upload_id=new.id, part_id=new.part_id))


def is_expired(upload: Upload, at: datetime) -> bool:
    """Whether an incomplete upload's time is over."""
    return upload.state == "receiving" and upload.expires_at is not None and upload.expires_at <= at


async def _expiry(tx: Tx, jurisdiction_id: UUID) -> datetime:
    return tx.now + timedelta(days=await jurisdictions.setting(tx.session, jurisdiction_id, UPLOAD_DAYS))


async def _check_announced(session: AsyncSession, by: Actor, new: NewUpload) -> None:
    """Raises PhotoNotAsSubmitted if a submission is there that describes another photo, and TooManyPhotos."""
    refs = await photo_refs(session, by.jurisdiction_id, new.part_id, new.id)
    _check_any(refs, new.sha256, new.media_type, new.length, None)
    held = select(func.count()).where(
        Upload.jurisdiction_id == by.jurisdiction_id, Upload.part_id == new.part_id, Upload.state != "terminated"
    )
    if (await session.scalar(held) or 0) >= MOST_PHOTOS:
        raise TooManyPhotos(field="part_id", most=MOST_PHOTOS)


def _check_any(refs: Sequence[PhotoRef], sha256: str, media_type: str, length: int, found: Examined | None) -> None:
    """One description that fits is enough: a part in dispute may have several. Raises PhotoNotAsSubmitted."""
    faults = [differing(ref, sha256, media_type, length, found) for ref in refs]
    if faults and all(faults):
        raise PhotoNotAsSubmitted(field=faults[-1])


def _refused_before(refusal: dict[str, Any]) -> Problem:
    return REFUSALS[refusal["code"]](field=refusal["field"], **refusal["params"])


async def _insert(tx: Tx, by: Actor, device_id: UUID, new: NewUpload) -> bool:
    """False if the id is there already; of two at the same time the second waits for the first."""
    values = {
        "jurisdiction_id": by.jurisdiction_id,
        "id": new.id,
        "part_id": new.part_id,
        "account_id": by.account_id,
        "device_id": device_id,
        "sha256": new.sha256,
        "length": new.length,
        "media_type": new.media_type,
        "filename": new.filename,
        "request_sha256": new.request_sha256,
        "state": "receiving",
        "created_at": tx.now,
        "expires_at": await _expiry(tx, by.jurisdiction_id),
    }
    inserted = insert(Upload).values(values).on_conflict_do_nothing().returning(Upload.id)
    return await tx.session.scalar(inserted) is not None


async def own_upload(session: AsyncSession, by: Actor, id: UUID) -> Upload:
    """The caller's upload as it stands now. Raises NotFound, also for another account's."""
    row = await session.get(Upload, (by.jurisdiction_id, id))
    if row is None or row.account_id != by.account_id:
        raise NotFound(field="id")
    return row


async def shown_photo(session: AsyncSession, by: Actor, inspection_id: UUID, id: UUID) -> Upload:
    """A complete photo of an inspection that the caller may read. Raises NotFound."""
    jurisdiction_id = await views.jurisdiction_of(session, by, inspection_id)
    row = await session.get(Upload, (jurisdiction_id, id))
    parts = reads.part_rows.subquery()
    part = select(parts.c.id).where(parts.c.jurisdiction_id == jurisdiction_id, parts.c.inspection_id == inspection_id)
    if row is None or row.state != "complete" or row.part_id not in set(await session.scalars(part)):
        raise NotFound(field="id")
    return row


async def complete_upload(tx: Tx, by: Actor, upload: Upload, found: Examined) -> None:
    """Marks a checked photo as in and completes its part if it was the last (R11).

    The part is locked before the upload's row changes, and a submission locks it before it asks
    `completed_among`: whoever comes second sees the other. Raises PhotoNotAsSubmitted.
    """
    await inspections.lock_part(tx, upload.jurisdiction_id, upload.part_id)
    refs = await photo_refs(tx.session, upload.jurisdiction_id, upload.part_id, upload.id)
    _check_any(refs, upload.sha256, upload.media_type, upload.length, found)
    await inspections.photos_arrived(tx, by, upload.jurisdiction_id, upload.part_id, {upload.id: upload.sha256})
    row = await _locked(tx, upload.jurisdiction_id, upload.id, "receiving")
    row.state, row.completed_at = "complete", tx.now
    facts = PhotoFacts(jurisdiction_id=row.jurisdiction_id, id=row.id, **structs.asdict(found))
    await tx.session.merge(facts)
    completed = UploadCompleted(
        jurisdiction_id=row.jurisdiction_id, upload_id=row.id, part_id=row.part_id, sha256=row.sha256
    )
    tx.record(by, completed)


async def terminate_upload(tx: Tx, by: Trace, upload: Upload, because: Ended, refused: Problem | None = None) -> None:
    """Gives up an upload as the caller saw it; the caller deletes its bytes.

    `refused`: why these bytes are never taken again. Raises UploadBusy.
    """
    row = await _locked(tx, upload.jurisdiction_id, upload.id, upload.state)
    row.state = "terminated"
    if refused is not None:
        params = {key: str(value) for key, value in refused.params.items()}
        row.refusal = {"code": refused.code, "field": refused.field, "params": params}
    terminated = UploadTerminated(
        jurisdiction_id=row.jurisdiction_id, upload_id=row.id, part_id=row.part_id, because=because
    )
    tx.record(by, terminated)


async def completed_among(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Those of the photos that are in, with their SHA-256. Ask while holding the part's lock."""
    wanted = select(Upload.id, Upload.sha256).where(
        Upload.jurisdiction_id == jurisdiction_id, Upload.id.in_(list(ids)), Upload.state == "complete"
    )
    return {row.id: row.sha256 for row in await session.execute(wanted)}


async def check_photos(session: AsyncSession, jurisdiction_id: UUID, part_id: UUID, refs: Sequence[PhotoRef]) -> None:
    """Compares a submission's photos with those of them that are known, on their way or in.

    Raises PhotoNamedTwice, PhotoNotAsSubmitted.
    """
    wanted = select(Upload, PhotoFacts).outerjoin(
        PhotoFacts, (PhotoFacts.jurisdiction_id == Upload.jurisdiction_id) & (PhotoFacts.id == Upload.id)
    )
    ids = [ref.id for ref in refs]
    rows = await session.execute(wanted.where(Upload.jurisdiction_id == jurisdiction_id, Upload.id.in_(ids)))
    known = {upload.id: (upload, facts) for upload, facts in rows}
    for place, ref in enumerate(refs):
        if ref.id in ids[:place]:
            raise PhotoNamedTwice(field=f"photos.{place}.id")
        if ref.id not in known:
            continue
        upload, facts = known[ref.id]
        fault = "id" if upload.part_id != part_id else None
        fault = fault or differing(ref, upload.sha256, upload.media_type, upload.length, _examined(facts))
        if fault is not None:
            raise PhotoNotAsSubmitted(field=f"photos.{place}.{fault}")


def _examined(facts: PhotoFacts | None) -> Examined | None:
    if facts is None:
        return None
    return Examined(facts.width, facts.height, facts.orientation, facts.exif, facts.perceptual_hash)


def object_key(upload: Upload) -> str:
    """Where the object store has the bytes. The jurisdiction is part of it, for phones mint the ids."""
    return f"{upload.jurisdiction_id}-{upload.id}"


async def _locked(tx: Tx, jurisdiction_id: UUID, id: UUID, state: str) -> Upload:
    """The row, locked, in the state that the caller saw. Raises UploadBusy if it changed meanwhile."""
    row = await tx.session.get_one(Upload, (jurisdiction_id, id), with_for_update=True, populate_existing=True)
    if row.state != state:
        raise UploadBusy(field="id")
    return row

"""The verbs of the slice: what becomes of an upload, apart from its bytes (see receiving.py for these)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import json, structs
from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.evidence.events import UploadCompleted, UploadCreated, UploadReopened, UploadTerminated
from palmcheck.evidence.models import PhotoFacts, Upload
from palmcheck.evidence.photo_matching import differing
from palmcheck.evidence.problems import (
    REFUSALS,
    PartNotYours,
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
from palmcheck.kernel.database import hot_rows
from palmcheck.kernel.events import Trace
from palmcheck.kernel.problems import IdReuse, NotFound, Problem
from palmcheck.kernel.unit_of_work import Tx

_FIRST = (
    "jurisdiction_id", "id", "part_id", "account_id", "device_id", "sha256", "length", "media_type", "filename",
    "request_sha256", "state", "created_at",
)  # fmt: skip
_INSERT_COMPLETE = """
with photo as (insert into upload (jurisdiction_id, id, part_id, account_id, device_id, sha256, length, media_type,
  filename, request_sha256, state, created_at, completed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
  $13) on conflict do nothing returning jurisdiction_id, id)
insert into photo_facts (jurisdiction_id, id, width, height, orientation, exif, perceptual_hash)
select jurisdiction_id, id, $14, $15, $16, $17, $18 from photo returning id
"""
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
        if await _insert(tx, by, new):
            tx.record(by, _created(by, new))
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


_held = select(func.count()).where(
    Upload.jurisdiction_id == bindparam("place"), Upload.part_id == bindparam("part"), Upload.state != "terminated"
)
_officers, _named = reads.officer_rows.subquery(), reads.named_rows.subquery()
_standing = select(
    exists()
    .where(
        _officers.c.jurisdiction_id == bindparam("place"),
        _officers.c.part_id == bindparam("part"),
        _officers.c.inspector_id == bindparam("inspector"),
    )
    .label("mine"),
    exists().where(Upload.jurisdiction_id == bindparam("place"), Upload.id == bindparam("id")).label("known"),
    exists().where(_named.c.jurisdiction_id == bindparam("place"), _named.c.photo_id == bindparam("id")).label("named"),
    _held.scalar_subquery().label("held"),
)


async def is_fresh(connection: AsyncConnection, by: Actor, new: NewUpload) -> bool:
    """Whether a photo is new to everybody, in one statement; about one that is not, `create_upload` knows more.

    Raises PartNotYours, TooManyPhotos.
    """
    asked = {"place": by.jurisdiction_id, "part": new.part_id, "inspector": by.inspector_id, "id": new.id}
    found = (await connection.execute(_standing, asked)).one()
    if by.device_id is None or by.inspector_id is None or not found.mine:
        raise PartNotYours(field="part_id", rule="R11")
    if found.known or found.named:
        return False
    if found.held >= MOST_PHOTOS:
        raise TooManyPhotos(field="part_id", most=MOST_PHOTOS)
    return True


def is_expired(upload: Upload, at: datetime) -> bool:
    """Whether an incomplete upload's time is over."""
    return upload.state == "receiving" and upload.expires_at is not None and upload.expires_at <= at


async def _expiry(tx: Tx, jurisdiction_id: UUID) -> datetime:
    return tx.now + timedelta(days=await jurisdictions.setting(tx.session, jurisdiction_id, UPLOAD_DAYS))


async def _check_announced(session: AsyncSession, by: Actor, new: NewUpload) -> None:
    """Raises PhotoNotAsSubmitted if a submission is there that describes another photo, and TooManyPhotos."""
    refs = await photo_refs(session, by.jurisdiction_id, new.part_id, new.id)
    _check_any(refs, new.sha256, new.media_type, new.length, None)
    if (await session.scalar(_held, {"place": by.jurisdiction_id, "part": new.part_id}) or 0) >= MOST_PHOTOS:
        raise TooManyPhotos(field="part_id", most=MOST_PHOTOS)


def _check_any(refs: Sequence[PhotoRef], sha256: str, media_type: str, length: int, found: Examined | None) -> None:
    """One description that fits is enough: a part in dispute may have several. Raises PhotoNotAsSubmitted."""
    faults = [differing(ref, sha256, media_type, length, found) for ref in refs]
    if faults and all(faults):
        raise PhotoNotAsSubmitted(field=faults[-1])


def _refused_before(refusal: dict[str, Any]) -> Problem:
    return REFUSALS[refusal["code"]](field=refusal["field"], **refusal["params"])


def _created(by: Actor, new: NewUpload | Upload) -> UploadCreated:
    return UploadCreated(
        jurisdiction_id=by.jurisdiction_id,
        upload_id=new.id,
        part_id=new.part_id,
        sha256=new.sha256,
        length=new.length,
    )


def upload_row(by: Actor, new: NewUpload, at: datetime) -> Upload:
    """The row of an announced photo, not yet in the database; how long it may take is not said."""
    assert by.device_id is not None
    return Upload(
        jurisdiction_id=by.jurisdiction_id,
        account_id=by.account_id,
        device_id=by.device_id,
        state="receiving",
        created_at=at,
        **structs.asdict(new),
    )


async def _insert(tx: Tx, by: Actor, new: NewUpload) -> bool:
    """False if the id is there already; of two at the same time the second waits for the first."""
    row = upload_row(by, new, tx.now)
    values = {key: getattr(row, key) for key in _FIRST} | {"expires_at": await _expiry(tx, by.jurisdiction_id)}
    inserted = insert(Upload).values(values).on_conflict_do_nothing().returning(Upload.id)
    return await tx.session.scalar(inserted) is not None


async def complete_new(tx: Tx, by: Actor, upload: Upload, found: Examined) -> None:
    """Notes a photo that came with its announcement and was checked, as `complete_upload` does one that was known.

    Raises PhotoNotAsSubmitted, and UploadBusy if it was announced meanwhile: its bytes are there for that one.
    """
    await _check_and_mark(tx, by, upload, found)
    row = ["complete" if key == "state" else getattr(upload, key) for key in _FIRST]
    facts = [found.width, found.height, found.orientation, json.encode(found.exif).decode(), found.perceptual_hash]
    if not await hot_rows(tx.session, _INSERT_COMPLETE, *row, tx.now, *facts):
        raise UploadBusy(field="id")
    tx.record(by, _created(by, upload))
    tx.record(by, _completed(upload))


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
    `check_photos`: whoever comes second sees the other. Raises PhotoNotAsSubmitted.
    """
    await _check_and_mark(tx, by, upload, found)
    row = await _locked(tx, upload.jurisdiction_id, upload.id, "receiving")
    row.state, row.completed_at = "complete", tx.now
    await tx.session.merge(PhotoFacts(jurisdiction_id=row.jurisdiction_id, id=row.id, **structs.asdict(found)))
    tx.record(by, _completed(row))


def _completed(upload: Upload) -> UploadCompleted:
    return UploadCompleted(
        jurisdiction_id=upload.jurisdiction_id, upload_id=upload.id, part_id=upload.part_id, sha256=upload.sha256
    )


async def _check_and_mark(tx: Tx, by: Actor, upload: Upload, found: Examined) -> None:
    """Locks the part; the photo of a submission that is there already is compared with it and marked as in."""
    await inspections.hold_part(tx, upload.jurisdiction_id, upload.part_id)
    refs = await photo_refs(tx.session, upload.jurisdiction_id, upload.part_id, upload.id)
    _check_any(refs, upload.sha256, upload.media_type, upload.length, found)
    if refs:
        await inspections.photos_arrived(tx, by, upload.jurisdiction_id, upload.part_id, {upload.id: upload.sha256})


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


def object_key(upload: Upload) -> str:
    """Where the object store has the bytes. The jurisdiction is part of it, for phones mint the ids."""
    return f"{upload.jurisdiction_id}-{upload.id}"


async def _locked(tx: Tx, jurisdiction_id: UUID, id: UUID, state: str) -> Upload:
    """The row, locked, in the state that the caller saw. Raises UploadBusy if it changed meanwhile."""
    row = await tx.session.get_one(Upload, (jurisdiction_id, id), with_for_update=True, populate_existing=True)
    if row.state != state:
        raise UploadBusy(field="id")
    return row

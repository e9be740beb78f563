"""The verbs of the slice: what becomes of an upload, apart from its bytes (see receiving.py for these)."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.evidence.events import UploadCompleted, UploadCreated, UploadReopened, UploadTerminated
from palmcheck.evidence.models import Upload
from palmcheck.evidence.problems import PartNotYours, UploadBusy
from palmcheck.evidence.types import Ended, NewUpload
from palmcheck.inspections import service as inspections
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx


async def create_upload(tx: Tx, by: Actor, new: NewUpload) -> None:
    """Announces a photo of a part; a repeat changes nothing.

    A repeat opens a terminated one again: the submission that names the photo is signed, so the photo has to
    come under this id or never. Raises PartNotYours, IdReuse.
    """
    if by.device_id is None or not await inspections.may_add_photo(tx.session, by, new.part_id):
        raise PartNotYours(field="part_id", rule="R11")
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
    if known.state == "terminated":
        row = await _locked(tx, by, new.id, "terminated")
        row.state = "receiving"
        tx.record(by, UploadReopened(jurisdiction_id=by.jurisdiction_id, upload_id=new.id, part_id=new.part_id))


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
    }
    inserted = insert(Upload).values(values).on_conflict_do_nothing().returning(Upload.id)
    return await tx.session.scalar(inserted) is not None


async def own_upload(session: AsyncSession, by: Actor, id: UUID) -> Upload:
    """The caller's upload as it stands now. Raises NotFound, also for another account's."""
    row = await session.get(Upload, (by.jurisdiction_id, id))
    if row is None or row.account_id != by.account_id:
        raise NotFound(field="id")
    return row


async def complete_upload(tx: Tx, by: Actor, upload: Upload) -> None:
    """Marks a checked photo as in and completes its part if it was the last (R11).

    The part is locked before the upload's row changes, and a submission locks it before it asks
    `completed_among`: whoever comes second sees the other.
    """
    await inspections.photos_arrived(tx, by, upload.jurisdiction_id, upload.part_id, {upload.id: upload.sha256})
    row = await _locked(tx, by, upload.id, "receiving")
    row.state, row.completed_at = "complete", tx.now
    completed = UploadCompleted(
        jurisdiction_id=row.jurisdiction_id, upload_id=row.id, part_id=row.part_id, sha256=row.sha256
    )
    tx.record(by, completed)


async def terminate_upload(tx: Tx, by: Actor, id: UUID, because: Ended) -> None:
    """Gives up an upload that is not complete. The caller deletes its bytes. Raises UploadBusy."""
    row = await _locked(tx, by, id, "receiving")
    row.state = "terminated"
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


def object_key(upload: Upload) -> str:
    """Where the object store has the bytes. The jurisdiction is part of it, for phones mint the ids."""
    return f"{upload.jurisdiction_id}-{upload.id}"


async def _locked(tx: Tx, by: Actor, id: UUID, state: str) -> Upload:
    """The row, locked, in the state that the caller saw. Raises UploadBusy if it changed meanwhile."""
    key = (by.jurisdiction_id, id)
    row = await tx.session.get_one(Upload, key, with_for_update=True, populate_existing=True)
    if row.state != state:
        raise UploadBusy(field="id")
    return row

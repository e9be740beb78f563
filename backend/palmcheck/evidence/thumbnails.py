"""Small pictures for lists: made by a job once a photo is in, and again by whoever asks should one be missing."""

from collections.abc import AsyncIterator
from uuid import UUID

from palmcheck.evidence import examining
from palmcheck.evidence.events import UploadCompleted
from palmcheck.evidence.models import Upload
from palmcheck.evidence.service import object_key
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Tx

PREFIX = "thumbnail-"


async def make_thumbnail(tx: Tx, event: UploadCompleted) -> None:
    """Reaction to a photo that is in. It writes no row: that the object is there is all there is to know."""
    upload = await tx.session.get(Upload, (event.jurisdiction_id, event.upload_id))
    if upload is not None and upload.state == "complete":
        await ensure_thumbnail(tx.store, upload)


async def ensure_thumbnail(store: ObjectStore, upload: Upload) -> str:
    """The key of a complete photo's thumbnail, which is made unless it is there."""
    key = thumbnail_key(upload.jurisdiction_id, upload.id)
    if await store.length(key) == 0:
        async with store.as_file(object_key(upload)) as path:
            content = await examining.in_thread(examining.thumbnail, path, upload.media_type)
        await store.append(key, 0, _whole(content))
        await store.seal(key)
    return key


def thumbnail_key(jurisdiction_id: UUID, id: UUID) -> str:
    """Where the object store has it; not among the photos, for it is no evidence."""
    return f"{PREFIX}{jurisdiction_id}-{id}"


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content

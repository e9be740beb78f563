"""Blurred copies of photos, kept apart from the photos themselves: made, read, and gone for good (R18)."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.evidence import blurring, examining
from palmcheck.evidence.blurring import BlurredCopy, Place
from palmcheck.evidence.models import Upload
from palmcheck.evidence.service import object_key
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.problems import NotFound

PREFIX = "public-"


async def make_copy(
    session: AsyncSession, store: ObjectStore, jurisdiction_id: UUID, photo_id: UUID, places: Sequence[Place]
) -> BlurredCopy:
    """The blurred copy of a photo that is in; nothing is kept yet. Raises NotFound."""
    upload = await session.get(Upload, (jurisdiction_id, photo_id))
    if upload is None or upload.state != "complete":
        raise NotFound(field="photo_id")
    async with store.as_file(object_key(upload)) as path:
        return await examining.in_thread(blurring.blurred_copy, path, list(places))


async def keep_copy(store: ObjectStore, jurisdiction_id: UUID, id: UUID, copy: BlurredCopy) -> None:
    """Puts a copy into the store under an id of its own; what an earlier try left there is written over."""
    await store.append(copy_key(jurisdiction_id, id), 0, _whole(copy.content))


async def read_copy(store: ObjectStore, jurisdiction_id: UUID, id: UUID) -> AsyncIterator[bytes]:
    """The copy's bytes. Raises NotFound before the first of them: an answer that has begun cannot be refused."""
    key = copy_key(jurisdiction_id, id)
    if await store.length(key) == 0:
        raise NotFound(field="id")
    return store.read(key)


async def remove_copy(store: ObjectStore, jurisdiction_id: UUID, id: UUID) -> None:
    """Deletes a copy; nothing happens when it is gone already."""
    await store.delete(copy_key(jurisdiction_id, id))


def copy_key(jurisdiction_id: UUID, id: UUID) -> str:
    """Where the object store has it; not among the photos, for it is no evidence."""
    return f"{PREFIX}{jurisdiction_id}-{id}"


async def _whole(content: bytes) -> AsyncIterator[bytes]:
    yield content

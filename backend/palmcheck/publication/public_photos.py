"""The photos of a record that anybody may see: blurred copies that a second person has released (R18)."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.evidence.public_copies import read_copy
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.problems import NotFound
from palmcheck.publication.models import PublicPhoto, PublicRecord
from palmcheck.publication.types import PublicPhotoView


def _released(record_id: UUID) -> Select[PublicPhoto]:
    """A record that was withdrawn has no version any more, and so no photo."""
    stands = exists().where(
        PublicRecord.jurisdiction_id == PublicPhoto.jurisdiction_id, PublicRecord.id == PublicPhoto.record_id
    )
    return select(PublicPhoto).where(PublicPhoto.record_id == record_id, PublicPhoto.verdict == "confirmed", stands)


async def public_photos(session: AsyncSession, record_id: UUID) -> list[PublicPhotoView]:
    """A record's photos in the order in which they were chosen."""
    rows = await session.scalars(_released(record_id).order_by(PublicPhoto.id))
    return [PublicPhotoView(f"/records/{record_id}/photos/{row.id}", row.width, row.height) for row in rows]


async def read_public_photo(
    session: AsyncSession, store: ObjectStore, record_id: UUID, id: UUID
) -> AsyncIterator[bytes]:
    """A public photo's bytes. Raises NotFound, also for one that is public no longer."""
    row = await session.scalar(_released(record_id).where(PublicPhoto.id == id))
    if row is None:
        raise NotFound(field="id")
    return await read_copy(store, row.jurisdiction_id, row.id)

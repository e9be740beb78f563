"""A submission's photos beside those that are known."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.evidence.models import PhotoFacts, Upload
from palmcheck.evidence.photo_matching import differing
from palmcheck.evidence.problems import PhotoNamedTwice, PhotoNotAsSubmitted
from palmcheck.evidence.types import Examined
from palmcheck.inspections.types import PhotoRef

_of_ids = (
    select(
        Upload.id,
        Upload.part_id,
        Upload.sha256,
        Upload.media_type,
        Upload.length,
        Upload.state,
        PhotoFacts.width,
        PhotoFacts.height,
        PhotoFacts.orientation,
    )
    .outerjoin(PhotoFacts, (PhotoFacts.jurisdiction_id == Upload.jurisdiction_id) & (PhotoFacts.id == Upload.id))
    .where(
        Upload.jurisdiction_id == bindparam("place"),
        Upload.id == func.any(bindparam("ids", type_=ARRAY(Uuid()))),
    )
)


async def check_photos(
    session: AsyncSession, jurisdiction_id: UUID, part_id: UUID, refs: Sequence[PhotoRef]
) -> dict[UUID, str]:
    """Compares a submission's photos with those that are known; answers those that are in, with their SHA-256.

    Ask while holding the part's lock: whoever completes a photo holds it too. Raises PhotoNamedTwice,
    PhotoNotAsSubmitted.
    """
    ids = [ref.id for ref in refs]
    found = await (await session.connection()).execute(_of_ids, {"place": jurisdiction_id, "ids": ids})
    known = {row.id: row for row in found}
    for place, ref in enumerate(refs):
        if ref.id in ids[:place]:
            raise PhotoNamedTwice(field=f"photos.{place}.id")
        if ref.id not in known:
            continue
        row = known[ref.id]
        fault = "id" if row.part_id != part_id else None
        size = None if row.width is None else Examined(row.width, row.height, row.orientation, {}, None)
        fault = fault or differing(ref, row.sha256, row.media_type, row.length, size)
        if fault is not None:
            raise PhotoNotAsSubmitted(field=f"photos.{place}.{fault}")
    return {row.id: row.sha256 for row in known.values() if row.state == "complete"}

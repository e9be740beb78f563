"""The photos that submissions name, for the slice that takes their bytes in."""

from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections.models import Submission, SubmissionPhoto
from palmcheck.inspections.types import PhotoRef

_bodies = (
    select(Submission.body)
    .join(
        SubmissionPhoto,
        (SubmissionPhoto.jurisdiction_id == Submission.jurisdiction_id)
        & (SubmissionPhoto.submission_id == Submission.id),
    )
    .where(
        SubmissionPhoto.jurisdiction_id == bindparam("place"),
        SubmissionPhoto.photo_id == bindparam("photo"),
        Submission.part_id == bindparam("part"),
    )
)


async def photo_refs(session: AsyncSession, jurisdiction_id: UUID, part_id: UUID, photo_id: UUID) -> list[PhotoRef]:
    """What the submissions of a part say of one photo; several where the part is in dispute."""
    asked = {"place": jurisdiction_id, "photo": photo_id, "part": part_id}
    bodies = (await (await session.connection()).execute(_bodies, asked)).scalars()
    named = (photo for body in bodies for photo in body["photos"] if photo["id"] == str(photo_id))
    return [msgspec.convert(photo, PhotoRef) for photo in named]

"""The photos that submissions name, for the slice that takes their bytes in."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections.models import Submission, SubmissionPhoto
from palmcheck.inspections.types import PhotoRef


async def photo_refs(session: AsyncSession, jurisdiction_id: UUID, part_id: UUID, photo_id: UUID) -> list[PhotoRef]:
    """What the submissions of a part say of one photo; several where the part is in dispute."""
    bodies = await session.scalars(
        select(Submission.body)
        .join(
            SubmissionPhoto,
            (SubmissionPhoto.jurisdiction_id == Submission.jurisdiction_id)
            & (SubmissionPhoto.submission_id == Submission.id),
        )
        .where(
            SubmissionPhoto.jurisdiction_id == jurisdiction_id,
            SubmissionPhoto.photo_id == photo_id,
            Submission.part_id == part_id,
        )
    )
    named = (photo for body in bodies for photo in body["photos"] if photo["id"] == str(photo_id))
    return [msgspec.convert(photo, PhotoRef) for photo in named]

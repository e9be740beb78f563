"""Submissions as the console shows them."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections.models import InspectionPart, Submission, SubmissionPhoto
from palmcheck.inspections.types import SubmissionView


async def submissions_of(session: AsyncSession, part: InspectionPart) -> list[SubmissionView]:
    """All results that came for a part, the oldest first; nothing that came is dropped."""
    rows = await session.scalars(
        select(Submission)
        .where(Submission.jurisdiction_id == part.jurisdiction_id, Submission.part_id == part.id)
        .order_by(Submission.received_at, Submission.id)
    )
    found = list(rows)
    arrived: dict[UUID, list[UUID]] = {row.id: [] for row in found}
    photos = select(SubmissionPhoto.submission_id, SubmissionPhoto.photo_id).where(
        SubmissionPhoto.jurisdiction_id == part.jurisdiction_id,
        SubmissionPhoto.submission_id.in_(list(arrived)),
        SubmissionPhoto.arrived_at.is_not(None),
    )
    for submission_id, photo_id in await session.execute(photos):
        arrived[submission_id].append(photo_id)
    return [_view(row, arrived[row.id]) for row in found]


def _view(row: Submission, arrived: list[UUID]) -> SubmissionView:
    return msgspec.convert(
        {
            "id": row.id,
            "entry": row.entry,
            "device_signed": row.device_id is not None,
            "received_at": row.received_at,
            "body": row.body,
            "photos_arrived": arrived,
            "state": row.state,
            "result_code": row.result_code,
            "decided_because": row.decided_because,
            "correction_id": row.correction_id,
        },
        SubmissionView,
    )

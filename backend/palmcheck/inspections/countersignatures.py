"""Countersignatures beside the submissions that they sign; either may come first."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections.models import Countersignature, CountersignatureWaiver, InspectionPart, Submission
from palmcheck.inspections.types import CountersignatureView, WaiverView


async def awaited_countersigners(session: AsyncSession, part: InspectionPart) -> list[UUID]:
    """Officers who are to sign the part's result on their own phones, have not, and are waited for (R3)."""
    row = await session.get(Submission, (part.jurisdiction_id, part.submission_id)) if part.submission_id else None
    named = [UUID(each) for each in row.body.get("countersigners", [])] if row else []
    if row is None or not named:
        return []
    signed = {each.inspector_id for each in await _rows(session, part) if signs(each, row)}
    waived = {each.inspector_id for each in await _waivers(session, part) if each.submission_id == row.id}
    return [each for each in named if each not in signed | waived]


async def countersignatures_of(session: AsyncSession, part: InspectionPart) -> list[CountersignatureView]:
    """All that were given for a part, the oldest first, each with the submission that it signs."""
    rows = await _rows(session, part)
    if not rows:
        return []
    submissions = await session.scalars(
        select(Submission).where(Submission.jurisdiction_id == part.jurisdiction_id, Submission.part_id == part.id)
    )
    came = list(submissions)
    return [
        CountersignatureView(
            row.id,
            row.inspector_id,
            row.signed_at,
            row.received_at,
            next((each.id for each in came if signs(row, each)), None),
        )
        for row in rows
    ]


async def waivers_of(session: AsyncSession, part: InspectionPart) -> list[WaiverView]:
    """Whom the lead no longer lets the part wait for, the oldest first."""
    rows = await _waivers(session, part)
    return [WaiverView(row.submission_id, row.inspector_id, row.because, row.waived_at) for row in rows]


def signs(row: Countersignature, submission: Submission) -> bool:
    """Whether it was given for this very submission: by the hash of what the lead officer's phone signed."""
    return submission.operation_sha256 is not None and submission.operation_sha256.startswith(row.submission_sha256)


async def _rows(session: AsyncSession, part: InspectionPart) -> list[Countersignature]:
    rows = await session.scalars(
        select(Countersignature)
        .where(Countersignature.jurisdiction_id == part.jurisdiction_id, Countersignature.part_id == part.id)
        .order_by(Countersignature.received_at, Countersignature.id)
    )
    return list(rows)


async def _waivers(session: AsyncSession, part: InspectionPart) -> list[CountersignatureWaiver]:
    rows = await session.scalars(
        select(CountersignatureWaiver)
        .join(
            Submission,
            (Submission.jurisdiction_id == CountersignatureWaiver.jurisdiction_id)
            & (Submission.id == CountersignatureWaiver.submission_id),
        )
        .where(Submission.jurisdiction_id == part.jurisdiction_id, Submission.part_id == part.id)
        .order_by(CountersignatureWaiver.waived_at, CountersignatureWaiver.inspector_id)
    )
    return list(rows)

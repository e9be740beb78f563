"""What the doctor looks at: submissions, uploads and the store say the same of every photo."""

import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.evidence.keeping import expired_uploads, orphans
from palmcheck.evidence.models import Upload
from palmcheck.evidence.service import object_key
from palmcheck.evidence.thumbnails import PREFIX
from palmcheck.inspections import reads as inspections
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.kernel.doctor import Check, Finding, Round

AT_A_TIME = 1000
LATE = timedelta(hours=2)
"""The timer runs every hour: what has been over for longer, it does not reach."""
ORPHAN_AFTER = timedelta(days=1)
"""A photo may come before its submission."""


async def _named(round: Round) -> AsyncIterator[Finding]:
    """A photo is marked as arrived exactly if its upload is complete with the same hash."""
    photos = inspections.photo_rows.subquery()
    joined = select(photos, Upload.state.label("upload_state"), Upload.sha256.label("uploaded")).outerjoin(
        Upload, (Upload.jurisdiction_id == photos.c.jurisdiction_id) & (Upload.id == photos.c.photo_id)
    )
    rows = await round.session.stream(joined.execution_options(yield_per=AT_A_TIME))
    async for row in rows:
        there = row.upload_state == "complete" and row.uploaded == row.sha256
        subject = {
            "jurisdiction_id": str(row.jurisdiction_id),
            "part_id": str(row.part_id),
            "photo_id": str(row.photo_id),
        }
        if row.arrived_at is not None and not there:
            yield Finding("evidence.photo_not_there", subject)
        elif row.arrived_at is None and there:
            yield Finding("evidence.photo_not_noticed", subject)


async def _stored(round: Round) -> AsyncIterator[Finding]:
    """Every complete photo is in the store, whole; nothing else is there."""
    lengths = {each.key: each.length async for each in round.store.listing()}
    async for upload in _uploads(round.session, select(Upload).where(Upload.state != "terminated")):
        found = lengths.pop(object_key(upload), 0)
        lengths.pop(PREFIX + object_key(upload), None)
        if upload.state == "complete":
            if found != upload.length:
                yield _about(upload, "evidence.object_missing", found=str(found), length=str(upload.length))
            elif round.deep and await _sha256(round, object_key(upload)) != upload.sha256:
                yield _about(upload, "evidence.object_altered")
        elif found > upload.length:
            yield _about(upload, "evidence.object_too_long", found=str(found), length=str(upload.length))
    for key, length in lengths.items():
        if length:
            yield Finding("evidence.object_stray", {"key": key, "length": str(length)}, "notice")


async def _left_over(round: Round) -> AsyncIterator[Finding]:
    """Uploads that the timer should have given up, and photos that nobody names."""
    for upload in (await round.session.scalars(expired_uploads(round.at - LATE))).all():
        yield _about(upload, "evidence.upload_expired", since=f"{upload.expires_at:%Y-%m-%d}")
    places = jurisdictions.jurisdiction_rows.subquery()
    for jurisdiction_id in (await round.session.scalars(select(places.c.id))).all():
        for upload in (await round.session.scalars(orphans(jurisdiction_id, round.at - ORPHAN_AFTER))).all():
            yield _about(upload, "evidence.photo_orphaned", "notice", since=f"{upload.completed_at:%Y-%m-%d}")


async def _uploads(session: AsyncSession, wanted: Select[Upload]) -> AsyncIterator[Upload]:
    async for upload in await session.stream_scalars(wanted.execution_options(yield_per=AT_A_TIME)):
        yield upload


async def _sha256(round: Round, key: str) -> str:
    whole = hashlib.sha256()
    async for chunk in round.store.read(key):
        whole.update(chunk)
    return whole.hexdigest()


def _about(upload: Upload, code: str, severity: str = "fault", **more: str) -> Finding:
    subject = {"jurisdiction_id": str(upload.jurisdiction_id), "photo_id": str(upload.id)} | more
    return Finding(code, subject, "notice" if severity == "notice" else "fault")


CHECKS = [
    Check("evidence.named", _named),
    Check("evidence.stored", _stored),
    Check("evidence.left_over", _left_over),
]

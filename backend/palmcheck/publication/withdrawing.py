"""What was public and by law may no longer be: every version goes, a tombstone stays (R10)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.canonical import digest
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import Trace
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.events import RecordWithdrawn
from palmcheck.publication.grounds import Ground, ground_sentence
from palmcheck.publication.models import Publication, PublicRecord, Tombstone


class TombstoneView(Struct, frozen=True):
    """What is left in public of a withdrawn record: that it was there, since when it is gone, and by which ground."""

    id: UUID
    withdrawn_on: date
    ground: Ground
    ground_sentence: str


async def withdraw(tx: Tx, by: Trace, row: Publication, ground: str) -> None:
    """Takes all versions of a part's record out of public; the trail keeps their digests, nobody their words.

    The deletion is told to every process by the database, so that no remembered answer outlives it.
    """
    versions: Sequence[PublicRecord] = (
        await tx.session.scalars(
            select(PublicRecord)
            .where(PublicRecord.jurisdiction_id == row.jurisdiction_id, PublicRecord.id == row.record_id)
            .order_by(PublicRecord.version)
        )
    ).all()
    digests = [digest(each.body) for each in versions]
    tx.session.add(
        Tombstone(
            jurisdiction_id=row.jurisdiction_id,
            record_id=row.record_id,
            part_id=row.part_id,
            withdrawn_on=law_date(tx.now),
            ground=ground,
            version_digests=digests,
        )
    )
    await tx.session.execute(
        delete(PublicRecord).where(
            PublicRecord.jurisdiction_id == row.jurisdiction_id, PublicRecord.id == row.record_id
        )
    )
    tx.record(
        by,
        RecordWithdrawn(
            jurisdiction_id=row.jurisdiction_id,
            part_id=row.part_id,
            record_id=row.record_id,
            ground=ground,
            version_digests=digests,
        ),
    )


async def tombstone(session: AsyncSession, id: UUID, language: Literal["zh-CN", "en"]) -> TombstoneView | None:
    """The tombstone at a record's address; None where no record was ever withdrawn."""
    row = await session.scalar(select(Tombstone).where(Tombstone.record_id == id))
    if row is None:
        return None
    ground: Ground = row.ground  # type: ignore[assignment]
    return TombstoneView(row.record_id, row.withdrawn_on, ground, ground_sentence(ground, language))

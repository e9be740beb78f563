"""Reading what is public."""

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue.result_codes import result_sentence
from palmcheck.kernel.paging import PAGE, Page, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.publication.correction_reasons import reason_sentence
from palmcheck.publication.finding import newest
from palmcheck.publication.models import PublicRecord
from palmcheck.publication.problems import RecordGone
from palmcheck.publication.public_photos import public_photos
from palmcheck.publication.types import PublicRecordView, RecordFilter, RecordPage, RecordVersion
from palmcheck.publication.withdrawing import tombstone

Language = Literal["zh-CN", "en"]
COLUMNS = ("jurisdiction_id", "department_id", "plan_task_id", "enterprise_key", "industry_section")
"""What a view has beside the published body."""


async def search_records(
    session: AsyncSession, wanted: RecordFilter, cursor: str | None, language: Language, size: int = PAGE
) -> Page[PublicRecordView]:
    """Public records, newest first; `q` is two or more characters of the name, its pinyin initials or the code."""
    rows = await newest(session, wanted, cursor, size + 1)
    return page_of(
        rows, size, lambda row: _view(row, language), lambda row: (row.published_at.isoformat(), str(row.id))
    )


async def read_record(session: AsyncSession, id: UUID, language: Language) -> PublicRecordView:
    """One record, its newest version. Raises NotFound, or RecordGone where a tombstone stands."""
    return _view((await _versions(session, id, language))[0], language)


async def read_record_page(session: AsyncSession, id: UUID, language: Language) -> RecordPage:
    """One record with its versions, the newest first, and the rest of its visit. Raises NotFound, RecordGone."""
    rows = await _versions(session, id, language)
    beside: Sequence[PublicRecord] = []
    if rows[0].inspection_id is not None:
        beside = (
            await session.scalars(
                select(PublicRecord)
                .where(PublicRecord.inspection_id == rows[0].inspection_id, PublicRecord.id != id)
                .order_by(PublicRecord.id, PublicRecord.version.desc())
                .distinct(PublicRecord.id)
            )
        ).all()
    return RecordPage(
        record=_view(rows[0], language),
        versions=[_version(row, language) for row in rows],
        same_visit=[_view(row, language) for row in beside],
        part_id=rows[0].part_id,
        photos=await public_photos(session, id),
    )


async def _versions(session: AsyncSession, id: UUID, language: Language) -> Sequence[PublicRecord]:
    rows = await session.scalars(
        select(PublicRecord).where(PublicRecord.id == id).order_by(PublicRecord.version.desc())
    )
    found = rows.all()
    if not found:
        gone = await tombstone(session, id, language)
        if gone is None:
            raise NotFound(field="id")
        raise RecordGone(field="id", rule="R10", since=gone.withdrawn_on.isoformat(), ground=gone.ground_sentence)
    return found


def _version(row: PublicRecord, language: Language) -> RecordVersion:
    because = row.body.get("corrected_because")
    return RecordVersion(
        version=row.version,
        published_at=row.published_at,
        target_name=row.target_name,
        result_code=row.body["result_code"],
        result_sentence=result_sentence(row.body["result_code"], language),
        because=None if because is None else reason_sentence(because, language),
    )


def _view(row: Any, language: Language) -> PublicRecordView:
    """The record, whole or as lists read it, with the fixed sentences of its codes."""
    body = dict(row.body)
    body["result_sentence"] = result_sentence(body["result_code"], language)
    body["items"] = [
        item | {"result_sentence": result_sentence(item["result_code"], language)} for item in body["items"]
    ]
    if "corrected_because" in body:
        body["corrected_because"] = reason_sentence(body["corrected_because"], language)
    found = {name: getattr(row, name) for name in COLUMNS}
    return msgspec.convert(body | found, PublicRecordView)

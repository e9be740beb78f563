"""Reading what is public."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue.result_codes import result_sentence
from palmcheck.kernel.grams import bigrams, normal
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.publication.models import PublicRecord
from palmcheck.publication.problems import RecordGone
from palmcheck.publication.types import PublicRecordView
from palmcheck.publication.withdrawing import tombstone

Language = Literal["zh-CN", "en"]


async def search_records(
    session: AsyncSession, q: str | None, cursor: str | None, language: Language
) -> Page[PublicRecordView]:
    """Public records, newest first; `q` is two or more characters of the name, its pinyin initials or the code."""
    wanted = _matching(q)
    if cursor:
        before, last = decode_cursor(cursor, datetime, UUID)
        older = (PublicRecord.published_at < before) | (
            (PublicRecord.published_at == before) & (PublicRecord.id < last)
        )
        wanted = wanted.where(older)
    ordered = wanted.order_by(PublicRecord.published_at.desc(), PublicRecord.id.desc()).limit(PAGE + 1)
    rows = (await session.scalars(ordered)).all()
    return page_of(
        rows, PAGE, lambda row: _view(row, language), lambda row: (row.published_at.isoformat(), str(row.id))
    )


def _matching(q: str | None) -> Select[PublicRecord]:
    wanted = select(PublicRecord)
    folded = normal(q or "")
    if not folded:
        return wanted
    pairs = sorted(bigrams(folded))
    if not pairs:
        return wanted.where(func.starts_with(PublicRecord.search_text, folded))
    return wanted.where(PublicRecord.grams.contains(pairs), func.strpos(PublicRecord.search_text, folded) > 0)


async def read_record(session: AsyncSession, id: UUID, language: Language) -> PublicRecordView:
    """One record. Raises NotFound, or RecordGone where a tombstone stands."""
    newest = select(PublicRecord).where(PublicRecord.id == id).order_by(PublicRecord.version.desc()).limit(1)
    row = await session.scalar(newest)
    if row is None:
        gone = await tombstone(session, id, language)
        if gone is None:
            raise NotFound(field="id")
        raise RecordGone(field="id", rule="R10", since=gone.withdrawn_on.isoformat(), ground=gone.ground_sentence)
    return _view(row, language)


def _view(row: PublicRecord, language: Language) -> PublicRecordView:
    """The record with the fixed sentences of its codes."""
    body = dict(row.body)
    body["result_sentence"] = result_sentence(body["result_code"], language)
    body["items"] = [
        item | {"result_sentence": result_sentence(item["result_code"], language)} for item in body["items"]
    ]
    return msgspec.convert(body, PublicRecordView)

"""How public records are found, newest first: p95 under 100 ms among a million (tests/bench).

What is often is among the newest, so words are looked for there first; what is rare is found by its index.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions.reads import department_rows, levels_below
from palmcheck.kernel.clock import SHANGHAI
from palmcheck.kernel.database import plan_each_anew
from palmcheck.kernel.grams import bigrams, normal
from palmcheck.kernel.paging import decode_cursor
from palmcheck.publication.models import PublicRecord
from palmcheck.publication.types import RecordFilter

EQUAL = ("department_id", "plan_task_id", "enterprise_key", "industry_section", "result_code")
NARROWING = (*EQUAL, "jurisdiction_id")
KEY = (PublicRecord.published_at, PublicRecord.id)
NEWEST_FIRST = (PublicRecord.published_at.desc(), PublicRecord.id.desc())
NEWEST, NEWEST_NARROWED = 10_000, 2000
"""So many of the newest are looked through, in an index that has the words; narrowed, their rows are read: 5 ms either
way. What is rarer than a page in so many, another index finds quickly."""
MOST_PAIRS = 8
"""Pairs that are asked of the index: more only make it read longer lists, and every row is looked at again."""
CODE_LENGTH = 6
"""From so many characters on, of which the first is a digit, a credit code may be meant."""
BEHIND_EVERY_CODE = "~"
SHOWN = (
    *(PublicRecord.id, PublicRecord.published_at, PublicRecord.body, PublicRecord.jurisdiction_id),
    *(PublicRecord.department_id, PublicRecord.plan_task_id, PublicRecord.enterprise_key),
    PublicRecord.industry_section,
)
"""What a list shows of a record; the words that it is found by are as long again."""


async def newest(session: AsyncSession, wanted: RecordFilter, cursor: str | None, size: int) -> Sequence[Any]:
    """The newest `size` records that match, after the cursor, as rows of SHOWN. Raises CursorInvalid."""
    fits = await _fits(session, wanted)
    if fits is None:
        return []
    if cursor:
        before, last = decode_cursor(cursor, datetime, UUID)
        fits.append(tuple_(*KEY) < tuple_(before, last))
    await plan_each_anew(session)
    folded = normal(wanted.q)
    if len(folded) < 2:
        fits += [func.left(PublicRecord.search_text, 1) == folded] if folded else []
        return (await session.execute(select(*SHOWN).where(*fits).order_by(*NEWEST_FIRST).limit(size))).all()
    by_index, says = await _words(session, folded)
    among_newest = select(*KEY, PublicRecord.search_text).where(*fits)
    most = NEWEST_NARROWED if any(getattr(wanted, name) for name in NARROWING) else NEWEST
    rows = among_newest.order_by(*NEWEST_FIRST).limit(most).subquery()
    keys = (await session.execute(select(rows.c.published_at, rows.c.id).where(says(rows.c)).limit(size))).all()
    if len(keys) < size:
        found = select(*KEY).where(*fits, *by_index).cte("found").prefix_with("materialized")
        ordered = select(found).order_by(found.c.published_at.desc(), found.c.id.desc()).limit(size)
        keys = (await session.execute(ordered)).all()
    return await _whole(session, keys)


async def _fits(session: AsyncSession, wanted: RecordFilter) -> list[ColumnElement[bool]] | None:
    """The filters, on newest versions; None where nothing can match. A department says its place by itself."""
    named = [name for name in EQUAL if getattr(wanted, name) is not None]
    fits: list[ColumnElement[bool]] = [
        PublicRecord.superseded_at.is_(None),
        *(getattr(PublicRecord, name) == getattr(wanted, name) for name in named),
    ]
    if wanted.published_from:
        fits.append(PublicRecord.published_at >= _midnight(wanted.published_from))
    if wanted.published_until and wanted.published_until < date.max:
        fits.append(PublicRecord.published_at < _midnight(wanted.published_until + timedelta(days=1)))
    if wanted.jurisdiction_id is None:
        return fits
    places = (await session.scalars(levels_below(wanted.jurisdiction_id))).all() or [wanted.jurisdiction_id]
    if wanted.department_id is None:
        one = PublicRecord.jurisdiction_id == places[0]
        return [*fits, one if len(places) == 1 else PublicRecord.jurisdiction_id.in_(places)]
    departments = department_rows.subquery()
    home = select(departments.c.jurisdiction_id).where(departments.c.id == wanted.department_id)
    return fits if await session.scalar(home) in places else None


Says = Callable[[Any], ColumnElement[bool]]


async def _words(session: AsyncSession, folded: str) -> tuple[list[ColumnElement[bool]], Says]:
    """Conditions that an index answers, and the same for a row in hand: a code's start, or any part of a name."""
    if len(folded) >= CODE_LENGTH and folded[0].isdigit() and folded.isascii() and folded.isalnum():
        begins = _code(PublicRecord, folded)
        if await session.scalar(select(PublicRecord.version).where(begins).limit(1)) is not None:
            return [begins], lambda row: _holds(row, f" {folded}")
    pairs = sorted(bigrams(folded))
    few = pairs[:: -(-len(pairs) // MOST_PAIRS)]
    return [PublicRecord.grams.contains(few), _holds(PublicRecord, folded)], lambda row: _holds(row, folded)


def _code(row: Any, folded: str) -> ColumnElement[bool]:
    start = folded.upper()
    return and_(row.enterprise_key >= start, row.enterprise_key < start + BEHIND_EVERY_CODE)


def _holds(row: Any, folded: str) -> ColumnElement[bool]:
    """By strpos: LIKE would be planned onto no index at all."""
    return func.strpos(row.search_text, folded) > 0


async def _whole(session: AsyncSession, keys: Sequence[Any]) -> Sequence[Any]:
    """The rows of these keys, in their order; other versions of the same records are left out."""
    if not keys:
        return []
    wanted = {tuple(key) for key in keys}
    rows = await session.execute(
        select(*SHOWN).where(PublicRecord.id.in_([key.id for key in keys])).order_by(*NEWEST_FIRST)
    )
    return [row for row in rows if (row.published_at, row.id) in wanted]


def _midnight(day: date) -> datetime:
    """When a day begins in China; the first days of the calendar have no time before them."""
    return datetime.combine(max(day, date(1, 1, 2)), time(), SHANGHAI).astimezone(UTC)

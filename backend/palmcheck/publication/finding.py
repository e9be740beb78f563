"""How public records are found: candidates by the index that the filter has, newest first."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from palmcheck.kernel.clock import SHANGHAI
from palmcheck.kernel.grams import bigrams, normal
from palmcheck.kernel.paging import decode_cursor
from palmcheck.publication.models import PublicRecord
from palmcheck.publication.types import RecordFilter

EQUAL = ("department_id", "plan_task_id", "enterprise_key", "industry_section", "result_code")
NEWEST_FIRST = (PublicRecord.published_at.desc(), PublicRecord.id.desc())


def matching(wanted: RecordFilter, places: Sequence[UUID], cursor: str | None, size: int) -> Select[PublicRecord]:
    """The newest `size` records that match, in any of `places` (none: everywhere), after the cursor.

    Raises CursorInvalid.
    """
    found = select(PublicRecord).where(*_conditions(wanted))
    if places:
        one = PublicRecord.jurisdiction_id == places[0]
        found = found.where(one if len(places) == 1 else PublicRecord.jurisdiction_id.in_(places))
    if cursor:
        before, last = decode_cursor(cursor, datetime, UUID)
        found = found.where(tuple_(PublicRecord.published_at, PublicRecord.id) < tuple_(before, last))
    return found.order_by(*NEWEST_FIRST).limit(size)


def _conditions(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        getattr(PublicRecord, name) == getattr(wanted, name) for name in EQUAL if getattr(wanted, name) is not None
    ]
    if wanted.published_from:
        conditions.append(PublicRecord.published_at >= _midnight(wanted.published_from))
    if wanted.published_until and wanted.published_until < date.max:
        conditions.append(PublicRecord.published_at < _midnight(wanted.published_until + timedelta(days=1)))
    return conditions + _named(wanted.q)


def _named(q: str) -> list[ColumnElement[bool]]:
    folded = normal(q)
    if not folded:
        return []
    pairs = sorted(bigrams(folded))
    if not pairs:
        return [func.starts_with(PublicRecord.search_text, folded)]
    return [PublicRecord.grams.contains(pairs), func.strpos(PublicRecord.search_text, folded) > 0]


def _midnight(day: date) -> datetime:
    """When a day begins in China; the first days of the calendar have no time before them."""
    return datetime.combine(max(day, date(1, 1, 2)), time(), SHANGHAI).astimezone(UTC)

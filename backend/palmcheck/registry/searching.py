"""Finding targets: candidates limited inside, ranked outside; p95 under 50 ms on a million (tests/bench).

Each page is planned anew: what a generic plan guesses for `@>` is wrong by four orders of magnitude.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, ColumnElement, and_, case, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.database import plan_each_anew
from palmcheck.kernel.paging import PAGE, decode_cursor, encode_cursor
from palmcheck.registry.models import Target
from palmcheck.registry.search_query import Sought, sought
from palmcheck.registry.target_types import TargetPage, TargetRow
from palmcheck.registry.target_words import TargetQuery
from palmcheck.registry.types import Industry

CANDIDATES = 1000
_NO_CODE = "~"
"""Stands behind every code, so that targets without one come last."""
COLUMNS: tuple[Any, ...] = (
    Target.id,
    Target.name,
    Target.kind,
    Target.credit_code,
    Target.registration_number,
    Target.address,
    Target.industry_code,
    Target.industry_name,
    Target.status,
    Target.credit_risk_class,
    Target.tags,
    Target.pinyin,
)


async def find_targets(
    session: AsyncSession, jurisdiction_id: UUID, query: TargetQuery, cursor: str | None = None, size: int = PAGE
) -> TargetPage:
    """One page of the targets that fit. With words, the first thousand found are ranked; without, all are in order."""
    await plan_each_anew(session)
    asked = sought(query.q)
    if asked.by == "nothing":
        return await _in_order(session, _fitting(jurisdiction_id, query), query.sort or "name", cursor, size)
    found = select(*COLUMNS, _rank(asked).label("rank")).where(*_fitting(jurisdiction_id, query), _match(asked))
    candidates = found.limit(CANDIDATES).cte("candidates").prefix_with("materialized")
    key, types = _ranked_key(query.sort or "match", candidates)
    wanted = select(candidates, select(func.count()).select_from(candidates).scalar_subquery().label("found"))
    rows = await _page(session, wanted, key, types, (query.sort or "").startswith("-"), cursor, size)
    capped = bool(rows) and rows[0].found == CANDIDATES
    return _page_of(rows, size, lambda row: _key_of(row, query.sort or "match"), capped=capped)


def conditions(jurisdiction_id: UUID, query: TargetQuery) -> list[ColumnElement[bool]]:
    """What all targets that fit a query fulfil: for those who want every one of them, not a page."""
    asked = sought(query.q)
    return [*_fitting(jurisdiction_id, query), *([] if asked.by == "nothing" else [_match(asked)])]


def _fitting(jurisdiction_id: UUID, query: TargetQuery) -> list[ColumnElement[bool]]:
    """Filters and tags, all in one array; merged targets are left out."""
    facets = {"kind": query.kind, "status": query.status, "class": query.credit_risk_class, "industry": query.industry}
    wanted = [f"{name}={value}" for name, value in facets.items() if value] + ([query.tag] if query.tag else [])
    fits = [Target.jurisdiction_id == jurisdiction_id, Target.merged_into.is_(None)]
    return [*fits, Target.facets.contains(wanted)] if wanted else fits


def _match(asked: Sought) -> ColumnElement[bool]:
    """What finds the row by an index, and the recheck by strpos: LIKE would be planned onto no index at all."""
    if asked.by == "code":
        end = asked.text + _NO_CODE
        return or_(
            and_(Target.credit_code >= asked.text, Target.credit_code < end),
            and_(Target.registration_number >= asked.text, Target.registration_number < end),
        )
    if asked.by == "start":
        ranges = [and_(Target.pinyin >= low, Target.pinyin < high) for low, high in asked.ranges]
        spoken = or_(*ranges, *(Target.pinyin == low for low, _ in asked.ranges))
        return spoken if asked.text.isascii() else and_(spoken, func.strpos(Target.search_text, asked.text) == 1)
    return and_(Target.grams.contains(list(asked.pairs)), func.strpos(Target.search_text, asked.text) > 0)


def _rank(asked: Sought) -> ColumnElement[int]:
    """0: the name begins so; 1: it occurs somewhere."""
    return case((func.strpos(Target.search_text, asked.text.lower()) == 1, 0), else_=1)


def _ranked_key(sort: str, rows: CTE) -> tuple[Sequence[ColumnElement[Any]], tuple[type, ...]]:
    c = rows.c
    if sort == "match":
        return (c.rank, c.pinyin, c.id), (int, str, UUID)
    if sort.endswith("credit_code"):
        return (func.coalesce(c.credit_code, _NO_CODE), c.id), (str, UUID)
    return ((c.id,), (UUID,)) if sort == "newest" else ((c.pinyin, c.id), (str, UUID))


def _key_of(row: Any, sort: str) -> tuple[str | int, ...]:
    if sort == "match":
        return row.rank, row.pinyin, str(row.id)
    if sort.endswith("credit_code"):
        return row.credit_code or _NO_CODE, str(row.id)
    return (str(row.id),) if sort == "newest" else (row.pinyin, str(row.id))


async def _in_order(
    session: AsyncSession, fits: list[ColumnElement[bool]], sort: str, cursor: str | None, size: int
) -> TargetPage:
    """All that fit, along an index. Targets without a code come last when sorted by code, also downwards."""
    wanted = select(*COLUMNS).where(*fits)
    down = sort.startswith("-")
    if not sort.endswith("credit_code"):
        key: tuple[Any, ...] = (Target.id,) if sort == "newest" else (Target.pinyin, Target.id)
        types = (UUID,) if sort == "newest" else (str, UUID)
        rows = await _page(session, wanted, key, types, down or sort == "newest", cursor, size)
        return _page_of(rows, size, lambda row: _key_of(row, sort))
    last = decode_cursor(cursor, str, UUID) if cursor else ("~" if down else "", None)
    rows = []
    if last[0] != _NO_CODE or not cursor:
        after = Target.credit_code < last[0] if down else Target.credit_code > last[0]
        order = Target.credit_code.desc() if down else Target.credit_code
        rows = list((await session.execute(wanted.where(after).order_by(order).limit(size + 1))).all())
    if len(rows) <= size:
        bare = wanted.where(Target.credit_code.is_(None))
        if cursor and last[0] == _NO_CODE:
            bare = bare.where(Target.id > last[1])
        rows += (await session.execute(bare.order_by(Target.id).limit(size + 1 - len(rows)))).all()
    return _page_of(rows, size, lambda row: _key_of(row, sort))


async def _page(
    session: AsyncSession,
    wanted: Any,
    key: Sequence[Any],
    types: tuple[type, ...],
    down: bool,
    cursor: str | None,
    size: int,
) -> list[Any]:
    if cursor:
        after = decode_cursor(cursor, *types)
        wanted = wanted.where(tuple_(*key) < after if down else tuple_(*key) > after)
    order = [column.desc() for column in key] if down else list(key)
    return list((await session.execute(wanted.order_by(*order).limit(size + 1))).all())


def _page_of(rows: Sequence[Any], size: int, key: Any, *, capped: bool = False) -> TargetPage:
    shown = rows[:size]
    following = encode_cursor(*key(shown[-1])) if len(rows) > size else None
    return TargetPage([target_row(row) for row in shown], following, capped)


def target_row(row: Any) -> TargetRow:
    """A row of `COLUMNS`, or a whole Target, as lists show it."""
    return TargetRow(
        row.id,
        row.name,
        row.kind,
        row.credit_code,
        row.registration_number,
        row.address,
        Industry(row.industry_code, row.industry_name),
        row.status,
        row.credit_risk_class,
        list(row.tags),
    )

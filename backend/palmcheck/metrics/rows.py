"""The rows behind a figure: each fact, why it counts as it does, and where it leads."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, Uuid, and_, column, exists, literal, null, select, tuple_, values
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections import reads as inspections
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.metrics.counting import facts_of, implied, reason_of
from palmcheck.metrics.definitions import FIGURES, FigureKey, Reason
from palmcheck.metrics.places import bounds_of, contained
from palmcheck.metrics.types import FactRow
from palmcheck.planning.types import TaskKind
from palmcheck.registry import reads as registry


class Asked(Struct, frozen=True):
    """Which rows: of a quarter, and by what else is named."""

    quarter: str | None = None
    department_id: UUID | None = None
    inspector_id: UUID | None = None
    kind: TaskKind = "planned"
    reason: Reason | None = None


async def rows_behind(
    session: AsyncSession,
    place: UUID,
    key: FigureKey,
    asked: Asked,
    cursor: str | None = None,
    *,
    below: bool,
    size: int = PAGE,
) -> Page[FactRow]:
    """The facts behind a figure, by the day they count on; those shown apart too. Raises QuarterInvalid."""
    within = await contained(session, place, below=below)
    fact, today = facts_of(key), law_date(now())
    places = values(column("id", Uuid), name="places").data([(id,) for id in within])
    wanted = _chosen(fact.c, key, asked, places.c.id, today)
    if cursor:
        after = decode_cursor(cursor, date, UUID)
        wanted = wanted.where(tuple_(fact.c.counted_on, fact.c.id) > tuple_(*(literal(each) for each in after)))
    # Each place's first rows come in order from its index; only those are sorted together.
    each = wanted.order_by(fact.c.counted_on, fact.c.id).limit(size + 1).lateral("each_place")
    page = select(*each.c).join_from(places, each, literal(True)).order_by(each.c.counted_on, each.c.id)
    rows = (await session.execute(_named(page.limit(size + 1).subquery("page")))).all()
    return page_of(
        rows, size, lambda row: _row(row, key, within), lambda row: (row.counted_on.isoformat(), str(row.id))
    )


def _chosen(fact: Any, key: FigureKey, asked: Asked, place: Any, today: date) -> Select[Any]:
    _, first, after = bounds_of(asked.quarter)
    reason = reason_of(key, fact, today)
    wanted = select(fact.id, fact.counted_on, reason.label("reason"), *_facts(fact, key)).where(
        fact.jurisdiction_id == place, fact.counted_on >= first, fact.counted_on < after, fact.kind == asked.kind
    )
    wanted = wanted.where(reason == asked.reason if asked.reason else reason.is_not(None))
    wanted = wanted.where(*implied(key, asked.reason, asked.kind))
    if asked.department_id is not None:
        wanted = wanted.where(fact.department_id == asked.department_id)
    if asked.inspector_id is not None:
        officers = inspections.officer_rows.subquery()
        goes = and_(officers.c.jurisdiction_id == fact.jurisdiction_id, officers.c.part_id == fact.part_id)
        wanted = wanted.where(exists().where(goes, officers.c.inspector_id == asked.inspector_id))
    return wanted


def _facts(fact: Any, key: FigureKey) -> list[Any]:
    what = fact.finding if FIGURES[key].unit == "problem" else null()
    names = ("jurisdiction_id", "department_id", "part_id", "inspection_id", "kind", "due_on")
    return [*(getattr(fact, name) for name in names), what.label("what")]


def _named(page: Any) -> Select[Any]:
    """The page's rows with the names that people know them by."""
    departments = jurisdictions.department_rows.subquery()
    targets, parts = registry.target_rows.subquery(), inspections.part_rows.subquery()
    here = page.c.jurisdiction_id
    return (
        select(
            page, departments.c.name.label("department_name"), targets.c.name.label("target_name"), parts.c.record_id
        )
        .select_from(page)
        .outerjoin(parts, and_(parts.c.jurisdiction_id == here, parts.c.id == page.c.part_id))
        .outerjoin(targets, and_(targets.c.jurisdiction_id == here, targets.c.id == parts.c.target_id))
        .outerjoin(departments, and_(departments.c.jurisdiction_id == here, departments.c.id == page.c.department_id))
        .order_by(page.c.counted_on, page.c.id)
    )


def _row(row: Any, key: FigureKey, within: dict[UUID, str]) -> FactRow:
    return FactRow(
        id=row.id,
        inspection_id=row.inspection_id,
        jurisdiction_name=within[row.jurisdiction_id],
        department_name=row.department_name or "",
        target_name=row.target_name or "",
        what=row.what,
        kind=row.kind,
        counted_on=row.counted_on,
        due_on=row.due_on,
        reason=row.reason,
        counts_as=FIGURES[key].reasons[row.reason],
        record_url=f"/records/{row.record_id}" if row.record_id else None,
    )

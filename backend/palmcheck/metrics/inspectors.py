"""A figure by the inspectors of a department."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections import reads as inspections
from palmcheck.kernel.clock import law_date, now
from palmcheck.metrics.counting import facts_of, reason_of
from palmcheck.metrics.definitions import FIGURES, FigureKey
from palmcheck.metrics.places import bounds_of
from palmcheck.metrics.service import Counts, numbers
from palmcheck.metrics.types import FigureInspectors, InspectorRow
from palmcheck.registry import reads as registry


async def inspectors(
    session: AsyncSession, place: UUID, key: FigureKey, quarter: str | None, department_id: UUID
) -> FigureInspectors:
    """A figure by the inspectors of one department: the parts that each goes to. Raises QuarterInvalid."""
    asked, first, after = bounds_of(quarter)
    at, figure, fact = now(), FIGURES[key], facts_of(key)
    officers, people = inspections.officer_rows.subquery(), registry.inspector_rows.subquery()
    reason = reason_of(key, fact.c, law_date(at)).label("reason")
    rows = await session.execute(
        select(people.c.id, people.c.name, reason)
        .select_from(fact)
        .join(
            officers,
            and_(officers.c.jurisdiction_id == fact.c.jurisdiction_id, officers.c.part_id == fact.c.part_id),
        )
        .join(
            people,
            and_(people.c.jurisdiction_id == officers.c.jurisdiction_id, people.c.id == officers.c.inspector_id),
        )
        .where(
            fact.c.jurisdiction_id == place,
            fact.c.department_id == department_id,
            fact.c.kind == "planned",
            fact.c.counted_on >= first,
            fact.c.counted_on < after,
        )
    )
    found: dict[tuple[UUID, str], Counts] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.reason is not None:
            found[row.id, row.name][row.reason] += 1
    ordered = sorted(found.items(), key=lambda each: each[0][1])
    items = [InspectorRow(inspector_id=id, name=name, **numbers(figure, counts)) for (id, name), counts in ordered]
    return FigureInspectors(key, at, asked, items)

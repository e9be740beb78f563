"""The rows behind the palm rate: one query over facts, never a stored counter."""

from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.inspections import reads as inspections
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.kernel.clock import law_date, now, quarter_bounds, quarter_of
from palmcheck.metrics.palm_rate import counts_as
from palmcheck.metrics.problems import QuarterInvalid
from palmcheck.metrics.types import PalmRatePart
from palmcheck.registry import reads as registry


class DepartmentParts(msgspec.Struct, frozen=True):
    """The counted parts of one department."""

    id: UUID
    name: str
    parts: list[PalmRatePart]


def bounds_of(quarter: str | None) -> tuple[str, date, date]:
    """The quarter asked for, or today's, with its first day and the first after it. Raises QuarterInvalid."""
    asked = quarter or quarter_of(law_date(now()))
    try:
        return asked, *quarter_bounds(asked)
    except ValueError as wrong:
        raise QuarterInvalid(field="quarter", quarter=asked) from wrong


async def counted_parts(
    session: AsyncSession, jurisdiction_id: UUID, first: date, after: date
) -> dict[UUID, DepartmentParts]:
    """On-site parts of a jurisdiction that count in [first, after), by department; empty ones too."""
    parts = inspections.part_rows.subquery()
    departments = jurisdictions.department_rows.subquery()
    targets = registry.target_rows.subquery()
    rows = await session.execute(
        select(
            departments.c.id.label("department_id"),
            departments.c.name.label("department_name"),
            targets.c.name.label("target_name"),
            parts.c.id,
            parts.c.inspection_id,
            parts.c.state,
            parts.c.entry,
            parts.c.formed_at,
            parts.c.due_on,
        )
        .select_from(departments)
        .outerjoin(
            parts,
            (parts.c.jurisdiction_id == departments.c.jurisdiction_id)
            & (parts.c.department_id == departments.c.id)
            & (parts.c.method == "on_site"),
        )
        .outerjoin(
            targets, (targets.c.jurisdiction_id == parts.c.jurisdiction_id) & (targets.c.id == parts.c.target_id)
        )
        .where(departments.c.jurisdiction_id == jurisdiction_id)
        .order_by(departments.c.code, parts.c.due_on, parts.c.id)
    )
    today = law_date(now())
    found: dict[UUID, DepartmentParts] = {}
    for row in rows:
        own = found.setdefault(row.department_id, DepartmentParts(row.department_id, row.department_name, []))
        counted = counts_as(row.entry, row.formed_at, row.due_on, today) if row.id else None
        if counted is None or not first <= counted[1] < after:
            continue
        because, counted_on = counted
        own.parts.append(
            PalmRatePart(
                part_id=row.id,
                inspection_id=row.inspection_id,
                target_name=row.target_name,
                department_name=row.department_name,
                counted_on=counted_on,
                state=row.state,
                entry=row.entry,
                in_numerator=because == "mobile",
                because=because,
            )
        )
    return found

"""The figures."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import PALM_RATE_THRESHOLD
from palmcheck.kernel.clock import now
from palmcheck.metrics.facts import bounds_of, counted_parts
from palmcheck.metrics.palm_rate import DEFINITION, SOURCE, rate
from palmcheck.metrics.types import PalmRate, PalmRatePart, PalmRateRow


async def palm_rate(session: AsyncSession, jurisdiction_id: UUID, quarter: str | None) -> PalmRate:
    """The palm rate of a jurisdiction and of each department. Raises QuarterInvalid."""
    asked, first, after = bounds_of(quarter)
    found = await counted_parts(session, jurisdiction_id, first, after)
    place = await jurisdictions.jurisdiction(session, jurisdiction_id)
    whole = PalmRateRow("jurisdiction", place.id, place.name, *_count([p for d in found.values() for p in d.parts]))
    rows = [PalmRateRow("department", each.id, each.name, *_count(each.parts)) for each in found.values()]
    return PalmRate(
        figure="palm_rate",
        variant="nominal",
        as_of=now(),
        quarter=asked,
        threshold=await jurisdictions.setting(session, jurisdiction_id, PALM_RATE_THRESHOLD),
        definition=DEFINITION,
        source=SOURCE,
        rows=[whole, *rows],
    )


def _count(parts: list[PalmRatePart]) -> tuple[int, int, int | None]:
    numerator = sum(part.in_numerator for part in parts)
    return numerator, len(parts), rate(numerator, len(parts))


async def palm_rate_parts(
    session: AsyncSession, jurisdiction_id: UUID, quarter: str | None, department_id: UUID | None
) -> list[PalmRatePart]:
    """The parts behind the figure, of one department or all. Raises QuarterInvalid."""
    _, first, after = bounds_of(quarter)
    found = await counted_parts(session, jurisdiction_id, first, after)
    return [part for id, each in found.items() if department_id in {None, id} for part in each.parts]

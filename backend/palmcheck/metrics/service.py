"""The figures of a place: all at once, one with its lines, its trend, its inspectors."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions import settings
from palmcheck.jurisdictions.settings import Setting
from palmcheck.jurisdictions.types import JurisdictionRef
from palmcheck.kernel.clock import law_date, now, quarter_bounds
from palmcheck.metrics.counting import Span, counted, counted_together
from palmcheck.metrics.definitions import FIGURES, PART_RULES, PROBLEM_RULES, Figure, FigureKey, Reason, rate
from palmcheck.metrics.facts import KINDS
from palmcheck.metrics.places import bounds_of, contained, quarters_until
from palmcheck.metrics.types import (
    FigureDetail,
    FigureRow,
    FigureSheet,
    FigureTrend,
    FigureView,
    KindRow,
    PlaceRow,
    ReasonCount,
    TrendPoint,
)

THRESHOLDS: dict[FigureKey, Setting[int]] = {
    "palm_rate": settings.PALM_RATE_THRESHOLD,
    "due_on_time": settings.DUE_ON_TIME,
    "target_completion": settings.TARGET_COMPLETION,
    "publication_rate": settings.PUBLICATION_RATE,
    "on_time_publication": settings.ON_TIME_PUBLICATION,
    "follow_up_rate": settings.FOLLOW_UP_RATE,
}
"""The others are shown without one."""
Counts = dict[Reason, int]


def numbers(figure: Figure, counts: Counts) -> dict[str, Any]:
    """Numerator, denominator, rate and reasons of counted facts."""
    over, under = figure.counts(counts)
    shown = [ReasonCount(reason, how, counts.get(reason, 0)) for reason, how in figure.reasons.items()]
    return {"numerator": over, "denominator": under, "rate": rate(over, under), "reasons": shown}


def gather(rows: Iterable[Any], *by: str) -> dict[Any, Counts]:
    """Counts by reason for each value of the columns `by`; rows without a reason are no matter of the figure."""
    found: dict[Any, Counts] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row.reason is not None:
            found[tuple(getattr(row, name) for name in by)][row.reason] += row.count
    return found


async def sheet(session: AsyncSession, place: UUID, quarter: str | None, *, below: bool) -> FigureSheet:
    """Every figure of a place, of the tasks of its plan. Raises QuarterInvalid."""
    asked, first, after = bounds_of(quarter)
    within = await contained(session, place, below=below)
    at = now()
    span = Span(list(within), first, after, law_date(at), "planned")
    together: dict[FigureKey, Counts] = {key: defaultdict(int) for key in PART_RULES}
    for row in await session.execute(counted_together(span)):
        for key, counts in together.items():
            if (reason := getattr(row, key)) is not None:
                counts[reason] += row.count
    for key in PROBLEM_RULES:
        together[key] = gather(await session.execute(counted(key, span))).get((), {})
    items = [await _view(session, place, figure, together[key]) for key, figure in FIGURES.items()]
    return FigureSheet(at, asked, JurisdictionRef(place, within[place]), len(within) - 1, items)


async def _view(session: AsyncSession, place: UUID, figure: Figure, whole: Counts) -> FigureView:
    which = THRESHOLDS.get(figure.key)
    return FigureView(
        figure=figure.key,
        unit=figure.unit,
        threshold=await jurisdictions.setting(session, place, which) if which else None,
        source=figure.source,
        rule=figure.rule,
        whole=FigureRow(**numbers(figure, whole)),
    )


async def detail(
    session: AsyncSession, place: UUID, key: FigureKey, quarter: str | None, *, below: bool
) -> FigureDetail:
    """One figure with its lines. Raises QuarterInvalid."""
    asked, first, after = bounds_of(quarter)
    within = await contained(session, place, below=below)
    at, figure = now(), FIGURES[key]
    by = ("jurisdiction_id", "department_id", "kind")
    rows = (await session.execute(counted(key, Span(list(within), first, after, law_date(at)), *by))).all()
    planned = [row for row in rows if row.kind == "planned"]
    whole = gather(planned).get((), {})
    own = gather([row for row in planned if row.jurisdiction_id == place], "department_id")
    by_place, by_kind = gather(planned, "jurisdiction_id"), gather(rows, "kind")
    lines = [PlaceRow(scope="whole", id=place, name=within[place], **numbers(figure, whole))]
    for each in sorted((await jurisdictions.departments(session, place)).values(), key=lambda each: each.code):
        counts = own.get((each.id,), {})
        lines.append(PlaceRow(scope="department", id=each.id, name=each.name, **numbers(figure, counts)))
    if len(within) > 1:
        lines += [
            PlaceRow(scope="jurisdiction", id=id, name=name, **numbers(figure, by_place.get((id,), {})))
            for id, name in within.items()
        ]
    view = await _view(session, place, figure, whole)
    return FigureDetail(
        **{name: getattr(view, name) for name in FigureView.__struct_fields__},
        as_of=at,
        quarter=asked,
        place=JurisdictionRef(place, within[place]),
        rows=lines,
        kinds=[KindRow(kind=kind, **numbers(figure, by_kind.get((kind,), {}))) for kind in KINDS if kind != "planned"],
    )


async def trend(
    session: AsyncSession, place: UUID, key: FigureKey, until: str | None, department_id: UUID | None, *, below: bool
) -> FigureTrend:
    """The last eight quarters of a figure, of a place or of one department. Raises QuarterInvalid."""
    asked, *_ = bounds_of(until)
    quarters = quarters_until(asked)
    within = await contained(session, place, below=below)
    at = now()
    bounds = [quarter_bounds(each) for each in quarters]
    span = Span(list(within), bounds[0][0], bounds[-1][1], law_date(at), "planned", department_id)
    found = gather(await session.execute(counted(key, span, "counted_on")), "counted_on")
    points = []
    for each, (first, _) in zip(quarters, bounds, strict=True):
        over, under = FIGURES[key].counts(found.get((first,), {}))
        points.append(TrendPoint(each, over, under, rate(over, under)))
    return FigureTrend(key, at, points)

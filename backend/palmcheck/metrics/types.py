"""What goes out of the slice."""

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.jurisdictions.types import JurisdictionRef
from palmcheck.kernel.clock import Instant
from palmcheck.metrics.definitions import Counting, FigureKey, Reason
from palmcheck.planning.types import TaskKind


class ReasonCount(Struct, frozen=True):
    """So many facts that count by one reason; `counts_as` apart stands in neither number."""

    reason: Reason
    counts_as: Counting
    count: int


class FigureRow(Struct, frozen=True):
    """A figure's numbers; `rate` in 1/10,000, null when nothing counts yet."""

    numerator: int
    denominator: int
    rate: int | None
    reasons: list[ReasonCount]


class PlaceRow(FigureRow, frozen=True):
    """The numbers of the whole place, of a jurisdiction within it, or of one department."""

    scope: Literal["whole", "jurisdiction", "department"]
    id: UUID
    name: str


class KindRow(FigureRow, frozen=True):
    """The numbers of one kind of task, counted apart (R20, R30)."""

    kind: TaskKind


class FigureView(Struct, frozen=True):
    """What a figure is: unit, threshold in 1/10,000 (none where it is only shown), source and rule."""

    figure: FigureKey
    unit: Literal["part", "visit", "problem"]
    threshold: int | None
    source: str
    rule: str | None
    whole: FigureRow


class FigureSheet(Struct, frozen=True):
    """All figures of a place for a quarter, what the plan asks for; `levels_below` are in it."""

    as_of: Instant
    quarter: str
    place: JurisdictionRef
    levels_below: int
    items: list[FigureView]


class FigureDetail(FigureView, frozen=True):
    """One figure: its departments, the jurisdictions below, and what is counted apart, by kind of task."""

    as_of: Instant
    quarter: str
    place: JurisdictionRef
    rows: list[PlaceRow]
    kinds: list[KindRow]


class TrendPoint(Struct, frozen=True):
    """A quarter of the trend."""

    quarter: str
    numerator: int
    denominator: int
    rate: int | None


class FigureTrend(Struct, frozen=True):
    """The last eight quarters of a figure, oldest first."""

    figure: FigureKey
    as_of: Instant
    items: list[TrendPoint]


class InspectorRow(FigureRow, frozen=True):
    """The numbers of one inspector: the parts that he goes to. Two go together, so these lines do not add up."""

    inspector_id: UUID
    name: str


class FigureInspectors(Struct, frozen=True):
    """A department's inspectors."""

    figure: FigureKey
    as_of: Instant
    quarter: str
    items: list[InspectorRow]


class FactRow(Struct, frozen=True):
    """One fact behind a figure, and why it counts as it does. `what`: the finding, of a problem."""

    id: UUID
    inspection_id: UUID
    jurisdiction_name: str
    department_name: str
    target_name: str
    what: str | None
    kind: TaskKind
    counted_on: date
    due_on: date | None
    reason: Reason
    counts_as: Counting
    record_url: str | None


class PublicFigure(Struct, frozen=True):
    """A figure as everybody may see it: counts, no rows."""

    figure: FigureKey
    threshold: int | None
    source: str
    numerator: int
    denominator: int
    rate: int | None
    reasons: list[ReasonCount]


class PublicFigures(Struct, frozen=True):
    """The figures of a jurisdiction with those below it, as of a day: what has not changed is the same answer."""

    counted_on: date
    quarter: str
    jurisdiction: JurisdictionRef
    levels_below: int
    items: list[PublicFigure]

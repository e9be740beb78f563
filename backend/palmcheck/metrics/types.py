"""What goes out of the slice."""

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.kernel.clock import Instant


class PalmRateRow(Struct, frozen=True):
    """The figure of one county or department; `rate` in 1/10,000, null when nothing counts yet."""

    scope: Literal["jurisdiction", "department"]
    id: UUID
    name: str
    numerator: int
    denominator: int
    rate: int | None


class PalmRate(Struct, frozen=True):
    """The palm-enforcement rate (掌上执法率, nominal) of a quarter. `threshold` in 1/10,000."""

    figure: Literal["palm_rate"]
    variant: Literal["nominal"]
    as_of: Instant
    quarter: str
    threshold: int
    definition: str
    source: str
    rows: list[PalmRateRow]


class PalmRatePart(Struct, frozen=True):
    """One department part behind the figure, and why it counts as it does."""

    part_id: UUID
    inspection_id: UUID
    target_name: str
    department_name: str
    counted_on: date
    state: str
    entry: Literal["mobile", "desk"] | None
    in_numerator: bool
    because: Literal["mobile", "desk", "overdue"]

"""What the overview says of the visits."""

from uuid import UUID

from msgspec import Struct

from palmcheck.kernel.clock import Instant


class VisitCounts(Struct, frozen=True):
    """Inspections by how they stand; one may be counted under several.

    `late`: past the due day with a part not formed; `due`: to be formed within 7 days; `moving`: begun, or photos
    outstanding; `undated`: no day set yet; `disputed`: results to decide between; `mine`: the caller's own to enter.
    """

    late: int
    due: int
    moving: int
    undated: int
    disputed: int
    mine: int


class VisitShare(Struct, frozen=True):
    """A place's, a department's or a task's share."""

    id: UUID
    name: str
    jurisdiction_id: UUID
    counts: VisitCounts


class VisitOverview(Struct, frozen=True):
    """What is late, due and moving, over what the caller sees.

    `calendar_missing`: years that deadlines reach into and that have no working-day table.
    """

    as_of: Instant
    whole: VisitCounts
    places: list[VisitShare]
    departments: list[VisitShare]
    tasks: list[VisitShare]
    calendar_missing: list[int]

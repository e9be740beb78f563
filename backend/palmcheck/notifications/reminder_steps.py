"""When a due day is reminded of (R23): so many working days before, once each, and once when it is over. Pure."""

from collections.abc import Mapping
from datetime import date

from palmcheck.jurisdictions.working_days import CalendarMissing, working_days_between

LADDER = (10, 5, 2, 1)
"""The steps, in working days before the due day, as far as they are not before a jurisdiction's first."""
OVER = 0
"""The step of a day that is over."""


def steps_from(first: int) -> tuple[int, ...]:
    """The steps where the first reminder comes `first` working days before: it, then those of the ladder below."""
    return (first, *(step for step in LADDER if step < first))


def step_reached(today: date, due_on: date, calendar: Mapping[date, bool], first: int) -> int | None:
    """The step at which a due day stands today; None: it is not near yet, or the calendar does not reach it.

    A step that a stopped machine missed is not made up for: the next one is all that still helps. On the last day
    itself the step is that of the day before.
    """
    if due_on < today:
        return OVER
    try:
        left = working_days_between(today, due_on, calendar)
    except CalendarMissing:
        return None
    return min((step for step in steps_from(first) if left <= step), default=None)

"""When a result must be public, and how long it took (domain.md 3, 5; R23). Pure."""

from collections.abc import Mapping
from datetime import date, timedelta

from palmcheck.jurisdictions.working_days import CalendarMissing, add_working_days, working_days_between


def publication_due(formed_on: date, days: int, calendar: Mapping[date, bool]) -> date | None:
    """The `days`-th working day after the result was formed (S1 二(四)); None where the calendar does not reach."""
    try:
        return add_working_days(formed_on, days, calendar)
    except CalendarMissing:
        return None


def due_by_clock(
    clock: str, formed_on: date, task_over_on: date, days: int, calendar: Mapping[date, bool]
) -> date | None:
    """The last day by the jurisdiction's clock: from the result (S1), from the task's end (S0), or at once (S4).

    `task_over_on`: when all of the task's results were formed, or else its deadline: no record waits for ever. At
    once is the day itself, or the next working day.
    """
    if clock == "at_once":
        return publication_due(formed_on - timedelta(days=1), 1, calendar)
    return publication_due(max(formed_on, task_over_on) if clock == "task_completed" else formed_on, days, calendar)


def review_limit(formed_on: date, due_on: date | None, days: int, calendar: Mapping[date, bool]) -> date:
    """The last day of a review: so many working days, and never the last day to publish itself.

    Where the calendar does not reach, days of the week stand for it.
    """
    limit = publication_due(formed_on, days, calendar) or formed_on + timedelta(days=days)
    return limit if due_on is None else max(formed_on - timedelta(days=1), min(limit, due_on - timedelta(days=1)))


def days_used(formed_on: date, published_on: date, calendar: Mapping[date, bool]) -> int | None:
    """Working days from the result to its publication; None where the calendar does not reach."""
    try:
        return working_days_between(formed_on, published_on, calendar)
    except CalendarMissing:
        return None


def allowed_days(formed_on: date, due_on: date | None, calendar: Mapping[date, bool]) -> int | None:
    """How many working days a deadline gave by the calendar it was counted with; None where it was not counted."""
    return None if due_on is None else days_used(formed_on, due_on, calendar)

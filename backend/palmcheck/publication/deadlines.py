"""When a result must be public, and how long it took (domain.md 3, 5). Pure."""

from collections.abc import Mapping
from datetime import date

from palmcheck.jurisdictions.working_days import CalendarMissing, add_working_days, working_days_between


def publication_due(formed_on: date, days: int, calendar: Mapping[date, bool]) -> date | None:
    """The `days`-th working day after the result was formed (S1 二(四)); None where the calendar does not reach."""
    try:
        return add_working_days(formed_on, days, calendar)
    except CalendarMissing:
        return None


def days_used(formed_on: date, published_on: date, calendar: Mapping[date, bool]) -> int | None:
    """Working days from the result to its publication; None where the calendar does not reach."""
    try:
        return working_days_between(formed_on, published_on, calendar)
    except CalendarMissing:
        return None


def allowed_days(formed_on: date, due_on: date | None, calendar: Mapping[date, bool]) -> int | None:
    """How many working days a deadline gave by the calendar it was counted with; None where it was not counted."""
    return None if due_on is None else days_used(formed_on, due_on, calendar)

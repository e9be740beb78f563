"""Counting working days (domain.md 8): day 1 is the next working day. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta


class CalendarMissing(LookupError):
    """A day has no entry in the calendar: nothing is guessed."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no working-day table for {day.year}")
        self.day = day


def add_working_days(start: date, days: int, calendar: Mapping[date, bool]) -> date:
    """The `days`-th working day after `start`, which does not count itself.

    `calendar` says of each day whether it is a working day. Raises CalendarMissing.
    """
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day not in calendar:
            raise CalendarMissing(day)
        days -= calendar[day]
    return day


def working_days_between(start: date, end: date, calendar: Mapping[date, bool]) -> int:
    """Working days after `start` up to and with `end`. Raises CalendarMissing."""
    count = 0
    for offset in range(1, (end - start).days + 1):
        day = start + timedelta(days=offset)
        if day not in calendar:
            raise CalendarMissing(day)
        count += calendar[day]
    return count

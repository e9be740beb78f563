"""The statutory calendar that a jurisdiction starts with: holidays and make-up workdays."""

from datetime import date, timedelta

import chinese_calendar

FIRST_YEAR = 2025


def statutory_days() -> dict[date, bool]:
    """Every day from 2025 to the last year that the State Council has announced, and whether it is a working day."""
    days: dict[date, bool] = {}
    day = date(FIRST_YEAR, 1, 1)
    while True:
        try:
            days[day] = chinese_calendar.is_workday(day)
        except NotImplementedError:
            return days
        day += timedelta(days=1)

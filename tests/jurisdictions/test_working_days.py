"""Counting working days: by property, and on the calendar as the State Council announced it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, integers, sets

from palmcheck.jurisdictions.statutory_calendar import statutory_days
from palmcheck.jurisdictions.working_days import CalendarMissing, add_working_days, working_days_between

DAYS = dates(date(2026, 1, 1), date(2026, 12, 31))
STATUTORY = statutory_days()


def calendar(off: set[date]) -> dict[date, bool]:
    """Two years in which weekends and `off` are free."""
    days = (date(2026, 1, 1) + timedelta(n) for n in range(730))
    return {day: day.weekday() < 5 and day not in off for day in days}


@given(start=DAYS, off=sets(DAYS, max_size=30), days=integers(1, 60))
def test_exactly_that_many_working_days_pass_and_the_last_is_one(start: date, off: set[date], days: int) -> None:
    works = calendar(off)
    due = add_working_days(start, days, works)
    passed = [start + timedelta(n) for n in range(1, (due - start).days + 1)]

    assert works[due]
    assert sum(works[day] for day in passed) == days


@given(start=DAYS, off=sets(DAYS, max_size=30), days=integers(1, 60), later=integers(0, 40))
def test_counting_back_gives_what_was_added(start: date, off: set[date], days: int, later: int) -> None:
    works = calendar(off)
    due = add_working_days(start, days, works)

    assert working_days_between(start, due, works) == days
    assert working_days_between(start, due - timedelta(1), works) == days - 1
    assert working_days_between(start, due + timedelta(later), works) >= days


@given(start=DAYS, days=integers(1, 30), more=integers(1, 30))
def test_days_can_be_added_in_two_goes(start: date, days: int, more: int) -> None:
    works = calendar(set())

    assert add_working_days(add_working_days(start, days, works), more, works) == add_working_days(
        start, days + more, works
    )


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2026, 9, 25), date(2026, 10, 29)),
        (date(2026, 2, 10), date(2026, 3, 16)),
        (date(2026, 4, 15), date(2026, 5, 15)),
    ],
)
def test_twenty_working_days_over_the_holidays_of_2026(start: date, due: date) -> None:
    assert add_working_days(start, 20, STATUTORY) == due
    assert working_days_between(start, due, STATUTORY) == 20


def test_no_days_are_no_days_and_the_past_has_none() -> None:
    assert add_working_days(date(2026, 10, 1), 0, {}) == date(2026, 10, 1)
    assert working_days_between(date(2026, 10, 1), date(2026, 10, 1), {}) == 0
    assert working_days_between(date(2026, 10, 2), date(2026, 10, 1), {}) == 0


def test_nothing_is_guessed_beyond_the_calendar() -> None:
    last = max(STATUTORY)

    with pytest.raises(CalendarMissing) as missing:
        add_working_days(last - timedelta(3), 20, STATUTORY)
    assert missing.value.day == last + timedelta(1)
    assert str(missing.value.day.year) in str(missing.value)
    with pytest.raises(CalendarMissing):
        working_days_between(last, last + timedelta(1), STATUTORY)


def test_the_statutory_calendar_has_every_day_of_its_years() -> None:
    first, last = min(STATUTORY), max(STATUTORY)

    assert len(STATUTORY) == (last - first).days + 1
    assert (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)

"""When a due day is reminded of: in working days before it, each step once, never by a guessed calendar."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from palmcheck.jurisdictions.working_days import add_working_days, working_days_between
from palmcheck.notifications.reminder_steps import LADDER, OVER, step_reached, steps_from

FIRST_DAY = date(2026, 1, 1)
WEEKDAYS = {day: day.weekday() < 5 for day in (FIRST_DAY + timedelta(n) for n in range(500))}
TODAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))
FIRSTS = st.integers(1, 60)


def test_the_usual_ladder_is_ten_five_two_and_one() -> None:
    assert steps_from(10) == LADDER == (10, 5, 2, 1)
    assert steps_from(5) == (5, 2, 1)
    assert steps_from(7) == (7, 5, 2, 1)
    assert steps_from(1) == (1,)


def test_a_week_in_which_a_result_is_due() -> None:
    friday = date(2026, 3, 20)

    reached = {day: step_reached(date(2026, 3, day), friday, WEEKDAYS, 10) for day in (5, 6, 13, 16, 18, 19, 20, 21)}

    assert reached == {5: None, 6: 10, 13: 5, 16: 5, 18: 2, 19: 1, 20: 1, 21: OVER}


@given(TODAYS, st.integers(0, 120), FIRSTS, st.sets(st.integers(0, 400), max_size=40))
def test_a_day_is_near_exactly_from_its_first_step_on(today: date, ahead: int, first: int, free: set[int]) -> None:
    calendar = {day: works and (day - FIRST_DAY).days not in free for day, works in WEEKDAYS.items()}
    due_on = today + timedelta(ahead)

    step = step_reached(today, due_on, calendar, first)

    left = working_days_between(today, due_on, calendar)
    assert (step is not None) is (left <= first)
    if step is not None:
        assert step in steps_from(first)
        assert step >= left


@given(TODAYS, FIRSTS)
def test_day_by_day_each_step_is_reached_in_its_order_and_on_its_day(start: date, first: int) -> None:
    due_on = add_working_days(start, first + 3, WEEKDAYS)
    days = [start + timedelta(n) for n in range((due_on - start).days + 2)]

    reached = [step_reached(day, due_on, WEEKDAYS, first) for day in days]

    seen = list(dict.fromkeys(step for step in reached if step is not None))
    assert seen == [*steps_from(first), OVER]
    for day, step in zip(days, reached, strict=True):
        if step in steps_from(first) and reached[days.index(day) - 1] != step:
            assert working_days_between(day, due_on, WEEKDAYS) == step


@given(TODAYS, st.integers(1, 900))
def test_what_the_calendar_does_not_reach_is_not_guessed_and_what_is_over_needs_none(today: date, days: int) -> None:
    assert step_reached(today, today + timedelta(days), {}, 10) is None
    assert step_reached(today, today - timedelta(days), {}, 10) == OVER

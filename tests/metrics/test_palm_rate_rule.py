"""The palm rate's definition: by property."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates, datetimes, integers, none, sampled_from, times

from palmcheck.kernel.clock import quarter_bounds, quarter_of
from palmcheck.metrics.palm_rate import counts_as, rate

DAYS = dates(date(2025, 1, 1), date(2027, 12, 31))
INSTANTS = datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


@given(entry=sampled_from(["mobile", "desk"]), formed=INSTANTS, due=DAYS, today=DAYS)
def test_what_is_done_counts_by_the_day_it_was_formed_whenever_it_was_due(
    entry: str, formed: datetime, due: date, today: date
) -> None:
    counted = counts_as(entry, formed, due, today)

    assert counted is not None
    assert counted[0] == entry
    assert counted[1] - formed.date() in {timedelta(0), timedelta(1)}  # Shanghai is eight hours ahead


@given(entry=none() | sampled_from(["mobile"]), due=DAYS, today=DAYS)
def test_what_is_not_done_counts_from_the_day_after_it_was_due(entry: str | None, due: date, today: date) -> None:
    assert counts_as(entry, None, due, today) == (("overdue", due) if today > due else None)


@given(at=times())
def test_a_day_of_law_begins_at_midnight_in_shanghai(at: time) -> None:
    formed = datetime.combine(date(2026, 12, 31), at, UTC)

    counted = counts_as("mobile", formed, date(2026, 12, 31), date(2027, 1, 5))

    assert counted == ("mobile", date(2027, 1, 1) if at.hour >= 16 else date(2026, 12, 31))


@given(whole=integers(0, 10_000), part=integers(0, 10_000))
def test_a_rate_is_never_shown_before_it_is_reached(whole: int, part: int) -> None:
    shown = rate(part, whole)

    assert (shown is None) == (whole == 0)
    if shown is not None:
        assert shown * whole <= part * 10_000 < (shown + 1) * whole


@given(day=DAYS)
def test_each_day_lies_in_its_quarter_and_quarters_follow_each_other(day: date) -> None:
    first, after = quarter_bounds(quarter_of(day))

    assert first <= day < after
    assert quarter_of(after - timedelta(1)) == quarter_of(day) != quarter_of(after)
    assert (first.day, after.day) == (1, 1)


NO_QUARTERS = ["", "2026", "2026Q0", "2026Q5", "2026q4", "26Q4", "２０２６Q4", "0000Q1", "9999Q4", "2026Q", "2026Q44"]


@pytest.mark.parametrize("wrong", NO_QUARTERS)
def test_what_is_no_quarter_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=""):
        quarter_bounds(wrong)

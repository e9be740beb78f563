"""Who and what may be drawn (R1, R2): by property."""

from datetime import date, timedelta
from typing import get_args, get_type_hints

from hypothesis import given
from hypothesis.strategies import dates, integers, sampled_from

from palmcheck.registry.eligibility import (
    DRAWN_STAFF_KINDS,
    holds_interest,
    is_drawable_inspector,
    is_drawable_target,
    why_not_drawable,
)
from palmcheck.registry.types import NewInspector, NewTarget

STATUSES = ["active", "transferred", "retired", "", "ACTIVE"]
KINDS = [*get_args(get_type_hints(NewInspector)["staff_kind"]), "", "expert"]
DAYS = dates(date(2026, 1, 1), date(2030, 12, 31))


def test_only_targets_in_operation_are_drawn() -> None:
    statuses = [*get_args(get_type_hints(NewTarget)["status"]), "", "unknown"]

    assert [status for status in statuses if is_drawable_target(status)] == ["operating"]


@given(status=sampled_from(STATUSES), kind=sampled_from(KINDS), expires=DAYS, on=DAYS)
def test_only_active_qualified_staff_with_a_valid_certificate_is_drawn(
    status: str, kind: str, expires: date, on: date
) -> None:
    drawn = is_drawable_inspector(status, kind, expires, on)

    assert drawn == (status == "active" and kind in {"enforcement", "qualified"} and not expires < on)


@given(on=DAYS, left=integers(0, 400), later=integers(1, 400))
def test_a_certificate_holds_through_its_last_day_and_never_comes_back(on: date, left: int, later: int) -> None:
    expires = on + timedelta(left)

    assert is_drawable_inspector("active", "enforcement", expires, on)
    assert is_drawable_inspector("active", "enforcement", expires, expires)
    assert not is_drawable_inspector("active", "enforcement", expires, expires + timedelta(later))


@given(status=sampled_from(STATUSES), kind=sampled_from(KINDS), expires=DAYS, on=DAYS)
def test_a_row_that_waits_for_review_is_never_drawn_and_says_so(
    status: str, kind: str, expires: date, on: date
) -> None:
    reviewed = why_not_drawable(status, kind, expires, on)
    waiting = why_not_drawable(status, kind, expires, on, reviewed=False)

    assert waiting == (*reviewed, "not_reviewed")
    assert not is_drawable_inspector(status, kind, expires, on, reviewed=False)
    assert is_drawable_inspector(status, kind, expires, on) == (reviewed == ())


@given(since=DAYS, days=integers(0, 900), on=DAYS)
def test_an_interest_holds_from_its_first_to_its_last_day(since: date, days: int, on: date) -> None:
    last = since + timedelta(days)

    assert holds_interest(since, last, since)
    assert holds_interest(since, last, last)
    assert not holds_interest(since, last, last + timedelta(1))
    assert not holds_interest(since, None, since - timedelta(1))
    assert holds_interest(since, last, on) <= holds_interest(since, None, on)


def test_daily_supervision_staff_is_never_drawn() -> None:
    assert set(KINDS) - {"", "expert"} - DRAWN_STAFF_KINDS == {"daily_supervision"}

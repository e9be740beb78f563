"""Where a publication stands, and its days: by property (domain.md 3, 5; R23)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, integers, lists, none, sampled_from, sets

from palmcheck.jurisdictions.working_days import add_working_days, working_days_between
from palmcheck.publication.deadlines import (
    OVERDUE_STEP,
    REMINDER_STEPS,
    due_by_clock,
    reminder_due,
    review_limit,
)
from palmcheck.publication.grounds import GROUND_KEYS, GROUNDS, ground_sentence
from palmcheck.publication.stages import WAITING, Facts, stage_of

DAYS = dates(date(2026, 1, 1), date(2026, 10, 1))
FREE = sets(dates(date(2026, 1, 1), date(2027, 6, 1)), max_size=40)
FACTS = builds(
    Facts,
    complete=booleans(),
    review=sampled_from(["none", "waiting", "passed", "returned", "lapsed"]),
    withholding=sampled_from(["none", "proposed", "confirmed"]),
    published=booleans(),
)


def calendar(free: set[date]) -> dict[date, bool]:
    days = (date(2026, 1, 1) + timedelta(n) for n in range(700))
    return {day: day.weekday() < 5 and day not in free for day in days}


@given(FACTS)
def test_only_a_whole_result_that_nobody_holds_back_is_ready(facts: Facts) -> None:
    ready = stage_of(facts) == "ready"

    assert ready is (
        facts.complete
        and not facts.published
        and facts.withholding == "none"
        and facts.review in {"none", "passed", "lapsed"}
    )


@given(FACTS)
def test_a_confirmed_withholding_is_never_waited_for_nor_public(facts: Facts) -> None:
    stage = stage_of(facts)

    if facts.withholding == "confirmed":
        assert stage not in WAITING
        assert stage != "published"
    elif facts.published:
        assert stage == "published"  # a proposal alone takes nothing out of public


@given(formed=DAYS, over=DAYS, days=integers(1, 40), free=FREE)
def test_a_clock_gives_its_days_from_its_own_day_on(formed: date, over: date, days: int, free: set[date]) -> None:
    works = calendar(free)

    by_result = due_by_clock("result_formed", formed, over, days, works)
    by_task = due_by_clock("task_completed", formed, over, days, works)
    at_once = due_by_clock("at_once", formed, over, days, works)

    assert by_result == add_working_days(formed, days, works)
    assert by_task == add_working_days(max(formed, over), days, works)
    assert at_once is not None
    assert works[at_once]
    assert formed <= at_once
    assert not any(works[formed + timedelta(n)] for n in range((at_once - formed).days))


@given(formed=DAYS, days=integers(1, 40), review=integers(1, 60), free=FREE)
def test_a_review_never_takes_the_last_day(formed: date, days: int, review: int, free: set[date]) -> None:
    works = calendar(free)
    due = add_working_days(formed, days, works)

    limit = review_limit(formed, due, review, works)

    assert limit < due
    assert limit <= add_working_days(formed, review, works)


@given(formed=DAYS, review=integers(1, 60))
def test_without_a_calendar_a_review_has_a_limit_too(formed: date, review: int) -> None:
    assert review_limit(formed, None, review, {}) == formed + timedelta(days=review)


@given(start=DAYS, days=integers(1, 25), free=FREE, asleep=lists(integers(0, 60), max_size=30))
def test_each_step_is_told_once_and_never_the_same_thing_twice(
    start: date, days: int, free: set[date], asleep: list[int]
) -> None:
    works = calendar(free)
    due = add_working_days(start, days, works)
    told: list[int] = []
    for n in range((due - start).days + 10):
        today = start + timedelta(n)
        step = None if n in asleep else reminder_due(today, due, told, works)
        if step is not None:
            left = working_days_between(today, due, works) if today <= due else None
            assert (left is None) is (step == OVERDUE_STEP)
            assert left is None or step == min(each for each in REMINDER_STEPS if each >= left)
            told.append(step)

    assert told == sorted(set(told), reverse=True)
    if not asleep:
        assert told == [each for each in REMINDER_STEPS if each <= days or each == _first(days)] + [OVERDUE_STEP]


def _first(days: int) -> int | None:
    """The step at which one who comes late to the list begins."""
    return min((each for each in REMINDER_STEPS if each >= days), default=None)


@given(today=DAYS, due=DAYS, told=none())
def test_where_the_calendar_ends_nothing_is_guessed(today: date, due: date, told: None) -> None:
    del told
    assert reminder_due(today, due, [], {}) in ({OVERDUE_STEP} if today > due else {None, 1})


def test_every_ground_has_words_and_a_law() -> None:
    assert set(GROUNDS) == set(GROUND_KEYS)
    assert all(ground_sentence(each, "zh-CN") and ground_sentence(each, "en") for each in GROUND_KEYS)
    assert all(GROUNDS[each].law for each in GROUND_KEYS)

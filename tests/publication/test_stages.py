"""Where a publication stands, and its days: by property (domain.md 3, 5; R23)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis.strategies import booleans, builds, dates, integers, sampled_from, sets

from palmcheck.jurisdictions.working_days import add_working_days
from palmcheck.publication.deadlines import due_by_clock, review_limit
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


def test_every_ground_has_words_and_a_law() -> None:
    assert set(GROUNDS) == set(GROUND_KEYS)
    assert all(ground_sentence(each, "zh-CN") and ground_sentence(each, "en") for each in GROUND_KEYS)
    assert all(GROUNDS[each].law for each in GROUND_KEYS)

"""Every figure's definition, by property."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, sampled_from

from palmcheck.jurisdictions.settings import SETTINGS
from palmcheck.kernel.clock import quarter_bounds, quarter_of
from palmcheck.metrics.definitions import FIGURES, PART_RULES, PROBLEM_RULES, FigureKey, rate
from palmcheck.metrics.facts import Part, Problem
from palmcheck.metrics.service import THRESHOLDS
from tests.metrics.made_up import DAYS, LATER, PARTS, PROBLEMS, TODAY

OF_PARTS, OF_PROBLEMS = sampled_from(sorted(PART_RULES)), sampled_from(sorted(PROBLEM_RULES))


def test_every_figure_has_one_rule_and_a_threshold_or_is_only_shown() -> None:
    assert set(PART_RULES) | set(PROBLEM_RULES) == set(FIGURES)
    assert not set(PART_RULES) & set(PROBLEM_RULES)
    assert set(FIGURES) - set(THRESHOLDS) == {"problem_rate", "follow_up_closed"}
    assert {each.key for each in THRESHOLDS.values()} <= set(SETTINGS)


@given(parts=lists(PARTS), key=OF_PARTS)
def test_a_numerator_lies_in_its_denominator_and_lines_add_up(parts: list[Part], key: FigureKey) -> None:
    figure, rule = FIGURES[key], PART_RULES[key]

    def count(chosen: list[Part]) -> tuple[int, int]:
        reasons = [reason for part in chosen if (reason := rule(part, TODAY)) is not None]
        assert set(reasons) <= set(figure.reasons)
        return figure.counts(dict(Counter(reasons)))

    whole = count(parts)
    assert 0 <= whole[0] <= whole[1] <= len(parts)
    # By whatever they are split, here by method: the lines add up to the whole.
    lines = [count([part for part in parts if part.method == method]) for method in ("on_site", "written", "online")]
    assert whole == (sum(line[0] for line in lines), sum(line[1] for line in lines))


@given(part=PARTS, key=OF_PARTS, later=LATER)
def test_what_has_come_to_count_counts_on_every_later_day(part: Part, key: FigureKey, later: int) -> None:
    figure, rule = FIGURES[key], PART_RULES[key]
    now, then = rule(part, TODAY), rule(part, TODAY + timedelta(later))

    if now is not None and figure.reasons[now] != "apart":
        assert then is not None
        assert figure.reasons[then] == figure.reasons[now]


@given(problem=PROBLEMS, key=OF_PROBLEMS, later=LATER)
def test_every_found_problem_counts_and_time_alone_handles_none(problem: Problem, key: FigureKey, later: int) -> None:
    figure, rule = FIGURES[key], PROBLEM_RULES[key]
    now, then = rule(problem, TODAY), rule(problem, TODAY + timedelta(later))

    assert now is not None
    assert then is not None
    assert figure.reasons[now] == figure.reasons[then] != "apart"


@given(part=PARTS)
def test_what_a_law_withholds_stands_apart_in_both_figures_of_publication(part: Part) -> None:
    for key in ("publication_rate", "on_time_publication"):
        reason = PART_RULES[key](part, TODAY)
        assert (reason == "withheld") == (part.formed_on is not None and part.withheld_on is not None)


@given(part=PARTS)
def test_what_is_published_on_time_is_published(part: Part) -> None:
    if PART_RULES["on_time_publication"](part, TODAY) == "on_time":
        assert PART_RULES["publication_rate"](part, TODAY) == "published"


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

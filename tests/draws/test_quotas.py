"""How many targets of each stratum are drawn: what always holds, and the fixed cases (R6, R7)."""

from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palmcheck.draws.quotas import WHOLE, Stratum, quotas

SMALL_STRATA = st.builds(tuple, st.lists(st.tuples(st.integers(0, 40), st.integers(0, WHOLE)), max_size=8))
LARGE_STRATA = st.builds(tuple, st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, WHOLE)), max_size=8))
ROWS = SMALL_STRATA | LARGE_STRATA
BOUNDS = st.none() | st.integers(0, 60)


def strata_of(rows: tuple[tuple[int, int], ...]) -> list[Stratum]:
    return [Stratum(f"s{number}", pool, ratio) for number, (pool, ratio) in enumerate(rows)]


def share(stratum: Stratum) -> Fraction:
    return Fraction(stratum.pool * stratum.ratio, WHOLE)


def entitled(strata: list[Stratum]) -> list[Stratum]:
    return [each for each in strata if each.pool and each.ratio]


def test_four_credit_classes_of_a_county() -> None:
    strata = [
        Stratum("a", 1003, 100),
        Stratum("b", 1507, 300),
        Stratum("c", 402, 1000),
        Stratum("d", 88, 3000),
    ]
    assert quotas(strata) == {"a": 10, "b": 45, "c": 40, "d": 27}


@pytest.mark.parametrize(
    ("rows", "minimum_one", "at_most", "drawn"),
    [
        (((50, 100),), False, None, [1]),  # exactly a half is rounded up
        (((49, 100),), False, None, [0]),
        (((25, 1000), (25, 1000)), True, None, [3, 2]),  # equal fractions: the lower code
        (((106, 1000), (3, 1000)), True, None, [10, 1]),  # the one comes out of the total of 11
        (((106, 1000), (3, 1000)), False, None, [11, 0]),
        (((2, 100), (2, 100), (20, 1000)), True, None, [1, 1, 2]),  # it raises the total from 2 to 4
        (((970, WHOLE), (1, WHOLE), (1, WHOLE)), True, 4, [2, 1, 1]),
        (((970, WHOLE), (1, WHOLE), (1, WHOLE)), False, 4, [4, 0, 0]),
        (((20, 1000), (90, 1000), (20, 1000)), True, 2, [1, 1, 0]),  # fewer places than strata
    ],
)
def test_cases_worked_out_by_hand(
    rows: tuple[tuple[int, int], ...], minimum_one: bool, at_most: int | None, drawn: list[int]
) -> None:
    assert list(quotas(strata_of(rows), minimum_one=minimum_one, at_most=at_most).values()) == drawn


@given(rows=ROWS, minimum_one=st.booleans(), at_most=BOUNDS)
def test_no_quota_is_above_its_share_rounded_up_nor_its_pool(
    rows: tuple[tuple[int, int], ...], minimum_one: bool, at_most: int | None
) -> None:
    strata = strata_of(rows)
    drawn = quotas(strata, minimum_one=minimum_one, at_most=at_most)
    assert all(0 <= drawn[each.code] <= ceil(share(each)) <= each.pool for each in strata)


@given(rows=ROWS, minimum_one=st.booleans())
def test_without_a_bound_every_quota_is_its_share_rounded_down_or_up(
    rows: tuple[tuple[int, int], ...], minimum_one: bool
) -> None:
    strata = strata_of(rows)
    drawn = quotas(strata, minimum_one=minimum_one)
    assert all(drawn[each.code] in {floor(share(each)), ceil(share(each))} for each in strata)


@given(rows=ROWS)
def test_the_total_is_the_sum_of_the_shares_rounded_half_up(rows: tuple[tuple[int, int], ...]) -> None:
    strata = strata_of(rows)
    total = sum(quotas(strata, minimum_one=False).values())
    assert -Fraction(1, 2) < total - sum(map(share, strata)) <= Fraction(1, 2)


@given(rows=ROWS)
def test_at_least_one_adds_only_what_floors_and_ones_need(rows: tuple[tuple[int, int], ...]) -> None:
    strata = strata_of(rows)
    plain, spread = quotas(strata, minimum_one=False), quotas(strata, minimum_one=True)
    assert all(spread[each.code] >= 1 for each in entitled(strata))
    needed = sum(max(floor(share(each)), 1) for each in entitled(strata))
    assert sum(spread.values()) == max(sum(plain.values()), needed)


@given(rows=ROWS, minimum_one=st.booleans(), at_most=st.integers(0, 60))
def test_a_bound_only_lowers_and_is_used_up(rows: tuple[tuple[int, int], ...], minimum_one: bool, at_most: int) -> None:
    strata = strata_of(rows)
    free = quotas(strata, minimum_one=minimum_one)
    bound = quotas(strata, minimum_one=minimum_one, at_most=at_most)
    assert sum(bound.values()) == min(at_most, sum(free.values()))
    assert bound == free or at_most < sum(free.values())


@given(rows=ROWS, at_most=st.integers(0, 60))
def test_a_bound_keeps_at_least_one_as_far_as_there_are_places(rows: tuple[tuple[int, int], ...], at_most: int) -> None:
    strata = strata_of(rows)
    bound = quotas(strata, at_most=at_most)
    served = [each for each in entitled(strata) if bound[each.code]]
    assert len(served) == min(at_most, len(entitled(strata)))


@given(rows=ROWS, minimum_one=st.booleans(), at_most=BOUNDS)
def test_of_two_strata_the_one_with_the_larger_share_never_gets_fewer(
    rows: tuple[tuple[int, int], ...], minimum_one: bool, at_most: int | None
) -> None:
    strata = sorted(strata_of(rows), key=share)
    drawn = quotas(strata, minimum_one=minimum_one, at_most=at_most)
    for less, more in pairwise(strata):
        assert share(less) == share(more) or drawn[less.code] <= drawn[more.code]


@given(rows=ROWS, minimum_one=st.booleans(), more=st.integers(1, 500), data=st.data())
def test_a_larger_pool_or_ratio_never_lowers_its_own_quota(
    rows: tuple[tuple[int, int], ...], minimum_one: bool, more: int, data: st.DataObject
) -> None:
    strata = [Stratum("grows", data.draw(st.integers(0, 500)), data.draw(st.integers(0, WHOLE))), *strata_of(rows)]
    grown = strata[0]
    before = quotas(strata, minimum_one=minimum_one)["grows"]
    for larger in (
        Stratum("grows", grown.pool + more, grown.ratio),
        Stratum("grows", grown.pool, min(WHOLE, grown.ratio + more)),
    ):
        assert quotas([larger, *strata[1:]], minimum_one=minimum_one)["grows"] >= before


@given(rows=ROWS, minimum_one=st.booleans(), at_most=BOUNDS, data=st.data())
def test_the_order_of_the_strata_changes_nothing(
    rows: tuple[tuple[int, int], ...], minimum_one: bool, at_most: int | None, data: st.DataObject
) -> None:
    strata = strata_of(rows)
    shuffled = data.draw(st.permutations(strata))
    drawn = quotas(strata, minimum_one=minimum_one, at_most=at_most)
    again = quotas(shuffled, minimum_one=minimum_one, at_most=at_most)
    assert list(again.items()) == list(drawn.items())


@pytest.mark.parametrize(
    "strata",
    [
        [Stratum("a", 1, 1), Stratum("a", 2, 1)],
        [Stratum("a", -1, 1)],
        [Stratum("a", 1, -1)],
        [Stratum("a", 1, WHOLE + 1)],
    ],
)
def test_impossible_strata_are_refused(strata: list[Stratum]) -> None:
    with pytest.raises(ValueError, match=r"twice|out of range"):
        quotas(strata)


def test_a_negative_quantity_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        quotas([Stratum("a", 10, 1000)], at_most=-1)

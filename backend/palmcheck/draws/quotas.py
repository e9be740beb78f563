"""How many targets of each stratum are drawn (R6, R7): integers only, ratios in 1/10,000.

A stratum's *share* is pool x ratio / 10,000, an exact fraction of targets. It is *entitled* if its share is above 0.

1. **Total.** The sum of the shares, rounded half up.
2. **Floors.** Each stratum gets the whole part of its share.
3. **At least one** (setting): an entitled stratum whose floor is 0 gets 1. These ones come out of the total; the
   total grows only if floors and ones together are more than it.
4. **Remainders.** What is left of the total goes, one each, to the largest fractions among the strata that step 3
   did not raise; ties go to the lower stratum code.

So every quota is its share rounded down or up and never above the pool: "at least one" changes who is rounded up,
and adds to the total only what cannot be avoided.

**Upper bound.** A given quantity (a scheme's number, what is left of a yearly cap) only ever lowers. If the total is
above it, exactly that many are drawn, shared out in proportion to the shares (whole parts, then the largest
fractions, ties to the lower code). The bound is stronger than "at least one", which then holds as far as it can:

- as many places as entitled strata, or more: a stratum whose proportion is below 1 gets 1, the other places are
  shared out among the other strata, and so on until none is below 1;
- fewer places than entitled strata: one each to the largest shares, ties to the lower code.

A task that names a quantity and no ratio is the ratio 10,000 with that bound.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

WHOLE = 10_000
"""The ratio of 100 %: ratios count in 1/10,000."""


class Stratum(Struct, frozen=True):
    """A part of the pool with a ratio of its own: `pool` targets, `ratio` in 1/10,000 (0 to 10,000)."""

    code: str
    pool: int
    ratio: int


def quotas(strata: Iterable[Stratum], *, minimum_one: bool = True, at_most: int | None = None) -> dict[str, int]:
    """Answer the quota by stratum code, in order of the codes; the module's text has the rule.

    Raises ValueError for a code given twice, a negative number or a ratio above 10,000.
    """
    shares = _shares(strata)
    wanted = _by_ratio(shares, minimum_one)
    if at_most is None:
        return wanted
    if at_most < 0:
        raise ValueError(f"a quantity cannot be negative: {at_most}")
    return wanted if sum(wanted.values()) <= at_most else _within(shares, at_most, minimum_one)


def _shares(strata: Iterable[Stratum]) -> dict[str, int]:
    """Shares in 1/10,000 of a target, by code in order."""
    shares: dict[str, int] = {}
    for stratum in sorted(strata, key=lambda each: each.code):
        if stratum.code in shares:
            raise ValueError(f"stratum given twice: {stratum.code}")
        if stratum.pool < 0 or not 0 <= stratum.ratio <= WHOLE:
            raise ValueError(f"pool or ratio out of range: {stratum}")
        shares[stratum.code] = stratum.pool * stratum.ratio
    return shares


def _by_ratio(shares: Mapping[str, int], minimum_one: bool) -> dict[str, int]:
    """Steps 1 to 4: what the ratios ask for, no bound yet."""
    total = (2 * sum(shares.values()) + WHOLE) // (2 * WHOLE)
    counts = {code: share // WHOLE for code, share in shares.items()}
    raised = {code for code, share in shares.items() if minimum_one and 0 < share < WHOLE}
    counts.update(dict.fromkeys(raised, 1))
    fractions = {code: share % WHOLE for code, share in shares.items() if code not in raised}
    for code in _largest(fractions, total - sum(counts.values())):
        counts[code] += 1
    return counts


def _within(shares: Mapping[str, int], places: int, minimum_one: bool) -> dict[str, int]:
    """Share out exactly `places`, fewer than the ratios ask for, in proportion to the shares."""
    counts = dict.fromkeys(shares, 0)
    free = {code: share for code, share in shares.items() if share}
    if minimum_one:
        if places < len(free):
            return counts | dict.fromkeys(_largest(free, places), 1)
        while small := [code for code, share in free.items() if share * places < sum(free.values())]:
            for code in small:
                counts[code] = 1
                del free[code]
            places -= len(small)
    whole = sum(free.values())
    counts.update({code: share * places // whole for code, share in free.items()})
    left = places - sum(counts[code] for code in free)
    for code in _largest({code: share * places % whole for code, share in free.items()}, left):
        counts[code] += 1
    return counts


def _largest(weights: Mapping[str, int], count: int) -> list[str]:
    """The codes of the `count` largest weights, ties to the lower code; none for a count below 1."""
    return sorted(weights, key=lambda code: (-weights[code], code))[: max(count, 0)]

"""Which targets are drawn, and which stand in reserve (R4, R5).

rank = HMAC-SHA256(K, "palmcheck/draw/v1/target" || 0x00 || len(B) || B || len(draw id) || draw id ||
len(stratum) || stratum || leaf), framed as `entropy` says. Ranks compare by their bytes. In each stratum the lowest
`quota` are drawn, and the next `reserve` are that stratum's reserve: a replacement keeps the quotas, so it comes from
the stratum of the target that it replaces, the lowest position first. A stratum of which nothing is drawn has
no reserve.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nsmallest

from msgspec import Struct

from palmcheck.draws.entropy import DrawKey
from palmcheck.draws.leaves import PoolLeaf, refuse_bad_leaves

TARGET_LABEL = "palmcheck/draw/v1/target"


class Ranked(Struct, frozen=True):
    """A drawn or reserve target; `position` counts from 1 in its stratum's drawn list or reserve."""

    stratum: str
    leaf: bytes
    rank: bytes
    position: int


class Selection(Struct, frozen=True):
    """The drawn and the reserve, each in the order (stratum code, position)."""

    drawn: tuple[Ranked, ...]
    reserve: tuple[Ranked, ...]


def target_rank(draw: DrawKey, stratum: str, leaf: bytes) -> bytes:
    """The rank of one target, 32 bytes: the lowest are drawn."""
    return _ranks(draw, stratum, [leaf])[0][0]


def select(draw: DrawKey, pool: Iterable[PoolLeaf], quotas: Mapping[str, int], *, reserve: int = 0) -> Selection:
    """Draw each stratum's quota and its reserve; the order of the pool does not matter.

    `reserve` counts targets a stratum; a stratum too small for it has a shorter one. Raises ValueError for a quota
    above its stratum's pool, a stratum without a quota, negative numbers, and a leaf given twice or not of 32 bytes.
    """
    strata = _by_stratum(pool)
    _refuse_bad_quotas(strata, quotas, reserve)
    drawn: list[Ranked] = []
    spare: list[Ranked] = []
    for stratum in sorted(strata):
        quota = quotas[stratum]
        if quota == 0:
            continue
        lowest = nsmallest(quota + reserve, _ranks(draw, stratum, strata[stratum]))
        drawn += _ranked(stratum, lowest[:quota])
        spare += _ranked(stratum, lowest[quota:])
    return Selection(tuple(drawn), tuple(spare))


def _ranks(draw: DrawKey, stratum: str, leaves: Iterable[bytes]) -> list[tuple[bytes, bytes]]:
    """(rank, leaf) of each leaf; the keyed prefix is hashed once, which halves the time of a large pool."""
    prefix = draw.keyed(TARGET_LABEL, stratum)
    ranked = []
    for leaf in leaves:
        mac = prefix.copy()
        mac.update(leaf)
        ranked.append((mac.digest(), leaf))
    return ranked


def _ranked(stratum: str, lowest: Iterable[tuple[bytes, bytes]]) -> list[Ranked]:
    return [Ranked(stratum, leaf, rank, position) for position, (rank, leaf) in enumerate(lowest, start=1)]


def _by_stratum(pool: Iterable[PoolLeaf]) -> Mapping[str, list[bytes]]:
    strata: defaultdict[str, list[bytes]] = defaultdict(list)
    for each in pool:
        strata[each.stratum].append(each.leaf)
    refuse_bad_leaves([leaf for leaves in strata.values() for leaf in leaves])
    return strata


def _refuse_bad_quotas(strata: Mapping[str, list[bytes]], quotas: Mapping[str, int], reserve: int) -> None:
    if reserve < 0 or any(quota < 0 for quota in quotas.values()):
        raise ValueError("quotas and the reserve cannot be negative")
    if missing := strata.keys() - quotas.keys():
        raise ValueError(f"strata without a quota: {sorted(missing)}")
    for stratum, quota in quotas.items():
        if quota > len(strata.get(stratum, ())):
            raise ValueError(f"the quota of stratum {stratum} is above its pool")

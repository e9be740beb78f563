"""The shared test vectors of the draw, schemas/vectors/draw.json, for every implementation of the algorithm.

`python -m palmcheck.draws.vectors > schemas/vectors/draw.json` writes them anew; a test compares file and function.
Bytes are lower-case hex, B is "" where there is none. Inputs are made from labels by SHA-256, so the file is the same
every time. They stand in no useful order: an implementation has to sort by itself.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from msgspec import to_builtins

from palmcheck.draws.entropy import DrawKey, commitment, draw_key
from palmcheck.draws.leaves import PoolLeaf, leaf_of, merkle_root, pool_root, receipt_order
from palmcheck.draws.matching import (
    InspectorLeaf,
    Participation,
    Recusal,
    inspector_order,
    match_scattered,
    shortages,
)
from palmcheck.draws.quotas import Stratum, quotas
from palmcheck.draws.selection import select, target_rank

DRAW_ID = UUID("01936f2a-7c00-7abc-8def-0123456789ab")
PUBLIC_VALUE = "第2026135期 04 11 17 23 28 31 + 09".encode()
POOLS = {"s1": 11, "s2": 7, "s3": 1}
MARKET, HEALTH = Participation("market_regulation"), Participation("health", assists=True)

QUOTA_CASES: dict[str, tuple[list[tuple[str, int, int]], bool, int | None]] = {
    "four credit classes": ([("a", 1003, 100), ("b", 1507, 300), ("c", 402, 1000), ("d", 88, 3000)], True, None),
    "half is rounded up": ([("a", 50, 100)], False, None),
    "below half is rounded down": ([("a", 49, 100)], False, None),
    "equal fractions go to the lower code": ([("b", 25, 1000), ("a", 25, 1000)], True, None),
    "at least one comes out of the total": ([("a", 106, 1000), ("b", 3, 1000)], True, None),
    "without at least one the larger fraction wins": ([("a", 106, 1000), ("b", 3, 1000)], False, None),
    "at least one raises the total only if it must": ([("a", 2, 100), ("b", 2, 100), ("c", 20, 1000)], True, None),
    "no pool or no ratio, no quota": ([("a", 0, 3000), ("b", 500, 0), ("c", 10, 1000)], True, None),
    "the whole pool": ([("a", 7, 10000), ("b", 3, 10000)], True, None),
    "a bound above the total changes nothing": ([("a", 100, 1000), ("b", 100, 2000)], True, 31),
    "a bound shares out in proportion": ([("a", 100, 1000), ("b", 100, 2000)], True, 10),
    "a bound keeps at least one": ([("a", 970, 10000), ("b", 1, 10000), ("c", 1, 10000)], True, 4),
    "a bound without at least one": ([("a", 970, 10000), ("b", 1, 10000), ("c", 1, 10000)], False, 4),
    "a bound below the number of strata": ([("a", 20, 1000), ("b", 90, 1000), ("c", 20, 1000)], True, 2),
    "a bound of nothing": ([("a", 100, 1000)], True, 0),
}


def draw_vectors() -> dict[str, object]:
    """All cases, inputs beside expected outputs, as a JSON value."""
    alone = draw_key([made("k1")], DRAW_ID)
    together = draw_key([made("k1"), made("k2"), made("k3")], DRAW_ID, PUBLIC_VALUE)
    return {
        "schema": "palmcheck/draw-vectors/v1",
        "quotas": [quota_case(name) for name in QUOTA_CASES],
        "leaves": [leaf_case(number) for number in range(3)],
        "roots": [root_case(size) for size in (0, 1, 2, 3, 5, 8, 13)],
        "pool_roots": [{"pool": plain(target_pool()), "root": pool_root(target_pool()).hex()}],
        "keys": [key_case(["k1"], alone), key_case(["k1", "k2", "k3"], together)],
        "ranks": [rank_case(draw, each) for draw in (alone, together) for each in target_pool()[:3]],
        "selections": [selection_case(alone, 2), selection_case(together, 0)],
        "inspector_orders": [inspector_case(draw) for draw in (alone, together)],
        "matchings": [matching_case(alone, 5), matching_case(together, 1)],
        "receipts": [receipt_case(alone)],
    }


def made(label: str) -> bytes:
    """32 bytes for a label, in place of random ones."""
    return sha256(f"palmcheck/vectors/{label}".encode()).digest()


def target_pool() -> list[PoolLeaf]:
    """Nineteen targets in three strata."""
    return [PoolLeaf(stratum, made(f"{stratum} {n}")) for n in range(11) for stratum in POOLS if n < POOLS[stratum]]


def plain(value: object) -> object:
    """A JSON value: structs as objects, bytes as hex."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    fields = to_builtins(value, builtin_types=(bytes,))
    return {name: plain(each) for name, each in fields.items()} if isinstance(fields, dict) else fields


def of_draw(draw: DrawKey) -> dict[str, object]:
    """The key fields that stand in every case of a draw."""
    return {"key": draw.key.hex(), "draw_id": str(draw.draw_id), "public_value": draw.public_value.hex()}


def quota_case(name: str) -> dict[str, object]:
    """One case of `quotas`."""
    rows, minimum_one, at_most = QUOTA_CASES[name]
    strata = [Stratum(*row) for row in rows]
    expected = quotas(strata, minimum_one=minimum_one, at_most=at_most)
    return {
        "name": name,
        "strata": plain(strata),
        "minimum_one": minimum_one,
        "at_most": at_most,
        "quotas": expected,
    }


def leaf_case(number: int) -> dict[str, object]:
    """An entry in Chinese, its keys unsorted: canonical bytes matter."""
    salt = made(f"salt {number}")
    entry: dict[str, object] = {
        "schema": "palmcheck/draw-target/v1",
        "name": f"临江县第{number}小吃店",
        "draw_id": str(DRAW_ID),
        "credit_code": None,
        "planned_visits": number,
    }
    return {"salt": salt.hex(), "entry": entry, "leaf": leaf_of(salt, entry).hex()}


def root_case(size: int) -> dict[str, object]:
    """A tree over leaves in the order given."""
    leaves = [made(f"leaf {n}") for n in range(size)]
    return {"leaves": plain(leaves), "root": merkle_root(leaves).hex()}


def key_case(labels: Iterable[str], draw: DrawKey) -> dict[str, object]:
    """Secrets, their commitments, and K."""
    secrets = [made(label) for label in labels]
    return {
        "secrets": plain(secrets),
        "commitments": plain([commitment(secret) for secret in secrets]),
        "draw_id": str(draw.draw_id),
        "key": draw.key.hex(),
    }


def rank_case(draw: DrawKey, each: PoolLeaf) -> dict[str, object]:
    """One target's rank."""
    rank = target_rank(draw, each.stratum, each.leaf)
    return of_draw(draw) | {"stratum": each.stratum, "leaf": each.leaf.hex(), "rank": rank.hex()}


def selection_case(draw: DrawKey, reserve: int) -> dict[str, object]:
    """Quotas 3, 2 and 1; the third stratum has nobody left for its reserve."""
    counts = {"s1": 3, "s2": 2, "s3": 1}
    chosen = select(draw, target_pool(), counts, reserve=reserve)
    given = {"pool": plain(target_pool()), "quotas": counts, "reserve_size": reserve}
    return of_draw(draw) | given | {"drawn": plain(chosen.drawn), "reserve": plain(chosen.reserve)}


def inspector_case(draw: DrawKey) -> dict[str, object]:
    """One inspector's order for one visit."""
    visit, inspector = made("s1 0"), made("market_regulation 0")
    order = inspector_order(draw, MARKET.department, visit, inspector)
    fields = {"department": MARKET.department, "visit": visit.hex(), "inspector": inspector.hex()}
    return of_draw(draw) | fields | {"order": order.hex()}


def matching_case(draw: DrawKey, officers: int) -> dict[str, object]:
    """Six visits, one department that enforces and one that assists, two recusals from the first drawn target."""
    pool = target_pool()
    visits = select(draw, pool, {"s1": 3, "s2": 2, "s3": 1}).drawn
    staff = [InspectorLeaf(MARKET.department, made(f"{MARKET.department} {n}")) for n in range(officers)]
    staff += [InspectorLeaf(HEALTH.department, made(f"{HEALTH.department} {n}")) for n in range(2)]
    recusals = [Recusal(visits[0].leaf, each.leaf) for each in (staff[0], staff[-1])]
    seats = match_scattered(draw, visits, [MARKET, HEALTH], staff, frozenset(recusals))
    short = shortages((each.leaf for each in pool), [MARKET, HEALTH], staff, frozenset(recusals))
    return of_draw(draw) | {
        "pool": plain(pool),
        "visits": plain(visits),
        "participations": plain([MARKET, HEALTH]),
        "inspectors": plain(staff),
        "recusals": plain(recusals),
        "shortages": plain(short),
        "seats": plain(seats),
    }


def receipt_case(draw: DrawKey) -> dict[str, object]:
    """Result leaves as made, and as they stand in the receipt."""
    leaves = [made(f"result {n}") for n in range(6)]
    ordered = receipt_order(draw.key, leaves)
    return {
        "key": draw.key.hex(),
        "leaves": plain(leaves),
        "ordered": plain(ordered),
        "root": merkle_root(ordered).hex(),
    }


if __name__ == "__main__":
    print(json.dumps(draw_vectors(), ensure_ascii=False, indent=1))

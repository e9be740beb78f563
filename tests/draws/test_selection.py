"""The key of a draw, who is drawn, and the reserve (R4, R5)."""

import hmac
from collections import Counter
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palmcheck.draws.entropy import DrawKey, commitment, draw_key
from palmcheck.draws.leaves import PoolLeaf
from palmcheck.draws.selection import Ranked, Selection, select, target_rank

SECRETS = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=5, unique=True)
DRAWS = st.builds(draw_key, SECRETS, st.uuids(), st.binary(max_size=40))
LEAVES = st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=30)
POOLS = LEAVES.flatmap(
    lambda leaves: st.tuples(*(st.builds(PoolLeaf, st.sampled_from(["a", "b", "c"]), st.just(leaf)) for leaf in leaves))
)
DRAW = draw_key([bytes(32)], UUID(int=1))


def sizes(pool: tuple[PoolLeaf, ...]) -> Counter[str]:
    return Counter(each.stratum for each in pool)


def some_quotas(data: st.DataObject, pool: tuple[PoolLeaf, ...]) -> dict[str, int]:
    return {stratum: data.draw(st.integers(0, size)) for stratum, size in sizes(pool).items()}


def in_order(selection: Selection, stratum: str) -> list[Ranked]:
    return [each for part in (selection.drawn, selection.reserve) for each in part if each.stratum == stratum]


@given(secrets=SECRETS, draw_id=st.uuids(), data=st.data())
def test_the_order_in_which_secrets_arrive_does_not_matter(
    secrets: list[bytes], draw_id: UUID, data: st.DataObject
) -> None:
    assert draw_key(data.draw(st.permutations(secrets)), draw_id) == draw_key(secrets, draw_id)


@given(secrets=SECRETS, draw_id=st.uuids(), data=st.data())
def test_one_holder_alone_changes_the_key(secrets: list[bytes], draw_id: UUID, data: st.DataObject) -> None:
    fresh = data.draw(st.binary(min_size=32, max_size=32).filter(lambda each: each not in secrets))
    assert draw_key([*secrets[1:], fresh], draw_id).key != draw_key(secrets, draw_id).key


def test_the_key_is_hkdf_of_the_only_secret() -> None:
    """RFC 5869 with one block: extract with 32 zero bytes, expand with the draw id."""
    secret, draw_id = bytes(range(32)), UUID(int=7)
    extracted = hmac.digest(bytes(32), secret, "sha256")
    assert draw_key([secret], draw_id).key == hmac.digest(extracted, draw_id.bytes + b"\x01", "sha256")


@pytest.mark.parametrize("secrets", [[], [bytes(31)], [bytes(32), bytes(32)]])
def test_missing_short_and_copied_secrets_are_refused(secrets: list[bytes]) -> None:
    with pytest.raises(ValueError, match="secret"):
        draw_key(secrets, UUID(int=1))


def test_a_commitment_is_the_plain_hash() -> None:
    assert commitment(bytes(32)) == sha256(bytes(32)).digest()


def test_every_input_of_a_rank_changes_it() -> None:
    """Also where fields could run into each other: their lengths are part of the message."""
    base = DrawKey(bytes(32), UUID(int=1), b"ab")
    others = [
        target_rank(DrawKey(bytes(31) + b"\x01", base.draw_id, b"ab"), "s", bytes(32)),
        target_rank(DrawKey(base.key, UUID(int=2), b"ab"), "s", bytes(32)),
        target_rank(DrawKey(base.key, base.draw_id, b"a"), "s", bytes(32)),
        target_rank(DrawKey(base.key, base.draw_id), "s", bytes(32)),
        target_rank(base, "s\x00", bytes(31)),
        target_rank(base, "s", bytes(31) + b"\x01"),
        target_rank(base, "s", bytes(32)),
    ]
    assert len(set(others)) == len(others)


@given(draw=DRAWS, pool=POOLS, reserve=st.integers(0, 6), data=st.data())
def test_exactly_the_quotas_are_drawn_and_nobody_twice(
    draw: DrawKey, pool: tuple[PoolLeaf, ...], reserve: int, data: st.DataObject
) -> None:
    quotas = some_quotas(data, pool)
    selection = select(draw, pool, quotas, reserve=reserve)
    assert Counter(each.stratum for each in selection.drawn) == +Counter(quotas)
    everyone = [PoolLeaf(each.stratum, each.leaf) for each in selection.drawn + selection.reserve]
    assert len(set(everyone)) == len(everyone)
    assert set(everyone) <= set(pool)


@given(draw=DRAWS, pool=POOLS, reserve=st.integers(0, 6), data=st.data())
def test_drawn_then_reserve_then_the_rest_are_one_order_of_ranks(
    draw: DrawKey, pool: tuple[PoolLeaf, ...], reserve: int, data: st.DataObject
) -> None:
    quotas = some_quotas(data, pool)
    selection = select(draw, pool, quotas, reserve=reserve)
    for stratum, quota in quotas.items():
        listed = in_order(selection, stratum)
        ranks = sorted(target_rank(draw, stratum, each.leaf) for each in pool if each.stratum == stratum)
        assert [each.rank for each in listed] == (ranks[: quota + reserve] if quota else [])
        positions = [*range(1, quota + 1), *range(1, len(listed) - quota + 1)]
        assert [each.position for each in listed] == positions


@given(draw=DRAWS, pool=POOLS, reserve=st.integers(0, 6), data=st.data())
def test_a_larger_quota_draws_the_reserve_next(
    draw: DrawKey, pool: tuple[PoolLeaf, ...], reserve: int, data: st.DataObject
) -> None:
    quotas = {stratum: data.draw(st.integers(1, size)) for stratum, size in sizes(pool).items()}
    before = select(draw, pool, quotas, reserve=1)
    larger = {stratum: min(quota + 1, sizes(pool)[stratum]) for stratum, quota in quotas.items()}
    after = select(draw, pool, larger, reserve=reserve)
    assert {each.leaf for each in after.drawn} == {each.leaf for each in before.drawn + before.reserve}


@given(draw=DRAWS, pool=POOLS, data=st.data())
def test_the_order_of_the_pool_changes_nothing(draw: DrawKey, pool: tuple[PoolLeaf, ...], data: st.DataObject) -> None:
    quotas = some_quotas(data, pool)
    shuffled = data.draw(st.permutations(pool))
    assert select(draw, shuffled, quotas, reserve=2) == select(draw, pool, quotas, reserve=2)


@given(draw=DRAWS, pool=POOLS, data=st.data())
def test_strata_do_not_touch_each_other(draw: DrawKey, pool: tuple[PoolLeaf, ...], data: st.DataObject) -> None:
    quotas = some_quotas(data, pool)
    whole = select(draw, pool, quotas, reserve=2)
    for stratum in quotas:
        only = {stratum: quotas[stratum]}
        alone = select(draw, [each for each in pool if each.stratum == stratum], only, reserve=2)
        assert in_order(alone, stratum) == in_order(whole, stratum)


@pytest.mark.parametrize(
    ("quotas", "reserve"), [({"a": 3}, 0), ({}, 0), ({"a": -1}, 0), ({"a": 1}, -1), ({"a": 1, "b": 1}, 0)]
)
def test_quotas_that_do_not_fit_the_pool_are_refused(quotas: dict[str, int], reserve: int) -> None:
    pool = [PoolLeaf("a", bytes(32)), PoolLeaf("a", bytes(31) + b"\x01")]
    with pytest.raises(ValueError, match=r"quota|negative"):
        select(DRAW, pool, quotas, reserve=reserve)


def test_a_leaf_in_two_strata_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        select(DRAW, [PoolLeaf("a", bytes(32)), PoolLeaf("b", bytes(32))], {"a": 1, "b": 1})


def test_over_many_draws_everybody_comes_up_about_equally_often() -> None:
    """A thousand fixed keys, 3 of 12: 250 each expected, standard deviation below 14."""
    pool = [PoolLeaf("a", sha256(bytes([n])).digest()) for n in range(12)]
    times: Counter[bytes] = Counter()
    for n in range(1000):
        draw = draw_key([sha256(n.to_bytes(2, "big")).digest()], UUID(int=n))
        times.update(each.leaf for each in select(draw, pool, {"a": 3}).drawn)
    assert len(times) == 12
    assert all(180 < count < 320 for count in times.values())

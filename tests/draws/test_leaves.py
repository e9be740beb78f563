"""Pools and receipts under a root: the tree's shape, and what the root holds fast (R4)."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palmcheck.draws.leaves import PoolLeaf, leaf_of, merkle_root, pool_order, pool_root, receipt_order

LEAVES = st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=24)
POOLS = LEAVES.flatmap(
    lambda leaves: st.tuples(*(st.builds(PoolLeaf, st.sampled_from(["a", "b", "c"]), st.just(leaf)) for leaf in leaves))
)


def split_root(leaves: list[bytes]) -> bytes:
    """RFC 9162 section 2.1.1 as it is written there: split from above, recursive."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha256(b"").digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return sha256(b"\x01" + split_root(leaves[:middle]) + split_root(leaves[middle:])).digest()


@given(leaves=LEAVES)
def test_the_tree_has_the_shape_of_rfc_9162(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == split_root(leaves)


def test_a_leaf_is_the_hash_of_salt_and_canonical_entry() -> None:
    entry = {"name": "临江县小吃店", "credit_code": None, "a": 1}
    canonical = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert leaf_of(bytes(range(32)), entry) == sha256(b"\x00" + bytes(range(32)) + canonical).digest()


@pytest.mark.parametrize("salt", [b"", bytes(31), bytes(33)])
def test_a_salt_of_another_length_is_refused(salt: bytes) -> None:
    with pytest.raises(ValueError, match="salt"):
        leaf_of(salt, {})


@given(pool=POOLS, data=st.data())
def test_the_order_of_the_pool_does_not_change_its_root(pool: tuple[PoolLeaf, ...], data: st.DataObject) -> None:
    assert pool_root(data.draw(st.permutations(pool))) == pool_root(pool)


@given(pool=POOLS.filter(lambda pool: len(pool) > 0), data=st.data())
def test_counts_and_root_hold_fast_who_is_in_which_stratum(pool: tuple[PoolLeaf, ...], data: st.DataObject) -> None:
    """Nobody can move leaves between strata afterwards without changing a count or the root."""
    strata = data.draw(st.permutations([each.stratum for each in pool]))  # the same counts
    moved = [PoolLeaf(stratum, each.leaf) for stratum, each in zip(strata, pool, strict=True)]
    assert (pool_root(moved) == pool_root(pool)) == (set(moved) == set(pool))


@given(leaves=LEAVES, key=st.binary(min_size=32, max_size=32), data=st.data())
def test_the_receipt_has_every_leaf_once_in_an_order_of_its_own(
    leaves: list[bytes], key: bytes, data: st.DataObject
) -> None:
    ordered = receipt_order(key, leaves)
    assert sorted(ordered) == sorted(leaves)
    assert receipt_order(key, data.draw(st.permutations(leaves))) == ordered


def test_another_key_gives_another_order() -> None:
    leaves = [sha256(bytes([n])).digest() for n in range(20)]
    orders = {tuple(receipt_order(bytes([n]) * 32, leaves)) for n in range(5)} | {tuple(sorted(leaves))}
    assert len(orders) == 6


def test_a_leaf_given_twice_or_cut_short_is_refused() -> None:
    leaf = bytes(32)
    for bad in ([leaf, leaf], [leaf[:31]]):
        with pytest.raises(ValueError, match="leaf"):
            receipt_order(bytes(32), bad)
        with pytest.raises(ValueError, match="leaf"):
            pool_order([PoolLeaf(f"s{n}", each) for n, each in enumerate(bad)])

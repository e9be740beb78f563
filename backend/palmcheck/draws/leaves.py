"""Pools and receipts as salted leaves under one root, so that both can be committed to before they are shown.

Byte layout, the shape of RFC 9162 section 2.1 with `salt || entry` as a leaf's data:

- leaf = SHA-256(0x00 || salt || RFC 8785 bytes of the entry), the salt being 32 random bytes of this leaf alone;
- node = SHA-256(0x01 || left || right), split at the largest power of two below the number of leaves;
- the root of nothing is SHA-256 of no bytes, the root of one leaf is that leaf.

A pool's leaves stand in the order (stratum code, leaf), both by bytes. With the counts by stratum, which are logged
beside the root, the root therefore also fixes which leaf is in which stratum, and the order tells nothing about the
registry. Pools without strata (inspectors) use the empty code.

A receipt's leaves have salts of their own, so that nobody can link one to the pool leaf of the same target, and stand
in the order HMAC-SHA256(key, "palmcheck/draw/v1/receipt" || 0x00 || leaf), which hides strata and ranks. The key is
the draw's K. An entry names its purpose and its draw (field `schema`, field `draw_id`), so that an opening for one
tree is worth nothing in another.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from msgspec import Struct

from palmcheck.kernel.canonical import canonical_bytes

HASH_BYTES = 32
SALT_BYTES = 32
RECEIPT_LABEL = b"palmcheck/draw/v1/receipt\x00"


class PoolLeaf(Struct, frozen=True):
    """One target of the frozen pool as the draw sees it: an opaque stratum code and a leaf, no name."""

    stratum: str
    leaf: bytes


def leaf_of(salt: bytes, entry: Mapping[str, object]) -> bytes:
    """The leaf of an entry, 32 bytes. Raises ValueError for a salt that is not 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return sha256(b"\x00" + salt + canonical_bytes(entry)).digest()


def merkle_root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaves in the order given, 32 bytes."""
    level = list(leaves)
    if not level:
        return sha256().digest()
    while len(level) > 1:
        # A node without a partner moves up as it is: the same tree as RFC 9162's split, built from below.
        pairs = zip(level[::2], level[1::2], strict=False)
        odd = level[-1:] if len(level) % 2 else []
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + odd
    return level[0]


def pool_order(pool: Iterable[PoolLeaf]) -> list[PoolLeaf]:
    """The pool in the order of its tree. Raises ValueError for a leaf given twice or not of 32 bytes."""
    ordered = sorted(pool, key=lambda each: (each.stratum, each.leaf))
    refuse_bad_leaves([each.leaf for each in ordered])
    return ordered


def pool_root(pool: Iterable[PoolLeaf]) -> bytes:
    """The root that is logged when the pool is frozen, 32 bytes; the order of the input does not matter."""
    return merkle_root(each.leaf for each in pool_order(pool))


def receipt_order(key: bytes, leaves: Iterable[bytes]) -> list[bytes]:
    """The receipt's leaves in the order of its tree. Raises ValueError as `pool_order` does."""
    given = list(leaves)
    refuse_bad_leaves(given)
    return sorted(given, key=lambda leaf: hmac.digest(key, RECEIPT_LABEL + leaf, "sha256"))


def refuse_bad_leaves(leaves: Sequence[bytes]) -> None:
    """Raise ValueError unless all are different and of 32 bytes: a leaf given twice would be drawn twice."""
    if any(len(leaf) != HASH_BYTES for leaf in leaves):
        raise ValueError(f"a leaf has {HASH_BYTES} bytes")
    if len(set(leaves)) != len(leaves):
        raise ValueError("a leaf was given twice")

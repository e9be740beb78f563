"""Canonical bytes: what is hashed and signed, the same in every language (RFC 8785)."""

import hashlib
from typing import Any

import rfc8785

ZERO_SHA256 = "0" * 64
"""The previous hash of whatever comes first in a chain."""


def canonical_bytes(value: Any) -> bytes:
    """RFC 8785 bytes of a JSON value (dict, list, str, int, float, bool, None)."""
    return rfc8785.dumps(value)


def sha256_hex(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()


def digest(value: Any) -> str:
    """Lower-case hexadecimal SHA-256 of a JSON value's canonical bytes."""
    return sha256_hex(canonical_bytes(value))

"""Stamps: values that only this server could give to one thing at one instant. Pure; the server keeps none of them.

A phone's nonces and challenges are stamps: they bound from below when something was signed.
"""

import hmac
import secrets
from datetime import UTC, datetime
from uuid import UUID

from palmcheck.kernel.signatures import from_base64url, to_base64url

MAC_BYTES = 32
TIME_BYTES = 8
RANDOM_BYTES = 8


def make_stamp(key: bytes, given_to: UUID, at: datetime) -> str:
    """Base64url of milliseconds since 1970 (8 bytes) || 8 random bytes || HMAC-SHA256(key, both || id)."""
    head = int(at.timestamp() * 1000).to_bytes(TIME_BYTES) + secrets.token_bytes(RANDOM_BYTES)
    return to_base64url(head + hmac.digest(key, head + given_to.bytes, "sha256"))


def stamped_at(key: bytes, given_to: UUID, stamp: str) -> datetime | None:
    """When this server gave the stamp to this thing; None if it never did."""
    try:
        raw = from_base64url(stamp)
    except ValueError:
        return None
    head, mac = raw[: TIME_BYTES + RANDOM_BYTES], raw[TIME_BYTES + RANDOM_BYTES :]
    if len(mac) != MAC_BYTES or not hmac.compare_digest(mac, hmac.digest(key, head + given_to.bytes, "sha256")):
        return None
    return datetime.fromtimestamp(int.from_bytes(head[:TIME_BYTES]) / 1000, UTC)

"""Nonces: they bound from below when an operation was signed. Pure; the server keeps none of them."""

import hmac
import secrets
from datetime import UTC, datetime
from uuid import UUID

from palmcheck.kernel.signatures import from_base64url, to_base64url

MAC_BYTES = 32
STAMP_BYTES = 8
RANDOM_BYTES = 8


def make_nonce(key: bytes, device_id: UUID, at: datetime) -> str:
    """Base64url of milliseconds since 1970 (8 bytes) || 8 random bytes || HMAC-SHA256(key, both || device id)."""
    head = int(at.timestamp() * 1000).to_bytes(STAMP_BYTES) + secrets.token_bytes(RANDOM_BYTES)
    return to_base64url(head + hmac.digest(key, head + device_id.bytes, "sha256"))


def nonce_issued_at(key: bytes, device_id: UUID, nonce: str) -> datetime | None:
    """When this server gave the nonce to this device; None if it never did."""
    try:
        raw = from_base64url(nonce)
    except ValueError:
        return None
    head, mac = raw[: STAMP_BYTES + RANDOM_BYTES], raw[STAMP_BYTES + RANDOM_BYTES :]
    if len(mac) != MAC_BYTES or not hmac.compare_digest(mac, hmac.digest(key, head + device_id.bytes, "sha256")):
        return None
    return datetime.fromtimestamp(int.from_bytes(head[:STAMP_BYTES]) / 1000, UTC)

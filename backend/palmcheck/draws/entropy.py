"""The key of a draw, and the framing of every message that it keys.

- Commitment to a secret = SHA-256(secret). A secret is 32 random bytes.
- K = HKDF-SHA256(input = K1 || .. || Kn in bytewise order of their commitments, no salt (RFC 5869: 32 zero bytes),
  info = the 16 bytes of the draw id, length 32). With K1 alone the input is K1.
- B is a public value that did not exist when the pool was frozen; no bytes if the draw has none. It enters the
  messages, not K: K can be checked against the commitments without it.
- A keyed message = label || 0x00 || len(B) || B || len(draw id) || draw id || len(scope) || scope || leaves, where
  len is four bytes, big-endian, the scope is a stratum's or a department's code, and leaves are 32 bytes each.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

SECRET_BYTES = 32
KEY_BYTES = 32


class DrawKey(Struct, frozen=True):
    """What orders a draw: K, the draw it belongs to, and B (no bytes if there is none)."""

    key: bytes
    draw_id: UUID
    public_value: bytes = b""

    def keyed(self, label: str, scope: str) -> hmac.HMAC:
        """HMAC-SHA256 over the framed message up to the leaves; copy it for each leaf."""
        fields = (self.public_value, self.draw_id.bytes, scope.encode())
        framed = b"".join(len(field).to_bytes(4, "big") + field for field in fields)
        return hmac.new(self.key, label.encode() + b"\x00" + framed, "sha256")


def commitment(secret: bytes) -> bytes:
    """What is logged before the pool: SHA-256 of a secret. Raises ValueError for one that is not 32 bytes."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a secret has {SECRET_BYTES} bytes, not {len(secret)}")
    return sha256(secret).digest()


def draw_key(secrets: Iterable[bytes], draw_id: UUID, public_value: bytes = b"") -> DrawKey:
    """Combine the secrets of one draw; their order does not matter.

    Raises ValueError for no secret, one that is not 32 bytes, or one given twice (a holder who copied another's).
    """
    by_commitment = sorted((commitment(secret), secret) for secret in secrets)
    if not by_commitment:
        raise ValueError("a draw needs a secret")
    if len({committed for committed, _ in by_commitment}) != len(by_commitment):
        raise ValueError("a secret was given twice")
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=draw_id.bytes)
    return DrawKey(hkdf.derive(b"".join(secret for _, secret in by_commitment)), draw_id, public_value)

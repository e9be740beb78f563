"""Signatures over canonical bytes. Every signature names its `alg`, so that a national suite can be added."""

import base64
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

COORDINATE_BYTES = 32


def from_base64url(value: str) -> bytes:
    """Bytes of unpadded base64url. Raises ValueError."""
    return base64.b64decode(value + "=" * (-len(value) % 4), altchars=b"-_", validate=True)


def to_base64url(value: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def public_key(jwk: dict[str, Any]) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a JWK. Raises ValueError if it is none or not on the curve."""
    if jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise ValueError("not a P-256 key")
    x, y = (from_base64url(str(jwk.get(name, ""))) for name in ("x", "y"))
    if len(x) != COORDINATE_BYTES or len(y) != COORDINATE_BYTES:
        raise ValueError("a coordinate has the wrong length")
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), ec.SECP256R1())
    return numbers.public_key()


def is_signed(jwk: dict[str, Any], signature: str, data: bytes) -> bool:
    """Whether `signature` (ES256: raw r||s, unpadded base64url) is this key's over the bytes."""
    try:
        raw = from_base64url(signature)
        if len(raw) != 2 * COORDINATE_BYTES:
            return False
        der = encode_dss_signature(int.from_bytes(raw[:COORDINATE_BYTES]), int.from_bytes(raw[COORDINATE_BYTES:]))
        public_key(jwk).verify(der, data, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True

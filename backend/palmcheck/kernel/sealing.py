"""What phones seal for the server alone: ephemeral ECDH P-256, HKDF-SHA256, AES-256-GCM.

`context` says what was sealed and whose it is; a box opens under the same words only.
"""

from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Meta, Struct

from palmcheck.kernel.canonical import sha256_hex
from palmcheck.kernel.problems import Problem
from palmcheck.kernel.signatures import COORDINATE_BYTES, from_base64url, public_key, to_base64url

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of P-256's group."""
WIDE_BYTES = 48
"""So many bytes reduced by the order are as good as evenly spread."""
KEY_ID_DIGITS = 16
Coordinate = Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{43}$")]


class SealingKeyView(Struct, frozen=True):
    """The server's public key that phones seal to."""

    key_id: str
    x: Coordinate
    y: Coordinate


class EphemeralKey(Struct, forbid_unknown_fields=True, frozen=True):
    """The sender's public key, made for one box."""

    x: Coordinate
    y: Coordinate


class SealedBox(Struct, forbid_unknown_fields=True, frozen=True):
    """Bytes that only the server opens. Base64url without padding."""

    schema: Literal["palmcheck/sealed/v1"]
    alg: Literal["ECDH-P256+HKDF-SHA256+A256GCM"]
    key_id: Annotated[str, Meta(max_length=64)]
    ephemeral: EphemeralKey
    iv: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{16}$")]
    ciphertext: str


class BoxUnreadable(Problem):
    """What was sealed was not sealed to this server, not for this purpose, or was altered."""

    code, status = "box_unreadable", 422


class SealingKey:
    """The server's private key, derived from its 32 secret bytes."""

    def __init__(self, secret: bytes) -> None:
        wide = HKDF(SHA256(), WIDE_BYTES, None, b"palmcheck/sealing-key/v1").derive(secret)
        self._private = ec.derive_private_key(int.from_bytes(wide) % (ORDER - 1) + 1, ec.SECP256R1())
        numbers = self._private.public_key().public_numbers()
        x, y = numbers.x.to_bytes(COORDINATE_BYTES), numbers.y.to_bytes(COORDINATE_BYTES)
        self.view = SealingKeyView(sha256_hex(x + y)[:KEY_ID_DIGITS], to_base64url(x), to_base64url(y))

    def open(self, box: SealedBox, context: str) -> bytes:
        """The bytes. Raises BoxUnreadable."""
        try:
            sender = public_key({"kty": "EC", "crv": "P-256", "x": box.ephemeral.x, "y": box.ephemeral.y})
            shared = self._private.exchange(ec.ECDH(), sender)
            about = context.encode()
            info = about + b"\0" + from_base64url(box.ephemeral.x) + from_base64url(box.ephemeral.y)
            key = HKDF(SHA256(), 32, None, info).derive(shared)
            return AESGCM(key).decrypt(from_base64url(box.iv), from_base64url(box.ciphertext), about)
        except (InvalidTag, ValueError) as wrong:
            raise BoxUnreadable(field="sealed") from wrong

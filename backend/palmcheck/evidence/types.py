"""What goes in and out of the slice."""

import hashlib
from typing import Literal
from uuid import UUID

from msgspec import Struct

UploadState = Literal["receiving", "complete", "terminated"]
Ended = Literal["asked", "checksum", "refused", "expired", "orphan"]


class NewUpload(Struct, frozen=True):
    """An announced photo. `length` in bytes; `request_sha256` over all that was announced."""

    id: UUID
    part_id: UUID
    sha256: str
    media_type: str
    filename: str
    length: int
    request_sha256: str


class Checksum(Struct, frozen=True):
    """What a PATCH's bytes must hash to. `algorithm`: a name that hashlib knows."""

    algorithm: str
    digest: bytes

    def hasher(self) -> "hashlib._Hash":
        """A hash to feed; SHA-1 is the protocol's and guards against accidents only."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


class Piece(Struct, frozen=True):
    """What a PATCH announces. `length`: its body's bytes, None when it does not say."""

    offset: int
    length: int | None
    checksum: Checksum | None


class Examined(Struct, frozen=True):
    """What was found in a photo. `width` and `height` as stored; `orientation` as EXIF counts."""

    width: int
    height: int
    orientation: int
    exif: dict[str, str]
    perceptual_hash: int | None

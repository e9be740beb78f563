"""tus 1.0 as headers: what requests say and what answers carry. Pure: no I/O, no framework.

Source: https://tus.io/protocols/resumable-upload, core, creation (with upload), checksum,
termination, expiration. Header names are
looked up in lower case; any mapping will do whose lookup ignores case or whose keys are in lower case.
"""

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import UUID

from palmcheck.evidence.problems import (
    ContentTypeWrong,
    HeaderInvalid,
    MetadataInvalid,
    PhotoTooLarge,
    PhotoTypeNotTaken,
    VersionUnsupported,
)
from palmcheck.evidence.types import Checksum, NewUpload, Piece
from palmcheck.kernel.canonical import digest

VERSION = "1.0.0"
MAX_BYTES = 20_000_000
"""The largest photo in bytes; a submission refers to none larger."""
DIGEST_BYTES = {"sha256": 32, "sha1": 20}
MEDIA_TYPES = ("image/jpeg", "image/png", "image/webp")
PIECE_CONTENT_TYPE = "application/offset+octet-stream"
MAX_FILENAME = 255

ALWAYS = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
"""Headers of every answer: an offset from a cache would be a wrong offset."""
CAPABILITIES = {
    **ALWAYS,
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,creation-with-upload,checksum,expiration,termination",
    "Tus-Max-Size": str(MAX_BYTES),
    "Tus-Checksum-Algorithm": ",".join(DIGEST_BYTES),
}

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,15}")
_METADATA_KEY = re.compile(r"[!-+\--~]+")  # visible ASCII without the comma


def check_version(headers: Mapping[str, str]) -> None:
    """Raises VersionUnsupported unless the request speaks our version."""
    if headers.get("tus-resumable") != VERSION:
        raise VersionUnsupported(field="Tus-Resumable", supported=VERSION)


def new_upload(headers: Mapping[str, str]) -> NewUpload:
    """What a POST announces.

    Raises HeaderInvalid, PhotoTooLarge, MetadataInvalid, PhotoTypeNotTaken.
    """
    length = _number(headers, "Upload-Length")
    if length < 1:
        raise HeaderInvalid(field="Upload-Length")
    if length > MAX_BYTES:
        raise PhotoTooLarge(field="Upload-Length", megabytes=MAX_BYTES // 1_000_000)
    metadata = parse_metadata(headers.get("upload-metadata", ""))
    if metadata.get("filetype") not in MEDIA_TYPES:
        raise PhotoTypeNotTaken(field="filetype")
    if not _SHA256.fullmatch(metadata.get("sha256", "")):
        raise MetadataInvalid(field="sha256")
    filename = metadata.get("filename", "")
    if len(filename) > MAX_FILENAME or not filename.isprintable():
        raise MetadataInvalid(field="filename")
    return NewUpload(
        id=_uuid(metadata, "id"),
        part_id=_uuid(metadata, "part_id"),
        sha256=metadata["sha256"],
        media_type=metadata["filetype"],
        filename=filename,
        length=length,
        request_sha256=digest({"length": length, "metadata": metadata}),
    )


def expiry(at: datetime | None) -> dict[str, str]:
    """The header that says until when an incomplete upload is kept; none for one that is complete."""
    return {} if at is None else {"Upload-Expires": format_datetime(at.astimezone(UTC), usegmt=True)}


def piece(headers: Mapping[str, str]) -> Piece:
    """What a PATCH announces. Raises ContentTypeWrong, HeaderInvalid."""
    if not _brings_bytes(headers):
        raise ContentTypeWrong(field="Content-Type", expected=PIECE_CONTENT_TYPE)
    return _piece_at(_number(headers, "Upload-Offset"), headers)


def first_piece(headers: Mapping[str, str]) -> Piece | None:
    """What a POST brings along; None if it only announces. Raises HeaderInvalid."""
    return _piece_at(0, headers) if _brings_bytes(headers) else None


def _brings_bytes(headers: Mapping[str, str]) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().lower() == PIECE_CONTENT_TYPE


def _piece_at(offset: int, headers: Mapping[str, str]) -> Piece:
    length = _number(headers, "Content-Length") if "content-length" in headers else None
    given = headers.get("upload-checksum")
    return Piece(offset, length, None if given is None else parse_checksum(given))


def parse_metadata(text: str) -> dict[str, str]:
    """`key base64,key base64,key` as text by key; a key alone stands for the empty text. Raises MetadataInvalid."""
    metadata: dict[str, str] = {}
    for pair in text.split(",") if text else []:
        key, _, value = pair.strip(" ").partition(" ")
        if not _METADATA_KEY.fullmatch(key) or key in metadata:
            raise MetadataInvalid(field="Upload-Metadata")
        try:
            metadata[key] = base64.b64decode(value, validate=True).decode()
        except ValueError as error:  # no base64, or no UTF-8 in it
            raise MetadataInvalid(field=key) from error
    return metadata


def parse_checksum(text: str) -> Checksum:
    """`algorithm base64`. Raises HeaderInvalid for an algorithm not offered or a digest of other size."""
    algorithm, _, encoded = text.partition(" ")
    try:
        expected = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise HeaderInvalid(field="Upload-Checksum") from error
    if DIGEST_BYTES.get(algorithm) != len(expected):
        raise HeaderInvalid(field="Upload-Checksum")
    return Checksum(algorithm, expected)


def _number(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name.lower(), "")
    if not _NUMBER.fullmatch(text):
        raise HeaderInvalid(field=name)
    return int(text)


def _uuid(metadata: Mapping[str, str], key: str) -> UUID:
    """An id in its one spelling: lower case with hyphens."""
    text = metadata.get(key, "")
    try:
        id = UUID(text)
    except ValueError as error:
        raise MetadataInvalid(field=key) from error
    if str(id) != text:
        raise MetadataInvalid(field=key)
    return id

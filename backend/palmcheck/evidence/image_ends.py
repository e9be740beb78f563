"""Where a picture ends in its file: what lies behind is no part of it. Pure: bytes in, a place out.

A file may be a picture and something else at once (a zip, a page, a script behind the last byte). Evidence is one
picture, whole, and nothing beside it.
"""

import struct
from collections.abc import Callable
from mmap import mmap
from typing import TypeAlias

Content: TypeAlias = bytes | mmap
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_CHUNK = struct.Struct(">I4s")
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_OTHERS = {
    b"PK": "application/zip",
    b"GIF8": "image/gif",
    b"%PDF": "application/pdf",
    b"<": "text/xml",
    b"BM": "image/bmp",
}
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA


def media_type_of(content: Content) -> str | None:
    """What the first bytes say: a media type, or None for what we do not know."""
    head = bytes(content[:16])
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(PNG_SIGNATURE):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"hevc"} else "video/mp4"
    return next((kind for start, kind in _OTHERS.items() if head.lstrip().startswith(start)), None)


def end_of_image(content: Content, media_type: str) -> int | None:
    """Where the picture ends; None if the file breaks off before that or has no such structure."""
    find: Callable[[Content], int | None] = {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}[media_type]
    try:
        return find(content)
    except (struct.error, IndexError):
        return None


def _jpeg(content: Content) -> int | None:
    at = 2
    while True:
        if content[at] != 0xFF:
            return None
        while content[at] == 0xFF:  # markers may be padded
            at += 1
        marker, at = content[at], at + 1
        if marker == _END:
            return at
        if marker in _STANDALONE:
            continue
        if marker in {0x00, _START}:
            return None
        at += struct.unpack(">H", content[at : at + 2])[0]
        if marker == _SCAN:
            at = _behind_scan(content, at)


def _behind_scan(content: Content, at: int) -> int:
    """The next marker behind compressed data, in which FF is followed by 00 or a restart marker."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError
        if content[at + 1] != 0x00 and content[at + 1] not in _STANDALONE:
            return at
        at += 2


def _png(content: Content) -> int | None:
    at = len(PNG_SIGNATURE)
    while True:
        length, kind = _PNG_CHUNK.unpack(content[at : at + 8])
        at += 12 + int(length)
        if at > len(content):
            return None
        if kind == b"IEND":
            return at


def _webp(content: Content) -> int | None:
    length: int = struct.unpack("<I", content[4:8])[0]
    end = 8 + length + length % 2
    return end if end <= len(content) else None

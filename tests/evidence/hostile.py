"""Files and headers that no phone of ours sends, each with what the server has to say to them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image

from tests.world.pictures import jpeg, jpeg_of, png, webp


@dataclass(frozen=True)
class Hostile:
    """A photo that is none. `at`: the request that is refused; `change`: of the announcement's metadata."""

    name: str
    code: str
    content: Callable[[], bytes] = field(default=lambda: jpeg("a door", 320, 240))
    at: str = "content"
    change: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def _zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("run.js", "alert(1)")
    return written.getvalue()


def _bomb(width: int = 10_000, height: int = 10_000) -> bytes:
    """A PNG of 100 megapixels in 100 KB."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + width // 8)) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _animated() -> bytes:
    written = io.BytesIO()
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    return written.getvalue()


def _damaged_png() -> bytes:
    whole = bytearray(png(400, 300))
    whole[60] ^= 0xFF
    return bytes(whole)


def _heic() -> bytes:
    return struct.pack(">I", 24) + b"ftypheic" + bytes(12) + bytes(2000)


DOOR = jpeg("a door", 320, 240)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEADER, DATA = "evidence.header_invalid", "evidence.metadata_invalid"
UNREADABLE, DIFFERS, MORE = "evidence.photo_unreadable", "evidence.photo_type_differs", "evidence.photo_has_more"

UPLOADS = [
    Hostile("words", UNREADABLE, lambda: b"this is not a picture" * 40),
    Hostile("nothing but zeros", UNREADABLE, lambda: bytes(5000)),
    Hostile("the first bytes of a JPEG and noise", UNREADABLE, lambda: b"\xff\xd8\xff\xe0" + b"noise" * 300),
    Hostile("a truncated JPEG", UNREADABLE, lambda: DOOR[: len(DOOR) // 2]),
    Hostile("a truncated JPEG with an end put to it", UNREADABLE, lambda: DOOR[: len(DOOR) // 8] + b"\xff\xd9"),
    Hostile("a truncated PNG", UNREADABLE, lambda: png()[:-20], change={"filetype": "image/png"}),
    Hostile("a PNG whose check sums do not fit", UNREADABLE, _damaged_png, change={"filetype": "image/png"}),
    Hostile("a truncated WebP", UNREADABLE, lambda: webp()[:-10], change={"filetype": "image/webp"}),
    Hostile("100 megapixels", "evidence.photo_too_many_pixels", _bomb, change={"filetype": "image/png"}),
    Hostile("a zip named .jpg", DIFFERS, _zip, change={"filename": "door.jpg"}),
    Hostile("a page", DIFFERS, lambda: b"<!doctype html><script>alert(1)</script>"),
    Hostile("SVG said to be JPEG", DIFFERS, lambda: SVG),
    Hostile("HEIC said to be JPEG", DIFFERS, _heic),
    Hostile("PNG said to be JPEG", DIFFERS, png),
    Hostile("GIF said to be JPEG", DIFFERS, lambda: b"GIF89a" + bytes(100)),
    Hostile("a JPEG that is a zip too", MORE, lambda: DOOR + _zip()),
    Hostile("a JPEG that is a page too", MORE, lambda: DOOR + b"<script>alert(1)</script>"),
    Hostile("a PNG with a tail", MORE, lambda: png() + b"tail", change={"filetype": "image/png"}),
    Hostile("a film", MORE, _animated, change={"filetype": "image/webp"}),
    Hostile("another content than announced", "evidence.checksum_mismatch", change={"sha256": "0" * 64}),
    Hostile("0 bytes", HEADER, lambda: b"", "announcement"),
    Hostile("20 MB and a byte", "evidence.photo_too_large", at="announcement", headers={"Upload-Length": "20000001"}),
    Hostile("a length below zero", HEADER, at="announcement", headers={"Upload-Length": "-1"}),
    Hostile("a length that is no number", HEADER, at="announcement", headers={"Upload-Length": "1e3"}),
    Hostile(
        "a length of Arabic digits",
        HEADER,
        at="announcement",
        headers={"Upload-Length": "\u0663".encode().decode("latin-1")},
    ),
    Hostile("more than announced", "evidence.past_the_end", headers={"Upload-Length": "100"}),
    Hostile("SVG", "evidence.photo_type_not_taken", lambda: SVG, "announcement", {"filetype": "image/svg+xml"}),
    Hostile("HEIC", "evidence.photo_type_not_taken", _heic, "announcement", {"filetype": "image/heic"}),
    Hostile(
        "a media type with a tail",
        "evidence.photo_type_not_taken",
        at="announcement",
        change={"filetype": "image/jpeg\n"},
    ),
    Hostile("text turned round", DATA, at="announcement", change={"filename": "door\u202egpj.exe"}),
    Hostile("a line break in the name", DATA, at="announcement", change={"filename": "a\r\nSet-Cookie: x"}),
    Hostile("a NUL in the name", DATA, at="announcement", change={"filename": "a\x00.jpg"}),
    Hostile("a name that is too long", DATA, at="announcement", change={"filename": "门" * 256}),
    Hostile("a path as id", DATA, at="announcement", change={"id": "../../etc/passwd"}),
    Hostile("an id in capitals", DATA, at="announcement", change={"id": "01A20B79-2955-76AB-9381-2C2C0EC8D8D2"}),
    Hostile("a hash in capitals", DATA, at="announcement", change={"sha256": "A" * 64}),
    Hostile("wide digits in the hash", DATA, at="announcement", change={"sha256": "\uff10" * 64}),
    Hostile("a negative offset", HEADER, at="piece", headers={"Upload-Offset": "-1"}),
    Hostile("an offset past the end", "evidence.offset_mismatch", at="piece", headers={"Upload-Offset": "999999"}),
    Hostile("an endless offset", HEADER, at="piece", headers={"Upload-Offset": "9" * 40}),
    Hostile("a check sum of no known kind", HEADER, at="piece", headers={"Upload-Checksum": "md5 AAAA"}),
    Hostile("a form", "evidence.content_type_wrong", at="piece", headers={"Content-Type": "multipart/form-data"}),
]


def scripted_exif() -> bytes:
    """A good photo whose EXIF carries a page, a NUL and a position."""
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script>\x00'; drop table upload; --"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 39.0, 0.0), 3: "E", 4: (103.0, 54.0, 0.0)})
    return jpeg("a door with a script", 320, 240, exif=exif.tobytes())


GOOD = {"a small one": lambda: jpeg_of(2000), "one with a script in its EXIF": scripted_exif}

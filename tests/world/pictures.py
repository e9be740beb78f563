"""Real pictures for tests, made on the spot: no picture lies in the repository."""

import secrets
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

MARKER, LONGEST_COMMENT = b"\xff\xfe", 65_533


@cache
def jpeg(of: str, width: int = 1600, height: int = 1200, **options: Any) -> bytes:
    """A JPEG that shows the words."""
    image = Image.new("RGB", (width, height), (206, 218, 226))
    ImageDraw.Draw(image).text((width // 4, height // 2), of, fill=(40, 40, 40))
    written = BytesIO()
    image.save(written, "JPEG", quality=70, **options)
    return written.getvalue()


def png(width: int = 64, height: int = 48, mode: str = "RGB") -> bytes:
    """A plain PNG."""
    written = BytesIO()
    Image.new(mode, (width, height)).save(written, "PNG")
    return written.getvalue()


def webp(width: int = 64, height: int = 48) -> bytes:
    """A plain WebP."""
    written = BytesIO()
    Image.new("RGB", (width, height), (178, 74, 58)).save(written, "WEBP")
    return written.getvalue()


def jpeg_of(size: int) -> bytes:
    """A small JPEG of exactly so many bytes (400 or more): comments of noise make up for what is missing."""
    whole = jpeg("", 16, 16, optimize=True)
    comments, missing = b"", size - len(whole)
    while missing > 0:
        step = missing if missing <= LONGEST_COMMENT + 2 else min(LONGEST_COMMENT + 2, missing - 4)
        comments += MARKER + (step - 2).to_bytes(2) + secrets.token_bytes(step - 4)
        missing -= step
    assert missing == 0, f"a JPEG of {size} bytes is too small; the least is {len(whole)}"
    return whole[:2] + comments + whole[2:]


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height."""
    with Image.open(BytesIO(content)) as image:
        return image.size

"""Whether a file is the photo that it is said to be, and what is in it. Blocks: it runs in threads of its own."""

import asyncio
import hashlib
import mmap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from PIL import ExifTags, Image, ImageOps

from palmcheck.evidence.image_ends import end_of_image, media_type_of
from palmcheck.evidence.problems import (
    ChecksumMismatch,
    PhotoHasMore,
    PhotoTooManyPixels,
    PhotoTypeDiffers,
    PhotoUnreadable,
)
from palmcheck.evidence.types import Examined

T = TypeVar("T")
Image.MAX_IMAGE_PIXELS = None  # our own bound is lower, and is a problem instead of a warning
MAX_PIXELS = 25_000_000
MOST_TAGS, LONGEST_TAG = 100, 500
HASH_WIDTH = 8
THUMBNAIL_SIDE, THUMBNAIL_QUALITY = 480, 80
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x0112, 0x8769, 0x8825
_threads = ThreadPoolExecutor(2, thread_name_prefix="examining")
"""Two at a time: a decoded picture takes up to 100 MB, and the process has requests to answer."""


async def in_thread(run: Callable[..., T], *arguments: object) -> T:
    """Runs one of this module's functions off the loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, run, *arguments)


def examine(path: Path, sha256: str, media_type: str) -> Examined:
    """What the photo is.

    Raises ChecksumMismatch, PhotoTypeDiffers, PhotoHasMore, PhotoTooManyPixels, PhotoUnreadable.
    """
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise ChecksumMismatch(field="sha256")
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            _check_frame(content, media_type)
    try:
        return _decode(path, media_type)
    except (PhotoTooManyPixels, PhotoHasMore):
        raise
    except Exception as error:  # a decoder fed with hostile bytes may raise anything
        raise PhotoUnreadable(field="content") from error


def _check_frame(content: mmap.mmap, media_type: str) -> None:
    found = media_type_of(content)
    if found is None:
        raise PhotoUnreadable(field="content")
    if found != media_type:
        raise PhotoTypeDiffers(field="filetype", declared=media_type, found=found)
    end = end_of_image(content, media_type)
    if end is None:
        raise PhotoUnreadable(field="content")
    if end != len(content):
        raise PhotoHasMore(field="content")


def _decode(path: Path, media_type: str) -> Examined:
    """Every byte goes through the decoder, JPEG at an eighth of its size: what breaks off is noticed."""
    with Image.open(path, formats=[FORMATS[media_type]]) as image:
        width, height = image.size
        if width * height > MAX_PIXELS:
            raise PhotoTooManyPixels(field="content", megapixels=MAX_PIXELS // 1_000_000)
        if getattr(image, "n_frames", 1) != 1:
            raise PhotoHasMore(field="content")
        exif = image.getexif()
        orientation = exif.get(_ORIENTATION, 1)
        tags = _readable(exif)
        image.draft("RGB", (max(1, width // 8), max(1, height // 8)))
        image.load()
        turned = ImageOps.exif_transpose(image)
        return Examined(
            width=width,
            height=height,
            orientation=orientation if orientation in range(1, 9) else 1,
            exif=tags,
            perceptual_hash=_perceptual_hash(turned),
        )


def _readable(exif: Image.Exif) -> dict[str, str]:
    """EXIF as text by tag; what is too long is cut, and broken parts are left out."""
    found: dict[str, str] = {}
    parts = ((ExifTags.TAGS, exif), (ExifTags.TAGS, _part(exif, _EXIF_IFD)), (ExifTags.GPSTAGS, _part(exif, _GPS_IFD)))
    for names, values in parts:
        for tag, value in dict(values).items():
            if len(found) < MOST_TAGS and not isinstance(value, bytes):
                text = str(value)[:LONGEST_TAG].replace("\x00", "")
                found[names.get(tag, str(tag))] = text.encode(errors="replace").decode()
    return found


def _part(exif: Image.Exif, ifd: int) -> dict[int, Any]:
    try:
        return exif.get_ifd(ifd)
    except Exception:  # a broken directory inside a picture that is whole
        return {}


def _perceptual_hash(image: Image.Image) -> int:
    """The signs of brightness between neighbours on a grid of 9 by 8, as PostgreSQL's bigint holds them."""
    grid = image.convert("L").resize((HASH_WIDTH + 1, HASH_WIDTH), Image.Resampling.BOX)
    levels = grid.tobytes()
    bits = 0
    for row in range(HASH_WIDTH):
        start = row * (HASH_WIDTH + 1)
        for column in range(HASH_WIDTH):
            bits = bits << 1 | (levels[start + column] > levels[start + column + 1])
    return int.from_bytes(bits.to_bytes(8), signed=True)


def thumbnail(path: Path, media_type: str) -> bytes:
    """A small JPEG, upright, without anything that the photo has beside its pixels."""
    with Image.open(path, formats=[FORMATS[media_type]]) as image:
        orientation = {_ORIENTATION: image.getexif().get(_ORIENTATION, 1)}
        image.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.BOX)  # small before anything else
        bare = Image.new("RGB", image.size)
        bare.paste(image.convert("RGB"))
        bare.getexif().update(orientation)
        written = BytesIO()
        ImageOps.exif_transpose(bare).save(written, "JPEG", quality=THUMBNAIL_QUALITY)
        return written.getvalue()

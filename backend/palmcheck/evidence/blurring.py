"""A copy of a photo for the public: upright, smaller, without EXIF, the named places coarse beyond reading (R18).

The server makes it from the photo that the result stands on, so that no other picture can go public in its place.
Pure but for the file; it blocks, and runs in the threads of `examining`.
"""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageOps

LONGEST_SIDE, QUALITY = 1600, 82
WHOLE = 10_000
BLOCKS_A_SIDE, BLOCKS_A_PLACE = 40, 6
"""A place becomes squares of a 40th of the picture, and at most six of them to its shorter side."""


class Place(Struct, frozen=True):
    """A rectangle in 1/10,000 of the upright picture's width and height."""

    left: int
    top: int
    width: int
    height: int


class BlurredCopy(Struct, frozen=True):
    """The copy's bytes, a JPEG, and its size in pixels."""

    content: bytes
    width: int
    height: int


def blurred_copy(path: Path, places: Iterable[Place]) -> BlurredCopy:
    """The copy of a photo that was examined before."""
    with Image.open(path) as photo:
        upright = ImageOps.exif_transpose(photo).convert("RGB")
    for place in places:
        _coarsen(upright, place)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGB", upright.size, upright.tobytes())  # nothing of the file but its pixels
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return BlurredCopy(out.getvalue(), bare.width, bare.height)


def _coarsen(picture: Image.Image, place: Place) -> None:
    """Large squares, each the mean of what was under it: too few of them to read a face or a number."""
    left, top = place.left * picture.width // WHOLE, place.top * picture.height // WHOLE
    right = -(-(place.left + place.width) * picture.width // WHOLE)
    bottom = -(-(place.top + place.height) * picture.height // WHOLE)
    box = (left, top, min(right, picture.width), min(bottom, picture.height))
    width, height = box[2] - box[0], box[3] - box[1]
    if width < 1 or height < 1:
        return
    block = max(picture.width / BLOCKS_A_SIDE, picture.height / BLOCKS_A_SIDE, min(width, height) / BLOCKS_A_PLACE)
    few = (max(1, round(width / block)), max(1, round(height / block)))
    coarse = picture.crop(box).resize(few, Image.Resampling.BOX).resize((width, height), Image.Resampling.NEAREST)
    picture.paste(coarse, box)

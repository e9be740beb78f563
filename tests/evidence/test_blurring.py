"""The copy for the public: what is named is beyond reading, and nothing of the file but pixels comes along (R18)."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import builds, integers, lists
from PIL import Image

from palmcheck.evidence.blurring import BLOCKS_A_PLACE, LONGEST_SIDE, WHOLE, Place, blurred_copy

PLACES = builds(
    Place, left=integers(0, 9_900), top=integers(0, 9_900), width=integers(100, 10_000), height=integers(100, 10_000)
)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fine stripes, in which every pixel differs from its neighbour; turned on its side by EXIF."""
    path = tmp_path_factory.mktemp("photo") / "photo.jpg"
    stripes = Image.frombytes(
        "L", (400, 300), bytes((x * 255 // 2 + y * 97) % 256 for y in range(300) for x in range(400))
    )
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "secret maker"
    stripes.convert("RGB").save(path, "JPEG", quality=95, exif=exif)
    return path


@settings(max_examples=25, deadline=None)
@given(places=lists(PLACES, min_size=1, max_size=4))
def test_a_named_place_has_few_squares_and_the_file_says_nothing_else(photo: Path, places: list[Place]) -> None:
    copy = blurred_copy(photo, places)

    with Image.open(BytesIO(copy.content)) as shown:
        assert (shown.size, shown.format) == ((300, 400), "JPEG")  # upright
        assert dict(shown.getexif()) == {}
        assert b"secret" not in copy.content
        grey = shown.convert("L")
    last = places[-1]
    left, top = last.left * 300 // WHOLE, last.top * 400 // WHOLE
    right, bottom = min(300, (last.left + last.width) * 300 // WHOLE), min(400, (last.top + last.height) * 400 // WHOLE)
    edges = sum(abs(grey.getpixel((x, top)) - grey.getpixel((x - 1, top))) > 40 for x in range(left + 2, right - 1))  # type: ignore[operator]
    assert edges <= max(40, BLOCKS_A_PLACE * max(right - left, bottom - top) // max(1, min(right - left, bottom - top)))


def test_a_large_photo_gets_smaller(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("RGB", (4000, 1000), "red").save(path)

    copy = blurred_copy(path, [Place(0, 0, WHOLE, WHOLE)])

    assert (copy.width, copy.height) == (LONGEST_SIDE, LONGEST_SIDE // 4)

"""The README's pictures: a few of the gallery's, as much as one screen shows, small enough for a repository."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tests.gallery.walking import WIDTHS, Picture

PICTURES = {
    "phone-today": ("field-today", "phone"),
    "phone-checklist": ("field-checklist", "phone"),
    "console-draw": ("console-draw-issued", "desk"),
    "console-figures": ("console-figure", "desk"),
    "public-search": ("public-found", "desk"),
    "public-record": ("public-record", "desk"),
}
"""Name in docs/pictures -> screen and width."""
WIDEST = 900


def write_small(gallery: Path, folder: Path, pictures: Sequence[Picture]) -> None:
    """Writes those that were taken as WebP, in the light and in Chinese."""
    taken = {
        (each.screen.title, each.width): each.file
        for each in pictures
        if (each.language, each.scheme) == ("zh-CN", "light")
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, width) in PICTURES.items():
        if (title, width) in taken:
            picture = Image.open(gallery / taken[title, width]).crop((0, 0, *WIDTHS[width]))
            picture.thumbnail((WIDEST, WIDTHS["phone"][1]))
            picture.save(folder / f"{name}.webp", quality=82, method=6)

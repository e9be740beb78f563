"""The first sheet of an XLSX as lines of text: what a clerk sees, weighed before it is unpacked."""

import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterator, Mapping

from python_calamine import CalamineError, CalamineWorkbook

from palmcheck.catalogue.problems import ItemFileUnreadable

MOST_UNPACKED = 60_000_000
MOST_LINES = 2000
HEADER_WITHIN = 10


def first_sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and texts of the first sheet; what the file declares is weighed before it is unpacked.

    Raises ItemFileUnreadable.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise ItemFileUnreadable(field="file", most=MOST_LINES, lacking="")
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        if sheet.total_height > MOST_LINES or sheet.total_width > 200:
            raise ItemFileUnreadable(field="file", most=MOST_LINES, lacking="")
        rows = sheet.to_python(skip_empty_area=False)
    except (zipfile.BadZipFile, CalamineError, OSError, ValueError, EOFError, NotImplementedError) as wrong:
        raise ItemFileUnreadable(field="file", most=MOST_LINES, lacking="") from wrong
    return iter([(line, [_text(cell) for cell in cells]) for line, cells in enumerate(rows, 1)])


def _text(cell: object) -> str:
    """A cell as a clerk reads it; full-width digits and letters are folded, Chinese punctuation stays."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    folded = (unicodedata.normalize("NFKC", c) if "０" <= c <= "ｚ" and c.isalnum() else c for c in str(cell))
    return "".join(folded).strip().strip("\ufeff\u3000")


def columns_of(
    lines: Iterator[tuple[int, list[str]]], headings: Mapping[str, str], needed: Collection[str]
) -> dict[str, int]:
    """Which column holds which field; the header stands within the first lines, below a title perhaps.

    Raises ItemFileUnreadable.
    """
    lacking = [headings[field] for field in needed]
    for _, (_, cells) in zip(range(HEADER_WITHIN), lines, strict=False):
        heads = ["".join(cell.split()) for cell in cells]
        found = {field: heads.index(head) for field, head in headings.items() if head in heads}
        if all(field in found for field in needed):
            return found
        if found:
            lacking = [headings[field] for field in needed if field not in found]
    raise ItemFileUnreadable(field="file", most=MOST_LINES, lacking="、".join(lacking))

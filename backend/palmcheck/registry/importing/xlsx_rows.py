"""Rows of an XLSX file: what it declares is weighed before it is read, so that no file fills the memory."""

import re
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import python_calamine

from palmcheck.registry.importing.columns import Header, read_header
from palmcheck.registry.importing.csv_rows import Row
from palmcheck.registry.importing.refusals import Refused

MOST_BYTES = 2_000_000_000
"""Unpacked, by the file's own word and by count."""
MOST_CELLS = 64_000_000
HEADER_WITHIN = 20
_EXACT = 2**53
_CHUNK = 4 << 20
_TAIL = 64
_CELL = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')


def weigh(path: Path) -> bool:
    """Whether cells are merged. Raises Refused for what is no spreadsheet, or one too large to be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_BYTES:
                raise Refused("unpacks_too_large", gigabytes=MOST_BYTES // 1_000_000_000)
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise Refused("not_a_table")
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("encrypted")
            sheets = [part for part in parts if _is_sheet(part.filename)]
            merged = [_weigh_sheet(archive, part) for part in sheets]
            return any(merged)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError) as wrong:
        raise Refused("damaged") from wrong


def _is_sheet(name: str) -> bool:
    return name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml")


def _weigh_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether cells are merged. A sheet of two far corners would be unpacked to billions of empty cells."""
    last_row, columns, merged, tail = 0, set[bytes](), False, b""
    with archive.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = tail + chunk
            found = _CELL.findall(text)
            if found:
                columns.update([column for column, _ in found])
                last_row = max(last_row, int(found[-1][1]), int(found[0][1]))
            merged = merged or b"<mergeCell " in text
            tail = text[-_TAIL:]
    width = max((_column_number(each) for each in columns), default=0)
    if width * last_row > MOST_CELLS:
        raise Refused("too_many_cells", rows=last_row, columns=width)
    return merged


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def text_of(cell: Any) -> str:
    """A cell as text. A number too long to be exact keeps its exponent, so that it is not taken for a code."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if abs(cell) >= _EXACT:
            return f"{float(cell):.6e}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return str(cell)


class XlsxRows:
    """Iterates over the rows of the first sheet that has a header of ours, from the file's first line on."""

    def __init__(self, path: Path) -> None:
        self.merged = weigh(path)
        try:
            workbook = python_calamine.CalamineWorkbook.from_path(str(path))
            self.sheet_name, self._rows, self.total = _sheet_of(workbook)
        except Refused:
            raise
        except python_calamine.PasswordError as wrong:
            raise Refused("encrypted") from wrong
        except Exception as wrong:
            raise Refused("damaged") from wrong
        except BaseException as wrong:  # a panic of the reader comes as one
            if type(wrong).__name__ != "PanicException":
                raise
            raise Refused("damaged") from wrong
        self._read = 0

    @property
    def part_read(self) -> int:
        """How many of the rows are read, in 1/10,000."""
        return min(10_000, self._read * 10_000 // max(self.total, 1))

    def __iter__(self) -> Iterator[Row]:
        for line, cells in self._rows:
            self._read += 1
            yield line, [cell if type(cell) is str else text_of(cell) for cell in cells]


def _sheet_of(workbook: python_calamine.CalamineWorkbook) -> tuple[str, Iterator[tuple[int, list[Any]]], int]:
    names = workbook.sheet_names
    empty = True
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.height == 0:
            continue
        empty = False
        if _has_header(sheet):
            return name, enumerate(sheet.iter_rows(), start=1), sheet.total_height + 1
    if empty:
        raise Refused("empty")
    raise Refused("no_header", sheets="、".join(names)[:200])


def _has_header(sheet: python_calamine.CalamineSheet) -> Header | None:
    for at, cells in enumerate(sheet.iter_rows()):
        if at == HEADER_WITHIN:
            return None
        header = read_header([text_of(cell) for cell in cells])
        if header:
            return header
    return None

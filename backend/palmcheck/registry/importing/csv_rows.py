"""Rows of a CSV file: its encoding and delimiter found, broken quotes survived."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from palmcheck.registry.importing.columns import read_header
from palmcheck.registry.importing.refusals import Refused

Row = tuple[int, list[str]]
"""The line where a row begins, and its cells; a row whose quotes do not close is BROKEN and its line as it stands."""
BROKEN = "\0"
LONGEST_ROW_LINES = 40
DELIMITERS = ",;\t|，"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PROBE = 1 << 20


def encoding_of(path: Path) -> str:
    """By the byte order mark, else UTF-16 by its zeros, else UTF-8 if all of it is, else GB18030. Raises Refused."""
    with path.open("rb") as file:
        head = file.read(4096)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 8:  # titles in Chinese have no zeros, delimiters and digits do
        return "utf-16-le" if odd > even else "utf-16-be"
    for encoding in ("utf-8", "gb18030"):
        if _reads(path, encoding):
            return encoding
    raise Refused("encoding")


def _reads(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_PROBE):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


class CsvRows:
    """Iterates over the rows; `read_bytes` of `total_bytes` says how far."""

    def __init__(self, path: Path) -> None:
        self.total_bytes = max(path.stat().st_size, 1)
        try:
            self._binary = path.open("rb")
            self._file = io.TextIOWrapper(self._binary, encoding=encoding_of(path), newline="")
        except UnicodeError as wrong:
            raise Refused("encoding") from wrong

    @property
    def part_read(self) -> int:
        """How much of the file is read, in 1/10,000."""
        if self._binary.closed:
            return 10_000
        return min(10_000, int(self._binary.tell() * 10_000 / self.total_bytes))

    def __iter__(self) -> Iterator[Row]:
        csv.field_size_limit(1 << 20)
        try:
            first = self._first_lines()
            yield from _Records(first, self._file, _delimiter(first))
        except UnicodeError as wrong:
            raise Refused("encoding") from wrong
        finally:
            self._file.close()

    def _first_lines(self) -> list[str]:
        lines = []
        for line in self._file:
            lines.append(line)
            if len(lines) == 20:
                break
        return lines


def _delimiter(lines: list[str]) -> str:
    """The one that makes most of a header of one of the first lines; a line `sep=;` says it itself."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines.pop(0).strip()[4]
    return max(DELIMITERS, key=lambda each: max((_speaks(line, each) for line in lines), default=(0, 0)))


def _speaks(line: str, delimiter: str) -> tuple[int, int]:
    """How many fields of a header a line names when it is parted so, and how often it is parted."""
    header = read_header(line.strip().split(delimiter))
    return len(header.places) if header else 0, line.count(delimiter)


class _Records:
    """Records of lines. One that runs on because its quotes do not close is told as BROKEN, and reading goes on behind
    its first line: else one quote would swallow the rest of the file."""

    def __init__(self, first: list[str], rest: IO[str], delimiter: str) -> None:
        self._waiting, self._rest, self._delimiter = first[::-1], rest, delimiter
        self._taken: list[str] = []
        self._width: int | None = None
        self._line = 0

    def _lines(self) -> Iterator[str]:
        while True:
            if self._waiting:
                line = self._waiting.pop()
            else:
                line = self._rest.readline()
                if not line:
                    return
            if "\0" in line:
                line = line.replace("\0", "")
            self._taken.append(line)
            if len(self._taken) > LONGEST_ROW_LINES:
                raise csv.Error("a row of too many lines")
            yield line

    def __iter__(self) -> Iterator[Row]:
        while True:
            reader = csv.reader(self._lines(), delimiter=self._delimiter)
            try:
                for cells in reader:
                    taken = len(self._taken)
                    if taken > 1 and not self._whole(cells):
                        break
                    yield self._line + 1, cells
                    self._line += taken
                    self._taken.clear()
                    if self._width is None or len(cells) > self._width:
                        self._width = len(cells)
                else:
                    return
            except csv.Error:
                if len(self._taken) == 1 and not self._waiting and not self._taken[0]:
                    return
            yield self._line + 1, [BROKEN, self._taken[0] if self._taken else ""]
            self._waiting += self._taken[:0:-1]
            self._taken.clear()
            self._line += 1

    def _whole(self, cells: list[str]) -> bool:
        """A row over several lines is one only if it is as wide as those before it and its quotes balance."""
        balanced = sum(line.count('"') for line in self._taken) % 2 == 0
        return balanced and (self._width is None or len(cells) == self._width)

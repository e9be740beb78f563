"""The process that reads a file: it may be hostile, so it is read apart, with little memory and nothing to steal.

    python -m palmcheck.registry.importing.preparing FILE < settings.json

Standard output is text for COPY into the staging table, standard error a JSON document a line: `progress`, `faults`,
at the end `end` or `refused`. A process that dies without either has met a file that nobody can read.
"""

import json
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from palmcheck.registry.importing.batches import Batches, Fault
from palmcheck.registry.importing.columns import Header, read_header
from palmcheck.registry.importing.csv_rows import CsvRows, Row
from palmcheck.registry.importing.refusals import Refused
from palmcheck.registry.importing.xlsx_rows import HEADER_WITHIN, XlsxRows

BATCH = 5_000
MOST_ROWS = 2_000_000
MOST_COLUMNS = 256
MOST_FAULTS = 10_000
MEMORY_BYTES = 6 << 30
_MARKUP = (b"<html", b"<table", b"<!doctype", b"<?xml", b"<meta", b"<style")


def open_rows(path: Path) -> XlsxRows | CsvRows:
    """By what the file is, not by what it is called. Raises Refused."""
    with path.open("rb") as file:
        head = file.read(8192)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n,;"):
        raise Refused("empty")
    if head.startswith(b"PK\x03\x04"):
        return XlsxRows(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused("encrypted" if _names_encryption(path) else "old_xls")
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower().startswith(_MARKUP):
        raise Refused("web_page")
    if head.startswith((b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")):
        raise Refused("not_a_table")
    return CsvRows(path)


def _names_encryption(path: Path) -> bool:
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20) or _at_end(file)


def _at_end(file: BinaryIO) -> bool:
    file.seek(0, 2)
    file.seek(max(0, file.tell() - (1 << 20)))
    return "EncryptedPackage".encode("utf-16-le") in file.read()


def _header_of(rows: Iterator[Row]) -> tuple[Header, int]:
    """The header within the first lines, and how wide it is. Raises Refused."""
    anything = False
    for _, cells in islice(rows, HEADER_WITHIN):
        anything = anything or any(each.strip() for each in cells)
        header = read_header(cells)
        if header is None:
            continue
        width = max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)
        if width > MOST_COLUMNS:
            raise Refused("too_many_columns", columns=width, most=MOST_COLUMNS)
        if header.repeated:
            raise Refused("repeated_columns", columns="、".join(header.repeated))
        if header.missing:
            raise Refused("missing_columns", columns="、".join(header.missing))
        return header, width
    raise Refused("no_header" if anything else "empty", sheets="CSV")


class Telling:
    """What the process says beside the rows; faults beyond the first 10,000 are only counted."""

    def __init__(self) -> None:
        self.faults: list[dict[str, Any]] = []
        self._told = 0

    def fault(self, fault: Fault) -> None:
        """Takes a fault to tell with the next batch."""
        if self._told < MOST_FAULTS:
            self._told += 1
            self.faults.append(asdict(fault))

    def say(self, **document: Any) -> None:
        """One line on standard error."""
        print(json.dumps(document), file=sys.stderr, flush=True)


def prepare(path: Path, settings: dict[str, Any], telling: Telling, out: BinaryIO) -> dict[str, Any]:
    """Reads the whole file; answers what the end says. Raises Refused."""
    source = open_rows(path)
    rows = iter(source)
    header, width = _header_of(rows)
    batches = Batches(header, width, settings["departments"], settings["own_department"])
    while batch := list(islice(rows, BATCH)):
        text = batches.lines(batch, telling.fault)
        if batches.rows > MOST_ROWS:
            raise Refused("too_many_rows", most=MOST_ROWS)
        out.write(text)
        telling.say(progress={"rows": batches.rows, "part": source.part_read}, faults=telling.faults)
        telling.faults = []
    if batches.rows == 0:
        raise Refused("no_rows")
    notes = [{"code": "ignored_columns", "words": each} for each in header.ignored[:50]]
    if isinstance(source, XlsxRows):
        notes += [{"code": "sheet", "words": source.sheet_name}]
        notes += [{"code": "merged_cells", "words": ""}] if source.merged else []
    return {
        "rows": batches.rows,
        "bad": batches.bad,
        "rows_sha256": batches.digest.hexdigest(),
        "fields": sorted(header.places),
        "things": batches.things,
        "notes": notes,
        "kept": batches.kept_keys[:MOST_ROWS],
    }


def main() -> None:
    """Reads the file named on the command line; the settings come on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    settings, telling = json.load(sys.stdin), Telling()
    try:
        end = prepare(Path(sys.argv[1]), settings, telling, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        telling.say(end=end, faults=telling.faults)
    except Refused as refused:
        telling.say(refused={"code": refused.code, "params": refused.params})
    except MemoryError:
        telling.say(refused={"code": "unreadable", "params": {}})


if __name__ == "__main__":
    main()

"""Reading a working-day table from a file: two columns, date and working; CSV (UTF-8 or GB 18030) or XLSX."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from palmcheck.jurisdictions.problems import CalendarFileUnreadable
from palmcheck.jurisdictions.types import FileFault

MOST_BYTES = 1_000_000
MOST_UNPACKED = 30_000_000
MOST_LINES = 4000
WORKING = frozenset({"1", "是", "工作日", "上班", "班", "调休上班", "补班", "true", "yes", "working", "work"})
FREE = frozenset({"0", "否", "休息日", "休息", "休", "节假日", "放假", "假", "false", "no", "free", "off"})
DATE_SHAPES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d %H:%M:%S")
XLSX_MARK = b"PK\x03\x04"


def read_calendar_file(content: bytes) -> tuple[dict[date, bool], list[FileFault]]:
    """The days of a file and the lines that cannot be used, which stop nothing here. Raises CalendarFileUnreadable.

    Not streamed: a route takes at most a megabyte of this, some hundred years.
    """
    rows = _xlsx_rows(content) if content.startswith(XLSX_MARK) else _csv_rows(content)
    days: dict[date, bool] = {}
    faults: list[FileFault] = []
    for line, cells in enumerate(rows, 1):
        if line > MOST_LINES:
            raise CalendarFileUnreadable(field="file", reason="lines", most=MOST_LINES)
        texts = [_text(cell) for cell in cells]
        if not any(texts) or (line == 1 and _day(texts[0]) is None and len(texts) >= 2):
            continue  # an empty line, or the headings
        fault = _take(days, texts)
        if fault:
            faults.append(FileFault(line, *fault))
    if not days and not faults:
        raise CalendarFileUnreadable(field="file", reason="empty", most=MOST_LINES)
    return days, faults


def _take(days: dict[date, bool], texts: Sequence[str]) -> tuple[str, str, str] | None:
    """Takes one line into `days`, or answers field, rule and value of what is wrong with it."""
    if len(texts) < 2:
        return "working", "columns", " ".join(texts)
    day, word = _day(texts[0]), texts[1].lower()
    if day is None:
        return "date", "date", texts[0]
    if word not in WORKING | FREE:
        return "working", "working", texts[1]
    if days.setdefault(day, word in WORKING) is not (word in WORKING):
        return "date", "twice", texts[0]
    return None


def _text(cell: Any) -> str:
    """A cell as a clerk reads it: full-width digits folded, blanks gone, a date or a whole number without its time."""
    match cell:
        case datetime() | date():
            return f"{cell:%Y-%m-%d}"
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return unicodedata.normalize("NFKC", str(cell)).strip().strip("\ufeff")


def _day(text: str) -> date | None:
    for shape in DATE_SHAPES:
        try:
            return datetime.strptime(text, shape).date()
        except ValueError:
            continue
    return None


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        first = text.partition("\n")[0]
        delimiter = max(",;\t", key=first.count)
        return iter(csv.reader(io.StringIO(text), delimiter=delimiter))
    raise CalendarFileUnreadable(field="file", reason="encoding", most=MOST_LINES)


def _xlsx_rows(content: bytes) -> Iterator[list[Any]]:
    """The first sheet. What the archive declares to unpack to is looked at before anything is unpacked."""
    try:
        declared = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(content)).infolist())
        if declared > MOST_UNPACKED:
            raise CalendarFileUnreadable(field="file", reason="unpacked", most=MOST_LINES)
        return iter(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())
    except (zipfile.BadZipFile, CalamineError, IndexError) as wrong:
        raise CalendarFileUnreadable(field="file", reason="xlsx", most=MOST_LINES) from wrong

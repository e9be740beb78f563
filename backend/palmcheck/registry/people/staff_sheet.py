"""A workbook of inspectors -> rows and faults. Weighed before it is read, so that no file fills the memory."""

import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from palmcheck.registry.people.problems import PeopleFileLacksColumns, PeopleFileUnreadable
from palmcheck.registry.people.types import PersonFault, SaveInspector, StaffKind

MOST_UNPACKED = 60_000_000
MOST_CELLS = 2_000_000
HEADER_WITHIN = 20
SHOWN = 100
LONGEST = 100
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
HEADINGS: dict[str, str] = {
    "name": "姓名",
    "department": "部门",
    "unit": "所在机构",
    "post": "职务",
    "staff_kind": "人员类别",
    "certificate_number": "执法证号",
    "certificate_expires_on": "证件有效期至",
    "qualification": "执法资格",
    "expertise": "专业领域",
    "region": "所属区域",
}
REQUIRED = ("name", "staff_kind", "certificate_number", "certificate_expires_on")
STAFF_KINDS: dict[str, StaffKind] = {
    "执法公务员": "enforcement",
    "具有执法资格的人员": "qualified",
    "日常监管人员": "daily_supervision",
}
_DATE_SHAPES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_BETWEEN_WORDS = re.compile("[、,，;；/]+")


@dataclass
class StaffSheet:
    """What a workbook says: good rows with their lines, faults, and how many rows were read."""

    rows: list[tuple[int, SaveInspector]] = field(default_factory=list)
    faults: list[PersonFault] = field(default_factory=list)
    read: int = 0


def read_staff(path: Path, departments: Mapping[str, UUID], own: UUID | None) -> StaffSheet:
    """The rows of the first sheet; an empty department is the clerk's own.

    Raises PeopleFileUnreadable, PeopleFileLacksColumns.
    """
    _weigh(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        lines = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except PasswordError as wrong:
        raise PeopleFileUnreadable(field="body", reason="password") from wrong
    except (CalamineError, OSError, IndexError, ValueError) as wrong:
        raise PeopleFileUnreadable(field="body", reason="damaged") from wrong
    below, places = _header([[_text(cell) for cell in cells] for cells in lines[:HEADER_WITHIN]])
    sheet, first_at = StaffSheet(), dict[str, int]()
    for line, cells in enumerate(lines[below:], start=below + 1):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            sheet.read += 1
            row = {name: texts[at] for name, at in places.items()}
            _take(sheet, line, row, departments, own, first_at)
    return sheet


def _weigh(path: Path) -> None:
    """Refuses what is no workbook, and one that unpacks to more than a list of staff ever does."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise PeopleFileUnreadable(field="body", reason="too_large")
            for part in parts:
                if part.filename.lower().startswith("xl/worksheets/") and part.filename.lower().endswith(".xml"):
                    _weigh_sheet(archive.read(part))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as wrong:
        raise PeopleFileUnreadable(field="body", reason="no_workbook") from wrong


def _weigh_sheet(content: bytes) -> None:
    """Two far corners would be unpacked to billions of empty cells."""
    rows = columns = 1
    for letters, number in _CELL.findall(content):
        rows, width = max(rows, int(number)), 0
        for letter in letters:
            width = width * 26 + letter - 64
        columns = max(columns, width)
    if rows * columns > MOST_CELLS:
        raise PeopleFileUnreadable(field="body", reason="too_large")


def _header(lines: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """The number of lines down to the header, and where each field stands. Raises PeopleFileLacksColumns."""
    missing = [HEADINGS[name] for name in REQUIRED]
    for at, cells in enumerate(lines, start=1):
        heads = ["".join(cell.split()).rstrip("*") for cell in cells]
        places = {name: heads.index(head) for name, head in HEADINGS.items() if head in heads}
        lacks = [HEADINGS[name] for name in REQUIRED if name not in places]
        if not lacks:
            return at, places
        missing = min(missing, lacks, key=len)
    raise PeopleFileLacksColumns(field="body", columns="、".join(missing))


def _text(cell: Any) -> str:
    """A cell as a clerk reads it: full-width forms folded, line breaks as blanks, dates and whole numbers plain."""
    if isinstance(cell, (datetime, date)):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(unicodedata.normalize("NFKC", str(cell)).split())


def _take(
    sheet: StaffSheet,
    line: int,
    row: Mapping[str, str],
    departments: Mapping[str, UUID],
    own: UUID | None,
    first_at: dict[str, int],
) -> None:
    """Puts one line among the rows, or what is wrong with it among the faults."""
    faults: list[PersonFault] = []

    def wrong(name: str, rule: Any, value: str = "") -> None:
        faults.append(PersonFault(line, name, rule, value[:SHOWN]))

    for name in REQUIRED:
        if not row.get(name):
            wrong(name, "required")
    for name, value in row.items():
        if len(value) > LONGEST:
            wrong(name, "too_long", value)
        if value.startswith(("=", "@")):
            wrong(name, "formula", value)
    home = departments.get(row.get("department", "")) if row.get("department") else own
    if home is None:
        wrong("department_id", "unknown" if row.get("department") else "required", row.get("department", ""))
    kind = STAFF_KINDS.get(row.get("staff_kind", ""))
    if kind is None and row.get("staff_kind"):
        wrong("staff_kind", "unknown", row["staff_kind"])
    expires = _day(row.get("certificate_expires_on", ""))
    if expires is None and row.get("certificate_expires_on"):
        wrong("certificate_expires_on", "date", row["certificate_expires_on"])
    number = row.get("certificate_number", "").upper()
    if number and (first := first_at.setdefault(number, line)) != line:
        wrong("certificate_number", "repeated", f"{number} ({first})")
    sheet.faults += faults
    if not faults and home is not None and kind is not None and expires is not None:
        sheet.rows.append((line, _inspector(row, home, kind, expires)))


def _inspector(row: Mapping[str, str], home: UUID, kind: StaffKind, expires: date) -> SaveInspector:
    words = [word.strip() for word in _BETWEEN_WORDS.split(row.get("expertise", ""))]
    return SaveInspector(
        department_id=home,
        name=row["name"],
        post=row.get("post", ""),
        unit=row.get("unit", ""),
        staff_kind=kind,
        certificate_number=row["certificate_number"],
        certificate_expires_on=expires,
        qualification=row.get("qualification", ""),
        expertise=[word[:20] for word in words if word][:20],
        region=row.get("region", ""),
    )


def _day(text: str) -> date | None:
    for shape in _DATE_SHAPES:
        try:
            return datetime.strptime(text.split(" ", maxsplit=1)[0], shape).date()
        except ValueError:
            continue
    return None

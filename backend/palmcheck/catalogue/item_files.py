"""The list of items as a spreadsheet: written out, and read in with a report of the lines that cannot be used."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
import xlsxwriter
from msgspec import Struct
from python_calamine import CalamineError, CalamineWorkbook

from palmcheck.catalogue.problems import ItemFileUnreadable
from palmcheck.catalogue.types import ItemRow, SaveItem
from palmcheck.jurisdictions.types import DepartmentRef, FileFault

MOST_BYTES = 5_000_000
MOST_UNPACKED = 60_000_000
MOST_LINES = 2000
HEADER_WITHIN = 10
SHEET = "随机抽查事项清单"
COLUMNS: Mapping[str, str] = {
    "code": "事项编号",
    "area": "抽查领域",
    "big_class": "抽查事项（大类）",
    "name": "分项",
    "department_id": "牵头部门",
    "joint_department_ids": "联合部门",
    "target_range": "检查对象",
    "item_class": "类别",
    "ratio_cap": "比例上限%",
    "A": "A类比例%",
    "B": "B类比例%",
    "C": "C类比例%",
    "D": "D类比例%",
    "visits_cap": "年度检查次数上限",
    "method": "检查方式",
    "method_note": "方式说明",
    "content": "检查内容",
    "basis": "依据",
    "standards": "规章／标准",
    "checklist_code": "检查表",
    "note": "备注",
}
"""Fields and their headings; `A` to `D` are the ratios."""
NEEDED = ("code", "big_class", "name", "department_id", "item_class", "method", "basis")
CLASSES = {"一般": "general", "一般检查事项": "general", "重点": "key", "重点检查事项": "key"}
METHODS = {
    "现场检查": "on_site",
    "实地核查": "on_site",
    "书面检查": "written",
    "网络检查": "online",
    "网络监测": "online",
}
METHOD_WORDS = {"on_site": "现场检查", "written": "书面检查", "online": "网络监测"}


class ReadLine(Struct, frozen=True):
    """One usable line of a file."""

    line: int
    item: SaveItem


def item_book(rows: Sequence[tuple[ItemRow, Mapping[str, Any]]]) -> bytes:
    """An XLSX of items, as it can be read in again."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS), 18)
    sheet.write_row(0, 0, COLUMNS.values(), book.add_format({"bold": True}))
    for at, (row, item) in enumerate(rows, 1):
        for column, field in enumerate(COLUMNS):
            cell = _cell(field, row, item)
            if isinstance(cell, float):
                sheet.write_number(at, column, cell)
            elif cell:
                sheet.write_string(at, column, cell)
    book.close()
    return kept.getvalue()


def _cell(field: str, row: ItemRow, item: Mapping[str, Any]) -> str | float | None:
    if field in item["ratios"] or field == "ratio_cap":
        ratio = item["ratios"].get(field, row.ratio_cap)
        return None if ratio is None else float(ratio) / 100
    if field == "visits_cap":
        return None if item["visits_cap"] is None else float(item["visits_cap"])
    shown = {
        "department_id": row.department.name,
        "joint_department_ids": "、".join(each.name for each in row.joint_departments),
        "item_class": "重点" if row.item_class == "key" else "一般",
        "method": METHOD_WORDS.get(row.method, row.method),
        "standards": "；".join(item["standards"]),
    }
    return shown.get(field) or item.get(field)


def read_items(content: bytes, departments: Mapping[UUID, DepartmentRef]) -> tuple[list[ReadLine], list[FileFault]]:
    """The usable lines of a file, and what is wrong with the others. Raises ItemFileUnreadable.

    `rule` of a fault: required | unknown_department | unknown_word | number | too_long | shape | twice.
    """
    lines = _rows(content)
    columns = _header(lines)
    named = {each.name: each.id for each in departments.values()} | {
        each.code: each.id for each in departments.values()
    }
    found: list[ReadLine] = []
    faults: list[FileFault] = []
    seen: set[str] = set()
    for line, cells in lines:
        values = {field: cells[at] if at < len(cells) else "" for field, at in columns.items()}
        if not any(values.values()):
            continue
        wrong, item = _item(line, values, named)
        if item is not None and item.code in seen:
            wrong.append(FileFault(line, "code", "twice", item.code))
        faults += wrong
        if item is not None and not wrong:
            seen.add(item.code)
            found.append(ReadLine(line, item))
    return found, faults


def _item(line: int, values: Mapping[str, str], named: Mapping[str, UUID]) -> tuple[list[FileFault], SaveItem | None]:
    wrong = [FileFault(line, field, "required", "") for field in NEEDED if not values[field]]
    made: dict[str, Any] = {"ratios": {}}
    for field, value in values.items():
        if value:
            try:
                _take(made, field, value, named)
            except _Unusable as told:
                wrong.append(FileFault(line, field, str(told), value[:200]))
    if wrong:
        return wrong, None
    made["is_joint"] = bool(made.get("joint_department_ids"))
    try:
        return [], msgspec.convert(made, SaveItem)
    except msgspec.ValidationError as told:
        field = str(told).rpartition("$.")[2].rstrip("`").partition(".")[0].partition("[")[0]
        rule = "too_long" if "length" in str(told) else "shape"
        return [FileFault(line, field, rule, values.get(field, "")[:200])], None


class _Unusable(Exception):
    """A cell that says nothing usable; its text is the rule."""


def _take(made: dict[str, Any], field: str, value: str, named: Mapping[str, UUID]) -> None:
    match field:
        case "department_id":
            made[field] = _known(named, value, "unknown_department")
        case "joint_department_ids":
            made[field] = [_known(named, each, "unknown_department") for each in _split(value)]
        case "item_class":
            made[field] = _known(CLASSES, value, "unknown_word")
        case "method":
            made[field] = _known(METHODS, value, "unknown_word")
        case "standards":
            made[field] = _split(value)
        case "ratio_cap":
            made[field] = _percent(value)
        case "A" | "B" | "C" | "D":
            made["ratios"][field] = _percent(value)
        case "visits_cap":
            made[field] = _percent(value) // 100
        case _:
            made[field] = value


def _known(words: Mapping[str, Any], value: str, rule: str) -> str:
    if value not in words:
        raise _Unusable(rule)
    return str(words[value])


def _split(value: str) -> list[str]:
    return [each.strip() for each in value.replace("；", "、").replace(";", "、").split("、") if each.strip()]


def _percent(value: str) -> int:
    """A percentage as 1/10,000, such as `12.5%` as 1250."""
    try:
        number = float(value.rstrip("%％"))
    except ValueError:
        raise _Unusable("number") from None
    if not 0 <= number <= 1_000_000 or round(number * 100) != round(number * 100, 6):
        raise _Unusable("number")
    return round(number * 100)


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and texts of the first sheet; what the file declares is weighed before it is unpacked."""
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


def _header(lines: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Which column holds which field; the header stands within the first lines, below a title perhaps."""
    lacking = [COLUMNS[field] for field in NEEDED]
    for _, (_, cells) in zip(range(HEADER_WITHIN), lines, strict=False):
        heads = ["".join(cell.split()) for cell in cells]
        found = {field: heads.index(head) for field, head in COLUMNS.items() if head in heads}
        if all(field in found for field in NEEDED):
            return found
        if found:
            lacking = [COLUMNS[field] for field in NEEDED if field not in found]
    raise ItemFileUnreadable(field="file", most=MOST_LINES, lacking="、".join(lacking))

"""The list of items as a spreadsheet: written out, and read in with a report of the lines that cannot be used."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
import xlsxwriter
from msgspec import Struct

from palmcheck.catalogue.public_types import PublicItem
from palmcheck.catalogue.sheets import columns_of, first_sheet
from palmcheck.catalogue.types import ItemRow, SaveItem
from palmcheck.jurisdictions.types import DepartmentRef, FileFault
from palmcheck.kernel.clock import law_date

MOST_BYTES = 5_000_000
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


SAME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Written into every public file, so that the same list has the same bytes and its ETag holds."""


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


PUBLIC_COLUMNS: Mapping[str, str] = {
    "jurisdiction": "辖区",
    **{field: COLUMNS[field] for field in ("code", "area", "big_class", "name")},
    "department": "牵头部门",
    "joint_departments": "联合部门",
    **{field: COLUMNS[field] for field in ("target_range", "item_class", "ratio_cap", "method", "basis", "standards")},
    "version": "版本",
    "listed_at": "列入日期",
}


def public_item_book(items: Sequence[PublicItem]) -> bytes:
    """An XLSX of what is public, for anybody."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": SAME_DAY})
    sheet = book.add_worksheet(SHEET)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(PUBLIC_COLUMNS), 18)
    sheet.write_row(0, 0, PUBLIC_COLUMNS.values(), book.add_format({"bold": True}))
    for at, item in enumerate(items, 1):
        words = {
            "joint_departments": "、".join(item.joint_departments),
            "item_class": "重点" if item.item_class == "key" else "一般",
            "ratio_cap": "" if item.ratio_cap is None else f"{item.ratio_cap / 100:g}",
            "method": METHOD_WORDS.get(item.method, item.method),
            "standards": "；".join(item.standards),
            "listed_at": f"{law_date(item.listed_at):%Y-%m-%d}",
        }
        for column, field in enumerate(PUBLIC_COLUMNS):
            sheet.write_string(at, column, words.get(field, str(getattr(item, field))))
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
    lines = first_sheet(content)
    columns = columns_of(lines, COLUMNS, NEEDED)
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

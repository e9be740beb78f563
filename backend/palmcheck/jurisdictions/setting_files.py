"""The settings as a spreadsheet to take away."""

import io
from collections.abc import Iterable

import xlsxwriter

from palmcheck.jurisdictions.types import SettingView, Value
from palmcheck.kernel.clock import SHANGHAI

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    "参数",
    "当前值",
    "默认值",
    "单位",
    "最小",
    "最大",
    "可选值",
    "依据",
    "规则",
    "变更次数",
    "最近变更",
    "变更人",
    "原因",
)


def settings_book(rows: Iterable[SettingView]) -> bytes:
    """One line a setting, in the screen's order. Every cell is text: what looks like a formula stays what it is."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("参数设置")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(HEADINGS) - 1, 14)
    bold = book.add_format({"bold": True})
    for at, head in enumerate(HEADINGS):
        sheet.write_string(0, at, head, bold)
    for number, row in enumerate(rows, start=1):
        for at, cell in enumerate(_cells(row)):
            sheet.write_string(number, at, cell)
    book.close()
    return content.getvalue()


def _cells(row: SettingView) -> tuple[str, ...]:
    since = f"{row.since.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if row.since else ""
    bounds = ["" if each is None else _text(row, each) for each in (row.minimum, row.maximum)]
    return (
        row.key,
        _text(row, row.value),
        _text(row, row.default),
        "%" if row.kind == "ratio" else row.unit,
        *bounds,
        "、".join(row.choices),
        "本系统" if row.source == "ours" else row.source,
        row.rule or "",
        str(row.version),
        since,
        row.author_name or "",
        row.reason or "",
    )


def _text(row: SettingView, value: Value) -> str:
    """A value as a cell: a ratio in percent, yes or no as the office says it."""
    if row.kind == "ratio":
        return f"{int(value) / 100:g}"
    return ("是" if value else "否") if row.kind == "boolean" else str(value)

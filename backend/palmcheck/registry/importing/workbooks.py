"""Workbooks to download: the report of bad rows, and the template."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO

import xlsxwriter

from palmcheck.registry.importing.columns import HEADERS, REQUIRED
from palmcheck.registry.importing.types import ImportFaultView
from palmcheck.registry.importing.wording import words

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDE = {"name": 36, "address": 40, "credit_code": 24, "departments": 28, "industry_name": 20, "responsible_code": 24,
         "responsible_name": 28}  # fmt: skip

_REPORT = (("line", 8), ("column", 20), ("message", 60), ("value", 40), ("rule", 24))
"""Columns of the report of bad rows, with their widths."""


def fault_report(faults: Sequence[ImportFaultView], language: str) -> bytes:
    """Bad rows with line, column, what to do, and what was found; nothing in it is ever a formula."""
    said, out = words(language), BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EEF2F0"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(said["sheet.faults"])
        for place, (name, width) in enumerate(_REPORT):
            sheet.set_column(place, place, width, wrapped)
            sheet.write_string(0, place, said[f"head.{name}"], bold)
        for at, fault in enumerate(faults, start=1):
            sheet.write_number(at, 0, fault.line)
            for place, value in enumerate((fault.column, fault.message, fault.value, fault.rule), start=1):
                sheet.write_string(at, place, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(faults), 1), len(_REPORT) - 1)
    return out.getvalue()


def fault_csv(faults: Sequence[ImportFaultView], language: str) -> bytes:
    """The same as CSV that spreadsheets open as UTF-8; what would be a formula there begins with an apostrophe."""
    said, out = words(language), StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([said[f"head.{name}"] for name, _ in _REPORT])
    for fault in faults:
        value = f"'{fault.value}" if fault.value[:1] in {"=", "+", "-", "@"} else fault.value
        writer.writerow([fault.line, fault.column, fault.message, value, fault.rule])
    return out.getvalue().encode("utf-8-sig")


def template(language: str) -> bytes:
    """An empty list with its columns, all as text, and a sheet that says how to fill it in."""
    said, out = words(language), BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EEF2F0"})
        needed = book.add_format({"bold": True, "bg_color": "#FBE9D7"})
        plain = book.add_format({"num_format": "@"})
        sheet, guide = book.add_worksheet(said["sheet.template"]), book.add_worksheet(said["sheet.guide"])
        guide.set_column(0, 0, 22)
        guide.set_column(1, 1, 60)
        for place, (field, names) in enumerate(HEADERS.items()):
            head = needed if field in REQUIRED else bold
            sheet.set_column(place, place, _WIDE.get(field, 16), plain)
            sheet.write_string(0, place, names[0], head)
            guide.write_string(place, 0, names[0], head)
            guide.write_string(place, 1, said[f"guide.{field}"])
        sheet.freeze_panes(1, 0)
    return out.getvalue()

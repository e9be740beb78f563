"""Workbooks to download: the report of bad rows, and the template."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from palmcheck.registry.importing.columns import HEADERS, REQUIRED
from palmcheck.registry.importing.types import ImportFaultView
from palmcheck.registry.importing.wording import words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEXT_ONLY = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDE = {"name": 36, "address": 40, "credit_code": 24, "departments": 28, "industry_name": 20}


def fault_report(faults: Sequence[ImportFaultView], language: str) -> bytes:
    """Bad rows with line, column, what to do, and what was found; nothing in it is ever a formula."""
    said, out = words(language), BytesIO()
    with xlsxwriter.Workbook(out, _TEXT_ONLY) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EEF2F0"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(said["sheet.faults"])
        for place, (name, width) in enumerate((("line", 8), ("column", 20), ("message", 60), ("value", 40))):
            sheet.set_column(place, place, width, wrapped)
            sheet.write_string(0, place, said[f"head.{name}"], bold)
        for at, fault in enumerate(faults, start=1):
            sheet.write_number(at, 0, fault.line)
            for place, value in enumerate((fault.column, fault.message, fault.value), start=1):
                sheet.write_string(at, place, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(faults), 1), 3)
    return out.getvalue()


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

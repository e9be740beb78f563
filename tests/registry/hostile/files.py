"""Hostile import files, made by code: each builder writes one file as a clerk, a system or an enemy might send it."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from stdnum.cn import uscc

HEADER = ("名称", "类型", "统一社会信用代码", "地址", "行业代码", "信用风险分类")
BUILDERS: dict[str, Callable[[Path], Path]] = {}


def code(number: int) -> str:
    """A valid credit code."""
    body = f"91510198MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def row(number: int, **other: Any) -> list[Any]:
    """A good row, but for what is given."""
    cells = dict(
        zip(HEADER, (f"临江县第{number}饭店", "企业", code(number), f"人民路{number}号", "6210", "B"), strict=True)
    )
    return list((cells | other).values())


def hostile(build: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Lists a builder under its name."""
    BUILDERS[build.__name__] = build
    return build


def text(folder: Path, content: str, encoding: str = "utf-8", name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def table(rows: Sequence[Sequence[Any]] = (), header: Sequence[str] = HEADER, by: str = ",", end: str = "\n") -> str:
    return end.join(by.join(map(str, cells)) for cells in (header, *(rows or [row(1), row(2)]))) + end


def workbook(folder: Path, fill: Callable[[Any, Any], None], name: str = "file.xlsx") -> Path:
    """A workbook whose first sheet is filled by `fill(book, sheet)`."""
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        fill(book, book.add_worksheet("检查对象"))
    return path


def listed(sheet: Any, rows: Sequence[Sequence[Any]], header: Sequence[str] = HEADER, first: int = 0) -> None:
    for at, cells in enumerate((header, *rows), start=first):
        for place, cell in enumerate(cells):
            sheet.write(at, place, cell)


@hostile
def formula_cells(folder: Path) -> Path:
    def fill(_: Any, sheet: Any) -> None:
        listed(sheet, [row(1), row(2)])
        sheet.write_formula(1, 0, '=HYPERLINK("http://evil.invalid","x")', None, "临江县公式饭店")
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")

    return workbook(folder, fill)


@hostile
def formula_as_text(folder: Path) -> Path:
    return text(folder, table([row(1, 名称="=cmd|' /C calc'!A0"), row(2, 名称="@SUM(1)")]))


@hostile
def merged_cells(folder: Path) -> Path:
    def fill(book: Any, sheet: Any) -> None:
        listed(sheet, [row(1), row(2, 地址="")])
        sheet.merge_range(1, 3, 2, 3, "人民路1号", book.add_format())

    return workbook(folder, fill)


@hostile
def second_sheet(folder: Path) -> Path:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "填表须知")
        listed(book.add_worksheet("名录"), [row(1), row(2)])

    return workbook(folder, fill)


@hostile
def wrong_sheet(folder: Path) -> Path:
    return workbook(folder, lambda _, sheet: listed(sheet, [("张三", 90)], ("姓名", "成绩")))


@hostile
def title_above_header(folder: Path) -> Path:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range(1, 0, 1, 5, "临江县检查对象名录库（2026 年）")
        listed(sheet, [row(1), row(2)], first=4)

    return workbook(folder, fill)


@hostile
def gbk(folder: Path) -> Path:
    return text(folder, table(), "gbk")


@hostile
def gb18030_rare(folder: Path) -> Path:
    return text(folder, table([row(1, 名称="𠮷野家饭店"), row(2)]), "gb18030")


@hostile
def utf8_bom(folder: Path) -> Path:
    return text(folder, table(), "utf-8-sig")


@hostile
def utf16_bom(folder: Path) -> Path:
    return text(folder, table(by="\t"), "utf-16")


@hostile
def utf16_without_bom(folder: Path) -> Path:
    return text(folder, table(by="\t"), "utf-16-le")


@hostile
def broken_encoding(folder: Path) -> Path:
    path = folder / "file.csv"
    path.write_bytes(table().encode() + b"\xff\xff\xfe\x81\x00\xff" + table().encode("gbk"))
    return path


def _declaring(path: Path, size: int) -> None:
    """Writes another unpacked size into the central directory."""
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", size)
    path.write_bytes(raw)


@hostile
def declares_2_gb(folder: Path) -> Path:
    path = workbook(folder, lambda _, sheet: listed(sheet, [row(1)]))
    _declaring(path, 2 * 1024**3)
    return path


@hostile
def zip_bomb(folder: Path) -> Path:
    path = folder / "file.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(21):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b" " * 100_000_000)
    return path


@hostile
def two_far_corners(folder: Path) -> Path:
    def fill(_: Any, sheet: Any) -> None:
        listed(sheet, [row(1)])
        sheet.write(1_048_575, 16_383, "x")

    return workbook(folder, fill)


@hostile
def last_row_of_a_sheet(folder: Path) -> Path:
    def fill(_: Any, sheet: Any) -> None:
        listed(sheet, [row(1)])
        for place, cell in enumerate(row(2)):
            sheet.write(1_048_575, place, cell)

    return workbook(folder, fill)


@hostile
def dates_as_text(folder: Path) -> Path:
    def fill(book: Any, sheet: Any) -> None:
        listed(sheet, [[*row(1), "2020年1月2日"], [*row(2), "2020/13/45"]], (*HEADER, "成立日期"))
        sheet.write_datetime(2, 3, datetime(2020, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))

    return workbook(folder, fill)


@hostile
def full_width(folder: Path) -> Path:
    wide = str.maketrans(
        "0123456789ABCDEFGHJKLMNPQRTUWXY", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＬＭＮＰＱＲＴＵＷＸＹ"
    )
    first = row(1, 统一社会信用代码=code(1).translate(wide), 行业代码="６２１０", 信用风险分类="Ｂ")
    return text(
        folder,
        table([first, row(2)], ("名　称", "类 型", "统一社会信用代码＊", "地址（必填）", "行业代码：", "信用风险分类")),
    )


@hostile
def repeated_header(folder: Path) -> Path:
    return text(folder, table([[*row(1), "另一名称"]], (*HEADER, "企业名称")))


@hostile
def missing_columns(folder: Path) -> Path:
    return text(folder, table([row(1)[:3]], HEADER[:3]))


@hostile
def trailing_spaces(folder: Path) -> Path:
    return text(folder, table([[f"  {cell}\u3000 " for cell in row(1)], [f"{cell}\t" for cell in row(2)]]))


@hostile
def line_breaks_in_cells(folder: Path) -> Path:
    return text(folder, table([row(1, 地址='"人民路\n1号\r\n二楼"'), row(2)]))


@hostile
def empty(folder: Path) -> Path:
    return text(folder, "")


@hostile
def only_blanks(folder: Path) -> Path:
    return text(folder, "\ufeff \r\n,,,\r\n  \r\n")


@hostile
def only_header(folder: Path) -> Path:
    return text(folder, ",".join(HEADER) + "\n")


@hostile
def empty_workbook(folder: Path) -> Path:
    return workbook(folder, lambda _, __: None)


@hostile
def workbook_named_csv(folder: Path) -> Path:
    return workbook(folder, lambda _, sheet: listed(sheet, [row(1), row(2)])).rename(folder / "file.csv")


@hostile
def csv_named_xlsx(folder: Path) -> Path:
    return text(folder, table(), name="file.xlsx")


@hostile
def another_zip(folder: Path) -> Path:
    path = folder / "file.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return path


@hostile
def pdf_named_xlsx(folder: Path) -> Path:
    path = folder / "file.xlsx"
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    return path


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@hostile
def encrypted(folder: Path) -> Path:
    path = folder / "file.xlsx"
    path.write_bytes(_OLE + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(4000))
    return path


@hostile
def old_xls(folder: Path) -> Path:
    path = folder / "file.xls"
    path.write_bytes(_OLE + bytes(2000) + "Workbook".encode("utf-16-le") + bytes(4000))
    return path


@hostile
def html_named_xls(folder: Path) -> Path:
    cells = "".join(f"<td>{cell}</td>" for cell in row(1))
    return text(folder, f"\n<html><table><tr>{cells}</tr></table></html>", name="file.xls")


@hostile
def cut_off(folder: Path) -> Path:
    path = workbook(folder, lambda _, sheet: listed(sheet, [row(1), row(2)]))
    path.write_bytes(path.read_bytes()[:-400])
    return path


@hostile
def broken_inside(folder: Path) -> Path:
    path, out = workbook(folder, lambda _, sheet: listed(sheet, [row(1)])), io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name.endswith("sheet1.xml") else content)
    path.write_bytes(out.getvalue())
    return path


@hostile
def semicolons(folder: Path) -> Path:
    return text(folder, table(by=";"))


@hostile
def tabs_with_hint(folder: Path) -> Path:
    return text(folder, "sep=|\n" + table(by="|"))


@hostile
def nul_bytes(folder: Path) -> Path:
    return text(folder, table([row(1, 名称="临江县\0空\0饭店"), row(2)]) + "\0\0\0")


@hostile
def three_hundred_columns(folder: Path) -> Path:
    more = [f"备注{number}" for number in range(294)]
    return text(folder, table([[*row(1), *more]], [*HEADER, *more]))


@hostile
def a_cell_of_100_kb(folder: Path) -> Path:
    return text(folder, table([row(1, 地址="长" * 33_000), row(2)]))


@hostile
def codes_as_floats(folder: Path) -> Path:
    def fill(_: Any, sheet: Any) -> None:
        listed(sheet, [row(1), row(2), row(3)])
        sheet.write_number(1, 2, 915101980000001234)
        sheet.write_string(2, 2, "9.1510198E+17")
        sheet.write_number(3, 2, 510198000012345)
        sheet.write_number(3, 4, 6210)

    return workbook(folder, fill)


@hostile
def positions(folder: Path) -> Path:
    places = (
        ("-30.65", "-103.9"),
        ("103.9", "30.65"),
        ("30.65", ""),
        ("北纬30度", "东经103度"),
        ("30.6512", "103.9031"),
    )
    rows = [[*row(number), *place] for number, place in enumerate(places, start=1)]
    return text(folder, table(rows, (*HEADER, "纬度", "经度")))


@hostile
def repeated_codes(folder: Path) -> Path:
    return text(
        folder,
        table([row(1), row(2, 统一社会信用代码=code(1)), row(3, 统一社会信用代码=""), row(3, 统一社会信用代码="")]),
    )


@hostile
def mixed_line_ends(folder: Path) -> Path:
    lines = table([row(1), row(2), row(3)]).splitlines()
    return text(folder, lines[0] + "\r\n" + lines[1] + "\r" + lines[2] + "\n\n\n" + lines[3])


@hostile
def unbalanced_quotes(folder: Path) -> Path:
    return text(folder, table([row(1), row(2, 名称='"临江县引号饭店'), *(row(number) for number in range(3, 200))]))


@hostile
def control_characters(folder: Path) -> Path:
    return text(folder, table([row(1, 名称="临江县\x07\x1b[31m\u202e饭店\u200b"), row(2)]))


@hostile
def emoji(folder: Path) -> Path:
    return text(folder, table([row(1, 名称="临江县👨‍👩‍👧火锅🔥店"), row(2, 名称="Ω≈ç√ 饭店")]))


@hostile
def uneven_rows(folder: Path) -> Path:
    return text(folder, table([[*row(1), "", ""], [*row(2), "多出来"], row(3)[:4], row(4)]))


@hostile
def escapes(folder: Path) -> Path:
    return text(folder, table([row(1, 名称="\\N", 地址="a\\tb\\\\.{}"), row(2, 名称="\\.", 地址="{NULL}'\";--")]))

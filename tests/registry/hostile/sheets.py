"""Tables that are laid out, encoded or packed as nobody expects."""

import struct
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.registry.hostile.making import HEADER, code, hostile, listed, row, table, text, workbook


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

"""Tables whose cells are not what they should be."""

from pathlib import Path
from typing import Any

from tests.registry.hostile.making import HEADER, code, hostile, listed, row, table, text, workbook


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

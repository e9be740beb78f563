"""How hostile files are made: by code, so that none lies in the repository."""

from collections.abc import Callable, Sequence
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

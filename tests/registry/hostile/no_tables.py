"""Files that are empty, broken, or something else than they say."""

import io
import zipfile
from pathlib import Path

from tests.registry.hostile.making import HEADER, hostile, listed, row, table, text, workbook


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

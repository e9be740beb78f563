"""Accounts as spreadsheets: the template, a file that came in, the list that goes out."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import python_calamine
import xlsxwriter

from palmcheck.accounts.administration_types import AccountView, BadRow, DeviceView
from palmcheck.accounts.problems import SheetColumnsMissing, SheetTooLong, SheetUnreadable

MOST_ROWS = 2000
MOST_BYTES = 4 * 2**20
MOST_UNPACKED = 64 * 2**20
COLUMNS = ("姓名", "用户名", "部门", "角色")
CERTIFICATE = "执法证号"
"""May be missing, as a column or in a row: then the account is linked to nobody of the registry yet."""
EXAMPLE = ("张三", "zhang.san", "市场监督管理局", "执法检查人员", "")
ROLE_NAMES = {
    "inspector": "执法检查人员",
    "team_lead": "牵头股室",
    "department_administrator": "部门管理员",
    "joint_office": "联席会议办公室",
    "auditor": "审计人员",
    "system_administrator": "系统管理员",
}
STATUS_NAMES = {"active": "在用", "transferred": "已调离", "retired": "已退休"}
DEVICE_STATE_NAMES = {"active": "在用", "draining": "已更换", "revoked": "已停用"}
RULE_NAMES = {
    "required": "此项必填",
    "username": "用户名为 3–40 个小写字母、数字、点、下划线或短横线",
    "username_taken": "用户名已被他人使用",
    "duplicate": "与本文件上面的行重复",
    "role": "没有这个角色",
    "role_not_yours": "您无权授予这个角色",
    "department": "本辖区没有这个部门",
    "department_needed": "该角色须填本人可管理的部门",
    "too_long": "不超过 80 个字",
    "certificate": "名录库中没有持此证号的在职检查人员",
    "certificate_department": "持此证号的检查人员属于其他部门",
    "certificate_taken": "持此证号的检查人员已有在用账号，或本行账号已关联他人",
}


def read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file's first sheet: line and column -> text without spaces at the ends; empty rows left out.

    Raises SheetUnreadable, SheetColumnsMissing, SheetTooLong. What a packed file claims to hold is read first.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise SheetTooLong(field="file", most=MOST_ROWS)
        book = python_calamine.CalamineWorkbook.from_path(str(path))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, zipfile.BadZipFile, OSError, IndexError, ValueError) as wrong:
        raise SheetUnreadable(field="file") from wrong
    texts = [[_text(cell) for cell in row] for row in rows]
    head = next((at for at, row in enumerate(texts) if set(COLUMNS[:2]) <= set(row)), None)
    if head is None:
        raise SheetColumnsMissing(field="file", columns="、".join(COLUMNS))
    missing = [name for name in COLUMNS if name not in texts[head]]
    if missing:
        raise SheetColumnsMissing(field="file", columns="、".join(missing))
    places = {name: texts[head].index(name) for name in (*COLUMNS, CERTIFICATE) if name in texts[head]}
    found = [
        (head + 2 + at, {CERTIFICATE: ""} | {name: row[place] for name, place in places.items()})
        for at, row in enumerate(texts[head + 1 :])
        if any(row)
    ]
    if len(found) > MOST_ROWS:
        raise SheetTooLong(field="file", most=MOST_ROWS)
    return found


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _sheet(name: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, list(head), bold)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                sheet.write_string(at, column, "" if value is None else str(value))
        sheet.set_column(0, len(head) - 1, 18)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def template() -> bytes:
    """The empty sheet to fill in, with one example; a second sheet names the roles."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("账号")
        sheet.write_row(0, 0, (*COLUMNS, CERTIFICATE), book.add_format({"bold": True}))
        sheet.write_row(1, 0, EXAMPLE)
        sheet.set_column(0, len(COLUMNS), 18)
        sheet.data_validation(1, 3, MOST_ROWS, 3, {"validate": "list", "source": list(ROLE_NAMES.values())})
        roles = book.add_worksheet("角色")
        roles.write_column(0, 0, list(ROLE_NAMES.values()))
    return out.getvalue()


def bad_rows_sheet(rows: Sequence[BadRow]) -> bytes:
    """The rows that were not taken: line, column, what stood there, why."""
    shown = [(row.line, row.column, row.value, RULE_NAMES[row.rule]) for row in rows]
    return _sheet("未导入的行", ("行号", "列", "填写内容", "原因"), shown)


def accounts_sheet(rows: Sequence[AccountView]) -> bytes:
    """The accounts of a list."""
    head = ("姓名", "用户名", "辖区", "部门", "角色", "名录库", "状态", "手机", "最近登录")
    shown = [
        (
            row.display_name,
            row.username,
            row.jurisdiction.name,
            row.department.name if row.department else "",
            "、".join(ROLE_NAMES.get(role, role) for role in row.roles),
            "已关联" if row.inspector_id else "",
            STATUS_NAMES[row.status],
            DEVICE_STATE_NAMES[row.device_state] if row.device_state else "",
            row.last_sign_in_at.isoformat(timespec="minutes") if row.last_sign_in_at else "",
        )
        for row in rows
    ]
    return _sheet("账号", head, shown)


def devices_sheet(rows: Sequence[DeviceView]) -> bytes:
    """The phones of a list."""
    head = ("手机", "持有人", "用户名", "辖区", "部门", "状态", "登记时间")
    shown = [
        (
            row.name,
            row.display_name,
            row.username,
            row.jurisdiction.name,
            row.department.name if row.department else "",
            DEVICE_STATE_NAMES[row.state],
            row.enrolled_at.isoformat(timespec="minutes"),
        )
        for row in rows
    ]
    return _sheet("手机", head, shown)

"""People as spreadsheets: lists to take away, and the template that an import reads."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from palmcheck.registry.people.staff_sheet import HEADINGS, REQUIRED, STAFF_KINDS
from palmcheck.registry.people.types import ExpertView, InspectorView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KIND_WORDS = {kind: word for word, kind in STAFF_KINDS.items()}
_STATUS_WORDS = {"active": "在岗", "transferred": "已调离", "retired": "已退休"}
_REVIEW_WORDS = {"changed": "待审核", "reviewed": "已审核"}
_EXPERT_HEAD = ("名称", "类别", "服务领域", "指导部门", "统一社会信用代码", "资质", "联系方式", "有效期至", "状态")
_EXPERT_WORDS = {
    "testing": "检验检测机构",
    "audit": "审计机构",
    "consulting": "咨询机构",
    "institute": "科研院所",
    "person": "专家",
}
_EXAMPLE = ("张三", "", "餐饮监管股", "科员", "执法公务员", "川51010100001", "2029-12-31", "行政执法", "食品、餐饮", "")


def inspector_book(rows: Iterable[InspectorView]) -> bytes:
    """The columns of the template, so that the file can be changed and read in again, and how each row stands."""
    lines = [
        (
            row.name,
            row.department_name,
            row.unit,
            row.post,
            _KIND_WORDS[row.staff_kind],
            row.certificate_number,
            row.certificate_expires_on.isoformat(),
            row.qualification,
            "、".join(row.expertise),
            row.region,
            _STATUS_WORDS[row.status],
            _REVIEW_WORDS[row.review_state],
        )
        for row in rows
    ]
    return _book("执法检查人员", (*HEADINGS.values(), "状态", "审核"), lines)


def template() -> bytes:
    """An empty list with one line as an example, and the words that a cell may have."""
    heads = [head + ("*" if name in REQUIRED else "") for name, head in HEADINGS.items()]
    return _book("执法检查人员", heads, [_EXAMPLE], choices={4: list(STAFF_KINDS)})


def expert_book(rows: Iterable[ExpertView]) -> bytes:
    """Experts and delegated bodies."""
    lines = [
        (
            row.name,
            _EXPERT_WORDS[row.kind],
            row.field,
            row.department_name,
            row.credit_code or "",
            row.qualification,
            row.contact,
            row.valid_until.isoformat() if row.valid_until else "",
            "在用" if row.status == "active" else "已终止",
        )
        for row in rows
    ]
    return _book("专家与机构", _EXPERT_HEAD, lines)


def _book(
    name: str,
    heads: Sequence[str],
    lines: Iterable[Sequence[str]],
    choices: dict[int, list[str]] | None = None,
) -> bytes:
    """Every cell is text: what looks like a formula stays what somebody typed."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 16, book.add_format({"num_format": "@"}))
    bold = book.add_format({"bold": True})
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)
    for number, line in enumerate(lines, start=1):
        for at, cell in enumerate(line):
            sheet.write_string(number, at, cell)
    for at, words in (choices or {}).items():
        sheet.data_validation(1, at, 5000, at, {"validate": "list", "source": words})
    book.close()
    return content.getvalue()

"""The rows behind a figure as a workbook."""

import io
from collections.abc import Iterable
from urllib.parse import quote

import xlsxwriter
from litestar import Response

from palmcheck.metrics.definitions import FigureKey
from palmcheck.metrics.types import FactRow

MOST = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURE_NAMES: dict[FigureKey, str] = {
    "palm_rate": "掌上执法率",
    "due_on_time": "按时完成率",
    "target_completion": "抽查对象完成率",
    "publication_rate": "结果公示率",
    "on_time_publication": "按时公示率",
    "follow_up_rate": "问题处置率",
    "follow_up_closed": "问题办结率",
    "problem_rate": "问题发现率",
}
REASONS = {
    "mobile": "手机录入",
    "desk": "电脑补录",
    "overdue": "逾期",
    "on_time": "按时",
    "late": "超期",
    "pending": "期限内",
    "counted": "已公示",
    "published": "已公示",
    "unpublished": "逾期未公示",
    "withheld": "依法不公示",
    "disposed": "按期处置",
    "disposed_late": "超期处置",
    "closed": "已核实",
    "open": "未核实",
    "problem": "发现问题",
    "no_problem": "未发现问题",
}
COUNTING = {"numerator": "分子、分母", "denominator": "仅分母", "apart": "不计入，单列"}
KINDS = {
    "planned": "年度计划",
    "special": "专项检查",
    "case_lead": "个案线索",
    "revisit": "回访",
    "full_coverage": "全覆盖检查",
}
HEAD = ("辖区", "部门", "检查对象", "问题", "任务类别", "计入日期", "期限", "情况", "计入", "公示地址")


STOPPED = f"此表只含前 {MOST:,} 行，其后未导出。请按部门、情况或季度筛选后分次导出。"


def write(figure: FigureKey, rows: Iterable[FactRow], *, more: bool) -> bytes:
    """The file's bytes; `more`: there are rows that it does not hold, and it says so in its first line and its last."""
    stopped = [(STOPPED,)] if more else []
    lines = [*stopped, HEAD, *(_cells(row) for row in rows), *stopped]
    return _book(FIGURE_NAMES[figure], lines)


def download(figure: FigureKey, content: bytes) -> Response[bytes]:
    """The file under its name; what is inside has not all been published, so nothing on the way keeps it."""
    name = quote(f"{FIGURE_NAMES[figure]}.xlsx")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Cache-Control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)


def _cells(row: FactRow) -> tuple[str, ...]:
    due = row.due_on.isoformat() if row.due_on else ""
    names = (row.jurisdiction_name, row.department_name, row.target_name, row.what or "", KINDS[row.kind])
    return (*names, row.counted_on.isoformat(), due, REASONS[row.reason], COUNTING[row.counts_as], row.record_url or "")


def _book(name: str, lines: list[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(name)
        page.freeze_panes(lines.index(HEAD) + 1, 0)
        page.set_column(0, len(HEAD) - 1, 16)
        for at, line in enumerate(lines):
            for place, cell in enumerate(line):
                page.write_string(at, place, cell)
    return out.getvalue()

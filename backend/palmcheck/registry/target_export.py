"""The registry as a spreadsheet: written row by row to a temporary file, never whole in memory."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import xlsxwriter
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.registry.searching import find_targets
from palmcheck.registry.target_problems import ExportTooLarge
from palmcheck.registry.target_types import TargetRow
from palmcheck.registry.target_words import TargetQuery

MOST = 100_000
CHUNK = 5_000
HEAD = (
    *("名称", "类型", "统一社会信用代码", "注册号", "地址"),
    *("行业代码", "行业", "登记状态", "信用风险分类", "标签"),
)
KINDS = {
    "enterprise": "企业",
    "individual_business": "个体工商户",
    "cooperative": "农民专业合作社",
    "product": "产品",
    "project": "项目",
    "behaviour": "行为",
}
STATUSES = {"operating": "存续", "deregistered": "注销", "revoked": "吊销", "moved": "迁出", "gone": "已不在名录"}


async def export_targets(session: AsyncSession, jurisdiction_id: UUID, query: TargetQuery) -> bytes:
    """An XLSX of all targets that fit. Raises ExportTooLarge above `MOST` rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "targets.xlsx"
        book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "tmpdir": folder})
        sheet = book.add_worksheet("检查对象")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, HEAD, book.add_format({"bold": True}))
        written, cursor = 0, None
        while True:
            page = await find_targets(session, jurisdiction_id, query, cursor, CHUNK)
            await asyncio.to_thread(_write, sheet, written, page.items)
            written, cursor = written + len(page.items), page.next
            if cursor is None:
                break
            if written >= MOST:
                raise ExportTooLarge(most=MOST)
        await asyncio.to_thread(book.close)
        return await asyncio.to_thread(path.read_bytes)


def _write(sheet: "xlsxwriter.worksheet.Worksheet", before: int, rows: Sequence[TargetRow]) -> None:
    for at, row in enumerate(rows, start=before + 1):
        cells = (
            *(row.name, KINDS[row.kind], row.credit_code, row.registration_number, row.address),
            *(row.industry.code, row.industry.name, STATUSES[row.status], row.credit_risk_class, "、".join(row.tags)),
        )
        for column, cell in enumerate(cells):
            sheet.write_string(at, column, cell or "")

"""The registry as a spreadsheet: written row by row to a temporary file, never whole in memory."""

import asyncio
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import xlsxwriter
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.database import plan_each_anew
from palmcheck.registry.models import Target
from palmcheck.registry.searching import COLUMNS, conditions, target_row
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
    """An XLSX of all targets that fit, not only of those that a search ranks. Raises ExportTooLarge above `MOST`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "targets.xlsx"
        book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "tmpdir": folder})
        sheet = book.add_worksheet("检查对象")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, HEAD, book.add_format({"bold": True}))
        await plan_each_anew(session)
        wanted = select(*COLUMNS).where(*conditions(jurisdiction_id, query)).order_by(*_order(query.sort))
        rows = await session.stream(wanted.limit(MOST + 1), execution_options={"yield_per": CHUNK})
        written = 0
        async for chunk in rows.partitions():
            await asyncio.to_thread(_write, sheet, written, [target_row(row) for row in chunk])
            written += len(chunk)
        if written > MOST:
            raise ExportTooLarge(most=MOST)
        await asyncio.to_thread(book.close)
        return await asyncio.to_thread(path.read_bytes)


def _order(sort: str | None) -> tuple[ColumnElement[Any], ...]:
    """The order of the list; what a search would rank stands by name."""
    if sort == "newest":
        return (Target.id.desc(),)
    if sort in {"credit_code", "-credit_code"}:
        code = Target.credit_code.desc() if sort.startswith("-") else Target.credit_code.asc()
        return code.nulls_last(), Target.id.asc()
    return (Target.pinyin.desc(), Target.id.desc()) if sort == "-name" else (Target.pinyin.asc(), Target.id.asc())


def _write(sheet: "xlsxwriter.worksheet.Worksheet", before: int, rows: Sequence[TargetRow]) -> None:
    for at, row in enumerate(rows, start=before + 1):
        cells = (
            *(row.name, KINDS[row.kind], row.credit_code, row.registration_number, row.address),
            *(row.industry.code, row.industry.name, STATUSES[row.status], row.credit_risk_class, "、".join(row.tags)),
        )
        for column, cell in enumerate(cells):
            sheet.write_string(at, column, cell or "")

"""Public records put straight into their table, for what the pages show of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.grams import grams, search_text
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.publication.models import PublicRecord

CODE = "91500000MA5U0X3R7Q"
JURISDICTION = UUID("01930000-0000-7000-8000-000000000001")
NINE_O_CLOCK = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def body_of(record_id: UUID, name: str, code: str | None, **other: Any) -> dict[str, Any]:
    """A record's body as publication writes it."""
    return {
        "id": str(record_id),
        "version": 1,
        "plan_task": {"number": "LJ2026-01", "name": "餐饮单位部门联合抽查"},
        "draw_kind": "directed",
        "department": "市场监督管理局",
        "jurisdiction": "临江县",
        "method": "on_site",
        "completed_on": date(2026, 11, 23).isoformat(),
        "published_at": NINE_O_CLOCK.isoformat(),
        "target": {"name": name, "credit_code": code},
        "result_code": "no_problem_found",
        "items": [{"code": "SC-01", "name": "食品经营许可检查", "result_code": "no_problem_found"}],
        "channel": "palmcheck",
        "working_days_used": 3,
        "url": f"/records/{record_id}",
    } | other


async def plant(database: Database, name: str, code: str | None = CODE, minutes: int = 0, **body: Any) -> UUID:
    """Publishes a record of this name, `minutes` after nine; `body` replaces or adds members. Answers its id."""
    record_id = new_id()
    row = PublicRecord(
        jurisdiction_id=JURISDICTION,
        id=record_id,
        version=1,
        part_id=new_id(),
        target_name=name,
        grams=grams(name, code),
        search_text=search_text(name, code),
        body=body_of(record_id, name, code, **body),
        due_on=None,
        calendar_version=1,
        published_at=NINE_O_CLOCK + timedelta(minutes=minutes),
    )
    async with AsyncSession(database.engine) as session, session.begin():
        session.add(row)
    return record_id

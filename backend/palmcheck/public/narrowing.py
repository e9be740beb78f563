"""What a search is narrowed by, read from the address: what no filter can hold is left out, never an error page."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue.result_codes import RESULT_CODES
from palmcheck.jurisdictions import reads as jurisdictions
from palmcheck.public.reader import searched
from palmcheck.publication.industry_sections import LETTERS
from palmcheck.publication.types import RecordFilter

NAMES = ("place", "department", "industry", "result", "from", "until")


def narrowed(request: Request[Any, Any, Any]) -> RecordFilter:
    """The search in a request's address."""
    asked = request.query_params
    industry, result = asked.get("industry", ""), asked.get("result", "")
    return RecordFilter(
        q=searched(request),
        jurisdiction_id=_id(asked.get("place")),
        department_id=_id(asked.get("department")),
        plan_task_id=_id(asked.get("task")),
        industry_section=industry if industry in LETTERS else None,
        result_code=result if result in RESULT_CODES else None,
        published_from=_day(asked.get("from")),
        published_until=_day(asked.get("until")),
    )


def as_query(wanted: RecordFilter) -> dict[str, str]:
    """The same search as an address says it; what is not narrowed by is left out."""
    said = {
        "q": wanted.q,
        "place": wanted.jurisdiction_id,
        "department": wanted.department_id,
        "task": wanted.plan_task_id,
        "industry": wanted.industry_section,
        "result": wanted.result_code,
        "from": wanted.published_from,
        "until": wanted.published_until,
    }
    return {name: str(value) for name, value in said.items() if value}


async def choices(session: AsyncSession) -> list[tuple[UUID, str, list[tuple[UUID, str]]]]:
    """Every place with its departments, in the order of their codes."""
    places = jurisdictions.jurisdiction_rows.order_by("code")
    departments = (await session.execute(jurisdictions.department_rows.order_by("code"))).all()
    return [
        (place.id, place.name, [(each.id, each.name) for each in departments if each.jurisdiction_id == place.id])
        for place in await session.execute(places)
    ]


def _id(written: str | None) -> UUID | None:
    try:
        return UUID(written) if written else None
    except ValueError:
        return None


def _day(written: str | None) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None

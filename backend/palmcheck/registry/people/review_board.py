"""What waits for the justice department, and what changed since its last review."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.registry.models import Inspector
from palmcheck.registry.people.access import readable, reviews
from palmcheck.registry.people.finding import rows_of, view
from palmcheck.registry.people.models import InspectorVersion
from palmcheck.registry.people.types import FieldChange, ReviewCase
from palmcheck.registry.people.versions import changed_fields, kept_of


async def review_cases(session: AsyncSession, actor: Actor, today: date, cursor: str | None) -> Page[ReviewCase]:
    """One page of the rows in service that wait or were refused, the oldest entry first. Raises CursorInvalid.

    Who reviews sees those of all departments; the others see whom they may read, and how it stands with them.
    """
    decides = await reviews(session, actor, actor.jurisdiction_id)
    own = readable(actor, Inspector.jurisdiction_id, Inspector.department_id)
    found = rows_of((Inspector.jurisdiction_id == actor.jurisdiction_id) | own if decides else own)
    found = found.where(Inspector.status == "active", Inspector.review_state.in_(["changed", "refused"]))
    found = found.add_columns(own.label("may_open"))
    if cursor:
        found = found.where(Inspector.id > decode_cursor(cursor, UUID)[0])
    rows = (await session.execute(found.order_by(Inspector.id).limit(PAGE + 1))).all()
    reviewed = await _last_reviewed(session, [row.Inspector.id for row in rows])
    known = await jurisdictions.departments(session, actor.jurisdiction_id)
    names = {str(id): each.name for id, each in known.items()}

    def case(row: Any) -> ReviewCase:
        inspector: Inspector = row.Inspector
        before = reviewed.get(inspector.id)
        return ReviewCase(
            inspector=view(inspector, row.department_name, today),
            first=before is None,
            changes=_changes(before, kept_of(inspector), names),
            refused_because=inspector.review_reason,
            may_decide=decides and inspector.jurisdiction_id == actor.jurisdiction_id,
            may_open=row.may_open,
        )

    return page_of(rows, PAGE, case, lambda row: (str(row.Inspector.id),))


async def _last_reviewed(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    found = await session.execute(
        select(InspectorVersion.inspector_id, InspectorVersion.row)
        .distinct(InspectorVersion.inspector_id)
        .where(InspectorVersion.inspector_id.in_(ids), InspectorVersion.row["review_state"].astext == "reviewed")
        .order_by(InspectorVersion.inspector_id, InspectorVersion.version.desc())
    )
    return {row.inspector_id: row.row for row in found}


def _changes(before: Mapping[str, Any] | None, now: Mapping[str, Any], names: Mapping[str, str]) -> list[FieldChange]:
    def say(value: Any) -> str:
        return "、".join(value) if isinstance(value, list) else names.get(value, value or "")

    return [FieldChange(each, say((before or {}).get(each)), say(now[each])) for each in changed_fields(before, now)]

"""Rows of people as they stand, kept beside the trail, which has no personal data (R18)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.registry.models import Inspector
from palmcheck.registry.people.models import InspectorVersion

FIELDS = ("department_id", "name", "post", "unit", "staff_kind", "certificate_number", "certificate_expires_on",
          "qualification", "expertise", "region")  # fmt: skip
UNDO_FOR = timedelta(minutes=30)
"""How long a decision of a review, or the end of a service, is taken back as a slip."""
KEPT = (*FIELDS, "status", "review_state", "reviewed_on", "review_reference", "review_reason", "left_on",
        "left_because")  # fmt: skip


def kept_of(row: Inspector) -> dict[str, Any]:
    """A row as a version keeps it."""
    kept: dict[str, Any] = msgspec.to_builtins({name: getattr(row, name) for name in KEPT})
    return kept


def version_of(row: Inspector, at: datetime) -> InspectorVersion:
    """The version to keep of a row as it stands."""
    return InspectorVersion(
        jurisdiction_id=row.jurisdiction_id, inspector_id=row.id, version=row.version, at=at, row=kept_of(row)
    )


async def department_names(session: AsyncSession, jurisdiction_id: UUID) -> dict[str, str]:
    """Departments of a jurisdiction by their ids as kept rows have them."""
    known = await jurisdictions.departments(session, jurisdiction_id)
    return {str(id): each.name for id, each in known.items()}


def with_department(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """A kept row for people: its department by name. Pure."""
    return {**row, "department_id": names.get(row["department_id"], row["department_id"])}


def changed_fields(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> list[str]:
    """The fields, in the order of a form, that differ from what was reviewed last; without one all that say something.

    Pure.
    """
    return [name for name in FIELDS if (before or {}).get(name) != now[name] and (before or now[name])]


async def version_before(session: AsyncSession, row: Inspector, version: int, now: datetime) -> dict[str, Any] | None:
    """The row as it stood before `version`, if that is its newest and was written within `UNDO_FOR`."""
    if row.version != version:
        return None
    found = await session.scalars(
        select(InspectorVersion)
        .where(
            InspectorVersion.jurisdiction_id == row.jurisdiction_id,
            InspectorVersion.inspector_id == row.id,
            InspectorVersion.version >= version - 1,
        )
        .order_by(InspectorVersion.version)
    )
    kept = found.all()
    return kept[0].row if len(kept) == 2 and now - kept[1].at <= UNDO_FOR else None

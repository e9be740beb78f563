"""Which of the logins has visits to make: an inspector's phone is looked at where there is work on it."""

from collections.abc import Iterable
from uuid import UUID

from msgspec import structs
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.demonstration.logins import PlacedAccount
from palmcheck.inspections import reads as inspection_reads
from palmcheck.jurisdictions import reads as jurisdiction_reads
from palmcheck.registry import reads as registry_reads

TO_DO = ("issued", "under_way")
LEADING_SEAT = 1


async def with_open_visits(session: AsyncSession, logins: Iterable[PlacedAccount]) -> list[PlacedAccount]:
    """The logins, each inspector's with the number of parts that he leads and has still to enter."""
    places = jurisdiction_reads.jurisdiction_rows.subquery()
    ids: dict[str, UUID] = {row.name: row.id for row in await session.execute(select(places.c.name, places.c.id))}
    return [
        structs.replace(each, open_visits=await _open_visits(session, ids[each.jurisdiction], each.display_name))
        if each.role == "inspector" and each.jurisdiction in ids
        else each
        for each in logins
    ]


async def _open_visits(session: AsyncSession, jurisdiction_id: UUID, name: str) -> int:
    inspectors = registry_reads.inspector_rows.subquery()
    parts, officers = inspection_reads.part_rows.subquery(), inspection_reads.officer_rows.subquery()
    wanted = (
        select(func.count())
        .select_from(parts)
        .join(officers, (officers.c.jurisdiction_id == parts.c.jurisdiction_id) & (officers.c.part_id == parts.c.id))
        .join(
            inspectors,
            (inspectors.c.jurisdiction_id == officers.c.jurisdiction_id) & (inspectors.c.id == officers.c.inspector_id),
        )
        .where(
            parts.c.jurisdiction_id == jurisdiction_id,
            parts.c.state.in_(TO_DO),
            inspectors.c.name == name,
            officers.c.seat == LEADING_SEAT,
        )
    )
    return await session.scalar(wanted) or 0

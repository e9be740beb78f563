"""The city and its counties: founded in one transaction, or found again when loading goes on after an interruption."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.demonstration.county import DEMONSTRATION
from palmcheck.demonstration.places import CITY, COUNTIES, Place, departments_of
from palmcheck.jurisdictions import reads as jurisdiction_reads
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import DepartmentRef, NewJurisdiction
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry import reads as registry_reads

PLACES = (CITY, *COUNTIES)


@dataclass(frozen=True)
class Founded:
    """A founded jurisdiction with its departments by code."""

    place: Place
    id: UUID
    departments: dict[str, DepartmentRef]


async def found_places(tx: Tx) -> list[Founded]:
    """Founds the city, then its counties."""
    found: list[Founded] = []
    for place in PLACES:
        parent = found[0].id if found else None
        new = NewJurisdiction(
            new_id(), place.code, place.name, "county" if parent else "city", departments_of(place), parent
        )
        refs = await jurisdictions.found_jurisdiction(tx, DEMONSTRATION, new)
        found.append(Founded(place, new.id, {each.code: each for each in refs}))
    return found


async def founded_places(session: AsyncSession) -> list[Founded]:
    """Those of the places that are founded, the city first."""
    rows = jurisdiction_reads.jurisdiction_rows.subquery()
    ids: dict[str, UUID] = {row.code: row.id for row in await session.execute(select(rows.c.code, rows.c.id))}
    found = []
    for place in PLACES:
        if place.code in ids:
            refs = (await jurisdictions.departments(session, ids[place.code])).values()
            found.append(Founded(place, ids[place.code], {each.code: each for each in refs}))
    return found


async def is_filled(session: AsyncSession, home: Founded) -> bool:
    """Whether a place has its targets, and with them everything else: they come in one transaction."""
    rows = registry_reads.target_rows.subquery()
    return await session.scalar(select(rows.c.id).where(rows.c.jurisdiction_id == home.id).limit(1)) is not None

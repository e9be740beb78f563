"""The verbs of the slice."""

from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions.events import JurisdictionFounded, SettingChanged
from palmcheck.jurisdictions.models import (
    CalendarVersion,
    Department,
    Jurisdiction,
    JurisdictionClosure,
    SettingValue,
    WorkingDay,
)
from palmcheck.jurisdictions.settings import Setting, V
from palmcheck.jurisdictions.statutory_calendar import statutory_days
from palmcheck.jurisdictions.types import Author, DepartmentRef, JurisdictionRef, NewJurisdiction
from palmcheck.kernel.events import Trace
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx

STATUTORY = "statutory"
"""The reason of a calendar's first version."""


async def found_jurisdiction(tx: Tx, by: Trace, new: NewJurisdiction) -> list[DepartmentRef]:
    """Adds a jurisdiction to the tree, with its departments and the statutory calendar."""
    session = tx.session
    session.add(Jurisdiction(id=new.id, parent_id=new.parent_id, code=new.code, name=new.name, level=new.level))
    departments = [DepartmentRef(new_id(), each.name, each.code) for each in new.departments]
    session.add_all(Department(jurisdiction_id=new.id, id=d.id, code=d.code, name=d.name) for d in departments)
    await session.flush()
    above = select(JurisdictionClosure.ancestor_id, literal(new.id), JurisdictionClosure.depth + 1).where(
        JurisdictionClosure.descendant_id == new.parent_id
    )
    await session.execute(insert(JurisdictionClosure).from_select(["ancestor_id", "descendant_id", "depth"], above))
    session.add(JurisdictionClosure(ancestor_id=new.id, descendant_id=new.id, depth=0))
    days = statutory_days()
    await session.execute(
        insert(WorkingDay),
        [{"jurisdiction_id": new.id, "version": 1, "day": day, "is_working": works} for day, works in days.items()],
    )
    session.add(CalendarVersion(jurisdiction_id=new.id, version=1, since=tx.now, reason=STATUTORY, changes=[]))
    tx.record(
        by,
        JurisdictionFounded(
            jurisdiction_id=new.id,
            code=new.code,
            departments=[d.id for d in departments],
            calendar_years=sorted({day.year for day in days}),
        ),
    )
    return departments


async def setting(session: AsyncSession, jurisdiction_id: UUID, which: Setting[V]) -> V:
    """The value in force, or the default: the one place where a setting is read."""
    newest = (
        select(SettingValue.value)
        .where(SettingValue.jurisdiction_id == jurisdiction_id, SettingValue.key == which.key)
        .order_by(SettingValue.since.desc())
        .limit(1)
    )
    row = (await session.execute(newest)).first()
    return which.default if row is None else msgspec.convert(row[0], type(which.default))


async def change_setting(
    tx: Tx, by: Trace, jurisdiction_id: UUID, which: Setting[V], value: V, reason: str, author: Author | None = None
) -> SettingValue:
    """Gives a setting another value from now on; its history stays. What people may set is checked by the caller."""
    before = await setting(tx.session, jurisdiction_id, which)
    author = author or Author()
    row = SettingValue(
        jurisdiction_id=jurisdiction_id,
        key=which.key,
        since=tx.now,
        value=value,
        reason=reason,
        author_id=author.account_id,
        author_name=author.name,
    )
    tx.session.add(row)
    changed = SettingChanged(
        jurisdiction_id=jurisdiction_id, key=which.key, value=str(value), reason=reason, before=str(before)
    )
    tx.record(by, changed)
    return row


async def working_days(
    session: AsyncSession, jurisdiction_id: UUID, since: date, version: int | None = None
) -> tuple[int, dict[date, bool]]:
    """The calendar's newest version, or the named one, and its days from `since` on: day -> is it a working day."""
    if version is None:
        version = await calendar_version(session, jurisdiction_id)
    rows = await session.execute(
        select(WorkingDay.day, WorkingDay.is_working).where(
            WorkingDay.jurisdiction_id == jurisdiction_id, WorkingDay.version == version, WorkingDay.day >= since
        )
    )
    return version, {row.day: row.is_working for row in rows}


async def calendar_version(session: AsyncSession, jurisdiction_id: UUID) -> int:
    """The newest version of the calendar; 0 where there is none."""
    newest = select(func.max(WorkingDay.version)).where(WorkingDay.jurisdiction_id == jurisdiction_id)
    return await session.scalar(newest) or 0


async def departments(session: AsyncSession, jurisdiction_id: UUID) -> dict[UUID, DepartmentRef]:
    """A jurisdiction's departments by id."""
    rows = await session.scalars(select(Department).where(Department.jurisdiction_id == jurisdiction_id))
    return {row.id: DepartmentRef(row.id, row.name, row.code) for row in rows}


async def jurisdiction(session: AsyncSession, jurisdiction_id: UUID) -> JurisdictionRef:
    """One jurisdiction. Raises NotFound."""
    row = await session.get(Jurisdiction, jurisdiction_id)
    if row is None:
        raise NotFound(field="jurisdiction_id")
    return JurisdictionRef(row.id, row.name)

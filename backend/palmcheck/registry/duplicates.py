"""Targets that may be one, walked along indexes of keys that the database keeps (measured in tests/bench).

A page is read in the order of the keys and ends when it is full: the first of a million costs milliseconds, and only
a registry without duplicates is walked to its end.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.kernel.database import plan_each_anew
from palmcheck.kernel.paging import Page, decode_cursor, encode_cursor
from palmcheck.registry.models import Target
from palmcheck.registry.searching import COLUMNS, target_row
from palmcheck.registry.target_types import DuplicateGroup, DuplicateSign, TargetRow

GROUPS = 20
SIGNS: tuple[DuplicateSign, ...] = ("organisation_code", "registration_number", "name_and_address")
_KEYS = {
    "organisation_code": Target.organisation_code,
    "registration_number": Target.registration_number,
    "name_and_address": Target.place_key,
}


async def duplicates(session: AsyncSession, jurisdiction_id: UUID, cursor: str | None) -> Page[DuplicateGroup]:
    """Groups of targets that may be one, sign by sign; a group that an earlier sign finds is not named again.

    The part of a credit code that names the organisation (characters 9-17), a 15-digit number, or name and
    address without spaces, capitals and full-width forms.
    """
    await plan_each_anew(session)
    place, after = decode_cursor(cursor, int, str) if cursor else (0, None)
    assert isinstance(place, int)
    items: list[DuplicateGroup] = []
    while place < len(SIGNS):
        sign = SIGNS[place]
        groups = await _groups(session, jurisdiction_id, sign, after, GROUPS + 1)
        shown = await _shown(session, jurisdiction_id, groups)
        for group in groups[:GROUPS]:
            if len(items) == GROUPS:
                return Page(items, encode_cursor(place, str(after)))
            after = str(group.key)
            rows = [shown[id] for id in group.ids]
            if not _named_before(sign, rows):
                items.append(DuplicateGroup(sign, rows))
        if len(groups) <= GROUPS:
            place, after = place + 1, None
            if len(items) == GROUPS and place < len(SIGNS):
                return Page(items, encode_cursor(place, ""))
    return Page(items, None)


async def _groups(
    session: AsyncSession, jurisdiction_id: UUID, sign: DuplicateSign, after: object, size: int
) -> Sequence[Any]:
    """Keys that stand in several rows, in their order."""
    key = _KEYS[sign]
    wanted = (
        select(key.label("key"), func.array_agg(aggregate_order_by(Target.id, Target.id)).label("ids"))
        .where(Target.jurisdiction_id == jurisdiction_id, Target.merged_into.is_(None), key.is_not(None))
        .group_by(key)
        .having(func.count() > 1)
        .order_by(key)
        .limit(size)
    )
    if after:
        wanted = wanted.where(key > (int(str(after)) if sign == "name_and_address" else after))
    rows: Sequence[Any] = (await session.execute(wanted)).all()
    return rows


async def _shown(session: AsyncSession, jurisdiction_id: UUID, groups: Sequence[Any]) -> dict[UUID, TargetRow]:
    ids = {id for group in groups for id in group.ids}
    rows = await session.execute(select(*COLUMNS).where(Target.jurisdiction_id == jurisdiction_id, Target.id.in_(ids)))
    return {row.id: target_row(row) for row in rows}


def _named_before(sign: DuplicateSign, rows: Sequence[TargetRow]) -> bool:
    """Whether all rows share what an earlier sign looks at."""
    organisations = {(row.credit_code or "")[8:17] for row in rows}
    numbers = {row.registration_number for row in rows}
    same_organisation = len(organisations) == 1 and organisations != {""}
    same_number = len(numbers) == 1 and numbers != {None}
    return {
        "organisation_code": False,
        "registration_number": same_organisation,
        "name_and_address": same_organisation or same_number,
    }[sign]

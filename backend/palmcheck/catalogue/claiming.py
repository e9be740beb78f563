"""Items of the level above, claimed here (认领), and how far each has come (S0 (三)2)."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Subquery, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from palmcheck.accounts.actor import Actor
from palmcheck.catalogue.editing import enter_item, item_content, require_department
from palmcheck.catalogue.events import CheckItemClaimed
from palmcheck.catalogue.models import CheckItem, ImplementationItem
from palmcheck.catalogue.problems import AlreadyClaimed
from palmcheck.catalogue.types import CheckItemRef, ClaimBoard, ClaimItem, ClaimStanding, SaveItem, UpperItemView
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.reads import level_above
from palmcheck.jurisdictions.types import DepartmentRef, JurisdictionRef
from palmcheck.kernel.paging import PAGE, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx

_Own = aliased(CheckItem)


async def claim_board(
    session: AsyncSession, actor: Actor, words: str | None, standing: ClaimStanding | None, cursor: str | None
) -> ClaimBoard:
    """The level above's listed items with the own ones that claim them. Raises CursorInvalid.

    The figures count each upper item once: claimed of all, drawn up and broken down of the claimed, compliant of
    those drawn up. Each figure's rows are what `standing` asks for.
    """
    above = await _level_above(session, actor.jurisdiction_id)
    if above is None:
        return ClaimBoard([], None, 0, 0, 0, 0, 0)
    done = _done(actor.jurisdiction_id)
    own = and_(_Own.jurisdiction_id == actor.jurisdiction_id, _Own.upper_item_id == CheckItem.id)
    listed = and_(CheckItem.jurisdiction_id == above, CheckItem.listed_at.is_not(None), CheckItem.retired_at.is_(None))
    count = (
        select(func.count(), *(func.count().filter(_stands(done, each)) for each in _FIGURES))
        .select_from(CheckItem)
        .outerjoin(_Own, own)
        .outerjoin(done, done.c.check_item_id == _Own.id)
        .where(listed)
    )
    figures = (await session.execute(count)).one()
    wanted = (
        select(CheckItem, _Own.id, _Own.code, _Own.name, done)
        .outerjoin(_Own, own)
        .outerjoin(done, done.c.check_item_id == _Own.id)
        .where(listed)
    )
    if words:
        found = func.strpos(func.concat_ws(" ", CheckItem.code, CheckItem.name, CheckItem.big_class), words.strip())
        wanted = wanted.where(found > 0)
    if standing is not None:
        wanted = wanted.where(_stands(done, standing))
    if cursor is not None:
        wanted = wanted.where(CheckItem.code > decode_cursor(cursor, str)[0])
    rows = (await session.execute(wanted.order_by(CheckItem.code).limit(PAGE + 1))).all()
    place = await jurisdictions.jurisdiction(session, above)
    departments = await jurisdictions.departments(session, above)
    page = page_of(rows, PAGE, lambda row: _view(row, place, departments), lambda row: (row.CheckItem.code,))
    return ClaimBoard(page.items, page.next, *map(int, figures))


_FIGURES: tuple[ClaimStanding, ...] = ("claimed", "drawn_up", "compliant", "broken_down")


def _done(jurisdiction_id: UUID) -> Subquery:
    """How far the departments here have come with each own item that they have begun."""
    return (
        select(
            ImplementationItem.check_item_id,
            func.bool_or(ImplementationItem.unit.is_not(None)).label("broken_down"),
            func.bool_or(ImplementationItem.state == "compliant").label("compliant"),
        )
        .where(ImplementationItem.jurisdiction_id == jurisdiction_id)
        .group_by(ImplementationItem.check_item_id)
        .subquery("done")
    )


def _stands(done: Subquery, standing: ClaimStanding) -> ColumnElement[bool]:
    claimed, drawn_up = _Own.id.is_not(None), done.c.check_item_id.is_not(None)
    broken_down, compliant = func.coalesce(done.c.broken_down, False), func.coalesce(done.c.compliant, False)
    conditions: dict[ClaimStanding, ColumnElement[bool]] = {
        "claimed": claimed,
        "to_claim": ~claimed,
        "drawn_up": drawn_up,
        "not_drawn_up": claimed & ~drawn_up,
        "broken_down": broken_down,
        "not_broken_down": claimed & ~broken_down,
        "compliant": compliant,
        "not_compliant": drawn_up & ~compliant,
    }
    return conditions[standing]


def _view(found: Any, place: JurisdictionRef, departments: dict[UUID, DepartmentRef]) -> UpperItemView:
    upper: CheckItem = found.CheckItem
    return UpperItemView(
        id=upper.id,
        jurisdiction=place,
        code=upper.code,
        name=upper.name,
        big_class=upper.big_class,
        department_name=departments[upper.department_id].name,
        department_code=departments[upper.department_id].code,
        item_class="key" if upper.item_class == "key" else "general",
        basis=upper.basis,
        claimed_by=None if found.id is None else CheckItemRef(found.id, found.code, found.name),
        drawn_up=found.check_item_id is not None,
        broken_down=bool(found.broken_down),
        compliant=bool(found.compliant),
    )


async def claim(tx: Tx, by: Actor, upper_item_id: UUID, data: ClaimItem) -> CheckItem:
    """Takes an item of the level above on: an own item with its words, led by a department here.

    A repeat answers the same row. Raises NotFound, AlreadyClaimed, NotAllowed, and what `enter_item` raises.
    """
    require_department(by, data.department_id)
    await tx.lock("claim", upper_item_id)
    above = await _level_above(tx.session, by.jurisdiction_id)
    upper = await tx.session.get(CheckItem, (above, upper_item_id)) if above else None
    if upper is None or upper.listed_at is None or upper.retired_at is not None:
        raise NotFound(field="id")
    standing = (await _claims(tx.session, by.jurisdiction_id)).get(upper_item_id)
    if standing is not None and standing.id != data.id:
        raise AlreadyClaimed(field="id", item_code=standing.code)
    if standing is not None:
        return await tx.session.get_one(CheckItem, (by.jurisdiction_id, standing.id))
    content = item_content(upper) | {
        "department_id": str(data.department_id),
        "joint_department_ids": await _same_departments(tx.session, by, upper, data.department_id),
        "checklist_code": None,
    }
    row = await enter_item(tx, by, data.id, msgspec.convert(content, SaveItem), upper_item_id)
    event = CheckItemClaimed(
        jurisdiction_id=by.jurisdiction_id,
        check_item_id=row.id,
        upper_item_id=upper_item_id,
        department_id=data.department_id,
    )
    tx.record(by, event)
    return row


async def _same_departments(session: AsyncSession, by: Actor, upper: CheckItem, lead: UUID) -> list[str]:
    """The departments here that have the codes of those above."""
    theirs = await jurisdictions.departments(session, upper.jurisdiction_id)
    codes = {theirs[each].code for each in upper.joint_department_ids if each in theirs}
    ours = await jurisdictions.departments(session, by.jurisdiction_id)
    return [str(each.id) for each in ours.values() if each.code in codes and each.id != lead]


async def _claims(session: AsyncSession, jurisdiction_id: UUID) -> dict[UUID, CheckItemRef]:
    """Own items by the upper item that they claim."""
    rows = await session.execute(
        select(CheckItem.upper_item_id, CheckItem.id, CheckItem.code, CheckItem.name).where(
            CheckItem.jurisdiction_id == jurisdiction_id, CheckItem.upper_item_id.is_not(None)
        )
    )
    return {row.upper_item_id: CheckItemRef(row.id, row.code, row.name) for row in rows}


async def _level_above(session: AsyncSession, jurisdiction_id: UUID) -> UUID | None:
    return await session.scalar(level_above(jurisdiction_id))

"""Items of the level above: claimed here (认领), and what its list lacks reported upward (S0 (三)2)."""

from uuid import UUID

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.catalogue.editing import enter_item, item_content, require_department
from palmcheck.catalogue.events import CheckItemClaimed, ItemReportedMissing, MissingItemAnswered
from palmcheck.catalogue.models import CheckItem, ImplementationItem, MissingItem
from palmcheck.catalogue.problems import AlreadyAnswered, AlreadyClaimed, NothingAbove
from palmcheck.catalogue.types import (
    AnswerMissing,
    CheckItemRef,
    ClaimBoard,
    ClaimItem,
    MissingItemView,
    ReportMissing,
    SaveItem,
    UpperItemView,
)
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.reads import level_above
from palmcheck.jurisdictions.versions import require_reason
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.paging import PAGE, decode_cursor, page_of
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx


async def claim_board(
    session: AsyncSession, actor: Actor, words: str | None, standing: str | None, cursor: str | None
) -> ClaimBoard:
    """The level above's listed items with the own ones that claim them. Raises CursorInvalid."""
    above = await _level_above(session, actor.jurisdiction_id)
    if above is None:
        return ClaimBoard([], None, 0, 0, 0, 0, 0)
    own = await _claims(session, actor.jurisdiction_id)
    listed = select(CheckItem).where(
        CheckItem.jurisdiction_id == above, CheckItem.listed_at.is_not(None), CheckItem.retired_at.is_(None)
    )
    total = await session.scalar(select(func.count()).select_from(listed.subquery())) or 0
    claimed = await session.scalar(select(func.count()).select_from(listed.where(CheckItem.id.in_(own)).subquery()))
    wanted = listed
    if words:
        found = func.strpos(func.concat_ws(" ", CheckItem.code, CheckItem.name, CheckItem.big_class), words.strip())
        wanted = wanted.where(found > 0)
    if standing == "claimed":
        wanted = wanted.where(CheckItem.id.in_(own))
    elif standing == "to_claim":
        wanted = wanted.where(CheckItem.id.not_in(own))
    if cursor is not None:
        wanted = wanted.where(CheckItem.code > decode_cursor(cursor, str)[0])
    rows = (await session.scalars(wanted.order_by(CheckItem.code).limit(PAGE + 1))).all()
    place, departments = (
        await jurisdictions.jurisdiction(session, above),
        await jurisdictions.departments(session, above),
    )

    def view(row: CheckItem) -> UpperItemView:
        return UpperItemView(
            id=row.id,
            jurisdiction=place,
            code=row.code,
            name=row.name,
            big_class=row.big_class,
            department_name=departments[row.department_id].name,
            department_code=departments[row.department_id].code,
            item_class="key" if row.item_class == "key" else "general",
            basis=row.basis,
            claimed_by=own.get(row.id),
        )

    page = page_of(rows, PAGE, view, lambda row: (row.code,))
    return ClaimBoard(page.items, page.next, total, claimed or 0, *await _standing(session, actor.jurisdiction_id))


async def _standing(session: AsyncSession, jurisdiction_id: UUID) -> tuple[int, int, int]:
    """How many of the claimed items are drawn up, compliant, and broken down to a unit."""
    of_claimed = (
        select(
            func.count(ImplementationItem.check_item_id.distinct()),
            func.count(ImplementationItem.check_item_id.distinct()).filter(ImplementationItem.state == "compliant"),
            func.count(ImplementationItem.check_item_id.distinct()).filter(ImplementationItem.unit.is_not(None)),
        )
        .join(
            CheckItem,
            (CheckItem.jurisdiction_id == ImplementationItem.jurisdiction_id)
            & (CheckItem.id == ImplementationItem.check_item_id),
        )
        .where(CheckItem.jurisdiction_id == jurisdiction_id, CheckItem.upper_item_id.is_not(None))
    )
    drawn_up, compliant, broken_down = (await session.execute(of_claimed)).one()
    return drawn_up, compliant, broken_down


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


async def report_missing(tx: Tx, by: Actor, id: UUID, data: ReportMissing) -> MissingItem:
    """Tells the level above what its list lacks; a repeat answers the same row. Raises NothingAbove, IdReuse."""
    require_department(by, data.department_id)
    reason = require_reason(data.reason)
    await tx.lock("missing_item", id)
    sent = digest(msgspec.to_builtins(data))
    row = await tx.session.get(MissingItem, (by.jurisdiction_id, id))
    if row is not None:
        if row.request_sha256 != sent:
            raise IdReuse(field="id", id=id)
        return row
    above = await _level_above(tx.session, by.jurisdiction_id)
    if above is None:
        raise NothingAbove
    words = {"department_id": data.department_id, "name": data.name, "basis": data.basis, "reason": reason}
    row = MissingItem(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        upper_jurisdiction_id=above,
        state="sent",
        sent_at=tx.now,
        request_sha256=sent,
        **words,
    )
    tx.session.add(row)
    await tx.session.flush()
    event = ItemReportedMissing(
        jurisdiction_id=by.jurisdiction_id,
        missing_item_id=id,
        upper_jurisdiction_id=above,
        department_id=data.department_id,
    )
    tx.record(by, event)
    return row


async def answer_missing(tx: Tx, by: Actor, id: UUID, data: AnswerMissing) -> MissingItem:
    """The level above answers a report from below. Raises NotFound, AlreadyAnswered, ReasonMissing."""
    answer = require_reason(data.answer)
    await tx.lock("missing_item", id)
    row = await tx.session.scalar(
        select(MissingItem).where(MissingItem.id == id, MissingItem.upper_jurisdiction_id == by.jurisdiction_id)
    )
    if row is None:
        raise NotFound(field="id")
    if (row.state, row.answer) == (data.state, answer):
        return row
    if row.state != "sent":
        raise AlreadyAnswered
    row.state, row.answer, row.answered_at = data.state, answer, tx.now
    await tx.session.flush()
    tx.record(by, MissingItemAnswered(jurisdiction_id=row.jurisdiction_id, missing_item_id=id, state=row.state))
    return row


async def missing_items(session: AsyncSession, actor: Actor) -> list[MissingItemView]:
    """Reports that this jurisdiction sent, and those that reached it from below; newest first, at most 200."""
    rows = await session.scalars(
        select(MissingItem)
        .where(
            (MissingItem.jurisdiction_id == actor.jurisdiction_id)
            | (MissingItem.upper_jurisdiction_id == actor.jurisdiction_id)
        )
        .order_by(MissingItem.sent_at.desc(), MissingItem.id)
        .limit(200)
    )
    return [await missing_view(session, actor, row) for row in rows]


async def missing_view(session: AsyncSession, actor: Actor, row: MissingItem) -> MissingItemView:
    """A report as people see it."""
    departments = await jurisdictions.departments(session, row.jurisdiction_id)
    office = row.upper_jurisdiction_id == actor.jurisdiction_id and "joint_office" in actor.roles
    return MissingItemView(
        id=row.id,
        jurisdiction=await jurisdictions.jurisdiction(session, row.jurisdiction_id),
        department_name=departments[row.department_id].name,
        name=row.name,
        basis=row.basis,
        reason=row.reason,
        state="sent" if row.state == "sent" else "taken_up" if row.state == "taken_up" else "declined",
        answer=row.answer,
        sent_at=row.sent_at,
        answered_at=row.answered_at,
        may_answer=office and row.state == "sent",
    )


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

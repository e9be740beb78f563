"""What the list of the level above lacks: reported upward, answered there (S0 (三)2)."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import reaches
from palmcheck.catalogue.editing import require_department
from palmcheck.catalogue.events import ItemReportedMissing, MissingItemAnswered
from palmcheck.catalogue.models import MissingItem
from palmcheck.catalogue.problems import AlreadyAnswered, NothingAbove
from palmcheck.catalogue.types import AnswerMissing, MissingItemView, ReportMissing
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.reads import level_above
from palmcheck.jurisdictions.versions import require_reason
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx


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
    above = await tx.session.scalar(level_above(by.jurisdiction_id))
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
    office = reaches(actor, "catalogue.answer", row.upper_jurisdiction_id, [])
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

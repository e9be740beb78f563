"""What a department makes of an item (检查实施清单): drawn up, broken down to a unit, compliant (S0 (三)2)."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.catalogue.editing import require_department
from palmcheck.catalogue.events import ImplementationBrokenDown, ImplementationCompliant, ImplementationDrawnUp
from palmcheck.catalogue.models import CheckItem, ImplementationItem
from palmcheck.catalogue.problems import AlreadyDrawnUp, ItemRetired, NotBrokenDown, NotDepartmentsItem
from palmcheck.catalogue.types import BreakDown, CheckItemRef, DrawUp, ImplementationState, ImplementationView
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.versions import require_version
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx

_WORDS = ("basis", "subject", "content", "method")


async def draw_up(tx: Tx, by: Actor, id: UUID, data: DrawUp, if_match: str | None) -> ImplementationItem:
    """Draws up an implementation item, or a new version of it, which must be found compliant anew.

    Raises NotAllowed, NotFound, ItemRetired, NotDepartmentsItem, AlreadyDrawnUp, VersionNeeded, ChangedMeanwhile.
    """
    require_department(by, data.department_id)
    await tx.lock("implementation_item", data.check_item_id)
    row = await tx.session.get(ImplementationItem, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        row = await _first(tx, by, id, data)
    elif (row.check_item_id, row.department_id) != (data.check_item_id, data.department_id):
        raise AlreadyDrawnUp(field="check_item_id")
    elif all(getattr(row, name) == getattr(data, name) for name in _WORDS):
        return row
    else:
        require_version(if_match, row.version)
        row.version += 1
    for name in _WORDS:
        setattr(row, name, getattr(data, name))
    row.state, row.drawn_up_at, row.compliant_at = "drawn_up", tx.now, None
    await tx.session.flush()
    event = ImplementationDrawnUp(
        jurisdiction_id=by.jurisdiction_id,
        implementation_item_id=id,
        check_item_id=data.check_item_id,
        department_id=data.department_id,
        version=row.version,
        content_sha256=digest(msgspec.to_builtins(data)),
    )
    tx.record(by, event)
    return row


async def _first(tx: Tx, by: Actor, id: UUID, data: DrawUp) -> ImplementationItem:
    item = await tx.session.get(CheckItem, (by.jurisdiction_id, data.check_item_id))
    if item is None:
        raise NotFound(field="check_item_id")
    if item.retired_at is not None:
        raise ItemRetired
    if data.department_id not in {item.department_id, *item.joint_department_ids}:
        raise NotDepartmentsItem(field="department_id")
    standing = select(ImplementationItem.id).where(
        ImplementationItem.jurisdiction_id == by.jurisdiction_id,
        ImplementationItem.check_item_id == data.check_item_id,
        ImplementationItem.department_id == data.department_id,
    )
    if await tx.session.scalar(standing) is not None:
        raise AlreadyDrawnUp(field="check_item_id")
    row = ImplementationItem(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        check_item_id=data.check_item_id,
        department_id=data.department_id,
        version=1,
    )
    tx.session.add(row)
    return row


async def break_down(tx: Tx, by: Actor, id: UUID, data: BreakDown) -> ImplementationItem:
    """Names the unit that does it (分解到科室). Raises NotFound, NotAllowed."""
    row = await _editable(tx, by, id)
    if row.unit == data.unit:
        return row
    row.unit = data.unit
    await tx.session.flush()
    event = ImplementationBrokenDown(
        jurisdiction_id=by.jurisdiction_id,
        implementation_item_id=id,
        check_item_id=row.check_item_id,
        unit=data.unit,
    )
    tx.record(by, event)
    return row


async def mark_compliant(tx: Tx, by: Actor, id: UUID) -> ImplementationItem:
    """Says that an implementation item is compliant. Raises NotFound, NotAllowed, NotBrokenDown."""
    row = await _editable(tx, by, id)
    if row.state == "compliant":
        return row
    if row.unit is None:
        raise NotBrokenDown(field="unit")
    row.state, row.compliant_at = "compliant", tx.now
    await tx.session.flush()
    event = ImplementationCompliant(
        jurisdiction_id=by.jurisdiction_id, implementation_item_id=id, check_item_id=row.check_item_id
    )
    tx.record(by, event)
    return row


async def _editable(tx: Tx, by: Actor, id: UUID) -> ImplementationItem:
    await tx.lock("implementation_item", id)
    row = await tx.session.get(ImplementationItem, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        raise NotFound(field="id")
    require_department(by, row.department_id)
    return row


async def list_implementations(
    session: AsyncSession,
    jurisdiction_id: UUID,
    department_id: UUID | None,
    state: ImplementationState | None,
    cursor: str | None,
) -> Page[ImplementationView]:
    """Implementation items by item code. Raises CursorInvalid."""
    wanted = (
        select(ImplementationItem, CheckItem.code, CheckItem.name)
        .join(
            CheckItem,
            (CheckItem.jurisdiction_id == ImplementationItem.jurisdiction_id)
            & (CheckItem.id == ImplementationItem.check_item_id),
        )
        .where(ImplementationItem.jurisdiction_id == jurisdiction_id)
    )
    if department_id is not None:
        wanted = wanted.where(ImplementationItem.department_id == department_id)
    if state is not None:
        wanted = wanted.where(ImplementationItem.state == state)
    if cursor is not None:
        code, after = decode_cursor(cursor, str, UUID)
        wanted = wanted.where((CheckItem.code > code) | ((CheckItem.code == code) & (ImplementationItem.id > after)))
    wanted = wanted.order_by(CheckItem.code, ImplementationItem.id).limit(PAGE + 1)
    rows = (await session.execute(wanted)).all()
    views = {each.id: each for each in await implementations_of(session, jurisdiction_id, ids=[r[0].id for r in rows])}
    return page_of(rows, PAGE, lambda row: views[row[0].id], lambda row: (row[1], str(row[0].id)))


async def implementations_of(
    session: AsyncSession, jurisdiction_id: UUID, *, check_item_id: UUID | None = None, ids: list[UUID] | None = None
) -> list[ImplementationView]:
    """The implementation items of an item, or those with these ids."""
    wanted = select(ImplementationItem, CheckItem.code, CheckItem.name).join(
        CheckItem,
        (CheckItem.jurisdiction_id == ImplementationItem.jurisdiction_id)
        & (CheckItem.id == ImplementationItem.check_item_id),
    )
    wanted = wanted.where(ImplementationItem.jurisdiction_id == jurisdiction_id)
    wanted = wanted.where(
        ImplementationItem.check_item_id == check_item_id
        if check_item_id is not None
        else ImplementationItem.id.in_(ids or [])
    )
    departments = await jurisdictions.departments(session, jurisdiction_id)
    return [
        ImplementationView(
            id=row.id,
            check_item=CheckItemRef(row.check_item_id, code, name),
            department=departments[row.department_id],
            version=row.version,
            basis=row.basis,
            subject=row.subject,
            content=row.content,
            method=row.method,
            unit=row.unit,
            state="compliant" if row.state == "compliant" else "drawn_up",
            drawn_up_at=row.drawn_up_at,
            compliant_at=row.compliant_at,
        )
        for row, code, name in await session.execute(wanted.order_by(ImplementationItem.id))
    ]

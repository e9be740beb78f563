"""Looking after the list of items: enter, amend as a new version, retire, reinstate. Nothing said is lost."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.accounts.scope import reaches
from palmcheck.catalogue.events import CheckItemAmended, CheckItemListed, CheckItemReinstated, CheckItemRetired
from palmcheck.catalogue.models import CheckItem, CheckItemVersion, ChecklistVersion
from palmcheck.catalogue.problems import (
    ChecklistUnknown,
    DepartmentUnknown,
    ItemCodeTaken,
    ItemRetired,
    RatioCapWrong,
    RatioOverCap,
)
from palmcheck.catalogue.service import FIRST
from palmcheck.catalogue.types import AmendItem, SaveItem
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.versions import require_reason, require_version
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx


async def enter_item(tx: Tx, by: Actor, id: UUID, data: SaveItem, upper_item_id: UUID | None = None) -> CheckItem:
    """Puts an item on the public list (R24) under an id that the client minted; a repeat answers the same row.

    Raises IdReuse, and what the checks raise.
    """
    await tx.lock("check_item", id)
    sent = digest(msgspec.to_builtins(data))
    row = await tx.session.get(CheckItem, (by.jurisdiction_id, id))
    if row is not None:
        if row.request_sha256 != sent:
            raise IdReuse(field="id", id=id)
        return row
    await check_item_content(tx, by, data)
    row = CheckItem(jurisdiction_id=by.jurisdiction_id, id=id, listed_at=tx.now, version=1, request_sha256=sent)
    row.upper_item_id = upper_item_id
    _write(row, data)
    tx.session.add(row)
    await tx.session.flush()
    _keep_version(tx, by, row, FIRST)
    await tx.session.flush()
    tx.record(by, CheckItemListed(jurisdiction_id=by.jurisdiction_id, check_item_id=id, code=row.code))
    return row


async def amend_item(tx: Tx, by: Actor, id: UUID, data: AmendItem, if_match: str | None) -> CheckItem:
    """Makes a new version of an item; the old one stays readable. What changes nothing is no amendment.

    Raises NotFound, ItemRetired, NotAllowed, VersionNeeded, ChangedMeanwhile, ReasonMissing, and the checks'.
    """
    row = await editable_item(tx, by, id)
    changed = changed_fields(row, data.item)
    if not changed:
        return row
    require_version(if_match, row.version)
    reason = require_reason(data.reason)
    await check_item_content(tx, by, data.item, row)
    _write(row, data.item)
    row.version += 1
    _keep_version(tx, by, row, reason)
    await tx.session.flush()
    event = CheckItemAmended(
        jurisdiction_id=by.jurisdiction_id,
        check_item_id=id,
        code=row.code,
        version=row.version,
        changed=changed,
        content_sha256=digest(item_content(row)),
        reason=reason,
    )
    tx.record(by, event)
    return row


async def retire_item(tx: Tx, by: Actor, id: UUID, reason: str) -> CheckItem:
    """Takes an item off the public list. Raises NotFound, NotAllowed, ReasonMissing."""
    try:
        row = await editable_item(tx, by, id)
    except ItemRetired:
        return await _own(tx, by, id)
    said = require_reason(reason)
    row.retired_at, row.version = tx.now, row.version + 1
    _keep_version(tx, by, row, said)
    await tx.session.flush()
    tx.record(by, CheckItemRetired(jurisdiction_id=by.jurisdiction_id, check_item_id=id, code=row.code, reason=said))
    return row


async def reinstate_item(tx: Tx, by: Actor, id: UUID, reason: str) -> CheckItem:
    """Puts a retired item back on the public list, as a new version: a slip of the hand is no new item.

    A repeat answers the same row. Raises NotFound, NotAllowed, ReasonMissing.
    """
    await tx.lock("check_item", id)
    row = await _own(tx, by, id)
    require_department(by, row.department_id)
    if row.retired_at is None:
        return row
    said = require_reason(reason)
    row.retired_at, row.version = None, row.version + 1
    _keep_version(tx, by, row, said)
    await tx.session.flush()
    event = CheckItemReinstated(jurisdiction_id=by.jurisdiction_id, check_item_id=id, code=row.code, reason=said)
    tx.record(by, event)
    return row


async def editable_item(tx: Tx, by: Actor, id: UUID) -> CheckItem:
    """An item that the actor may change, held to the transaction's end. Raises NotFound, NotAllowed, ItemRetired."""
    await tx.lock("check_item", id)
    row = await _own(tx, by, id)
    require_department(by, row.department_id)
    if row.retired_at is not None:
        raise ItemRetired
    return row


def may_edit_for(by: Actor, department_id: UUID) -> bool:
    """The joint office edits the whole list, a department administrator his department's items."""
    return reaches(by, "catalogue.edit", by.jurisdiction_id, [department_id])


def require_department(by: Actor, department_id: UUID) -> None:
    """Raises NotAllowed for another department's item."""
    if not may_edit_for(by, department_id):
        raise NotAllowed(permission="catalogue.edit")


async def check_item_content(tx: Tx, by: Actor, data: SaveItem, before: CheckItem | None = None) -> None:
    """Raises what is wrong with an item: its department, code, caps (R6) or checklist."""
    require_department(by, data.department_id)
    known = await jurisdictions.departments(tx.session, by.jurisdiction_id)
    if data.department_id not in known:
        raise DepartmentUnknown(field="department_id")
    if not set(data.joint_department_ids) <= known.keys() - {data.department_id}:
        raise DepartmentUnknown(field="joint_department_ids")
    if (data.item_class == "general") != (data.ratio_cap is not None):
        raise RatioCapWrong(field="ratio_cap", rule="R6")
    over = sorted(each for each, ratio in data.ratios.items() if data.ratio_cap is not None and ratio > data.ratio_cap)
    if over:
        raise RatioOverCap(field="ratios", rule="R6", risk_class=over[0])
    taken = select(CheckItem.id).where(CheckItem.jurisdiction_id == by.jurisdiction_id, CheckItem.code == data.code)
    other = await tx.session.scalar(taken)
    if other is not None and (before is None or other != before.id):
        raise ItemCodeTaken(field="code", item_code=data.code)
    if data.checklist_code is not None and not await _is_published(tx, by.jurisdiction_id, data.checklist_code):
        raise ChecklistUnknown(field="checklist_code")


def item_content(row: CheckItem) -> dict[str, Any]:
    """What an item says, as JSON."""
    content: dict[str, Any] = msgspec.to_builtins({name: getattr(row, name) for name in SaveItem.__struct_fields__})
    return content


def changed_fields(row: CheckItem, data: SaveItem) -> list[str]:
    """The names of the fields in which an item differs from what is to be."""
    wanted = msgspec.to_builtins(data)
    return sorted(name for name, value in item_content(row).items() if wanted[name] != value)


def _write(row: CheckItem, data: SaveItem) -> None:
    for name, value in msgspec.structs.asdict(data).items():
        setattr(row, name, value)


def _keep_version(tx: Tx, by: Actor, row: CheckItem, reason: str) -> None:
    kept = CheckItemVersion(
        jurisdiction_id=row.jurisdiction_id,
        check_item_id=row.id,
        version=row.version,
        content=item_content(row),
        since=tx.now,
        reason=reason,
        author_name=by.display_name,
    )
    tx.session.add(kept)


async def _own(tx: Tx, by: Actor, id: UUID) -> CheckItem:
    row = await tx.session.get(CheckItem, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        raise NotFound(field="id")
    return row


async def _is_published(tx: Tx, jurisdiction_id: UUID, code: str) -> bool:
    wanted = select(ChecklistVersion.id).where(
        ChecklistVersion.jurisdiction_id == jurisdiction_id, ChecklistVersion.code == code
    )
    return await tx.session.scalar(wanted.limit(1)) is not None

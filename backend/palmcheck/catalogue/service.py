"""The verbs of the slice."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklist_rules import check_checklist
from palmcheck.catalogue.events import CheckItemListed, ChecklistPublished
from palmcheck.catalogue.models import CheckItem, CheckItemVersion, ChecklistVersion
from palmcheck.catalogue.problems import ChecklistFaulty, ChecklistUnknown
from palmcheck.catalogue.types import CheckItemRef, ChecklistVersionView, NewCheckItem
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.events import Trace
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx

FIRST = "listed"
"""The reason of an item's first version."""
MOST_READ = 200
_read: dict[tuple[UUID, UUID], ChecklistVersionView] = {}


async def list_check_item(tx: Tx, by: Trace, jurisdiction_id: UUID, new: NewCheckItem) -> UUID:
    """Puts an item on the public list (R24) and answers its id."""
    said = msgspec.structs.asdict(new)
    row = CheckItem(jurisdiction_id=jurisdiction_id, id=new_id(), listed_at=tx.now, version=1, **said)
    tx.session.add(row)
    await tx.session.flush()
    del said["upper_item_id"]
    tx.session.add(
        CheckItemVersion(
            jurisdiction_id=jurisdiction_id,
            check_item_id=row.id,
            version=1,
            content=msgspec.to_builtins(said),
            since=tx.now,
            reason=FIRST,
        )
    )
    await tx.session.flush()
    tx.record(by, CheckItemListed(jurisdiction_id=jurisdiction_id, check_item_id=row.id, code=new.code))
    return row.id


async def publish_checklist(tx: Tx, by: Trace, jurisdiction_id: UUID, content: Checklist) -> UUID:
    """Makes a version usable and answers its id. Raises ChecklistFaulty."""
    mistakes = check_checklist(content)
    if mistakes:
        raise ChecklistFaulty(field="content", mistakes="; ".join(map(str, mistakes)))
    document = msgspec.to_builtins(content)
    row = ChecklistVersion(
        jurisdiction_id=jurisdiction_id,
        id=new_id(),
        code=content.code,
        version=content.version,
        content=document,
        published_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    published = ChecklistPublished(
        jurisdiction_id=jurisdiction_id,
        checklist_id=row.id,
        code=content.code,
        version=content.version,
        content_sha256=digest(document),
    )
    tx.record(by, published)
    return row.id


async def checklists(
    session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]
) -> dict[UUID, ChecklistVersionView]:
    """Checklist versions by id."""
    rows = await session.scalars(
        select(ChecklistVersion).where(
            ChecklistVersion.jurisdiction_id == jurisdiction_id, ChecklistVersion.id.in_(list(ids))
        )
    )
    return {
        row.id: ChecklistVersionView(row.id, row.code, row.version, msgspec.convert(row.content, Checklist))
        for row in rows
    }


async def checklist(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> ChecklistVersionView:
    """One checklist version. Raises ChecklistUnknown.

    A published version never changes, so the process keeps those that it has read.
    """
    known = _read.get((jurisdiction_id, id))
    if known is not None:
        return known
    found = await checklists(session, jurisdiction_id, [id])
    if id not in found:
        raise ChecklistUnknown(field="checklist_id")
    if len(_read) >= MOST_READ:
        _read.clear()
    _read[jurisdiction_id, id] = found[id]
    return found[id]


async def bases(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The law that each item rests on, by item."""
    wanted = select(CheckItem.id, CheckItem.basis).where(
        CheckItem.jurisdiction_id == jurisdiction_id, CheckItem.id.in_(list(ids))
    )
    return {row.id: row.basis for row in await session.execute(wanted)}


async def check_items(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[UUID, CheckItemRef]:
    """Items by id."""
    rows = await session.scalars(
        select(CheckItem).where(CheckItem.jurisdiction_id == jurisdiction_id, CheckItem.id.in_(list(ids)))
    )
    return {row.id: CheckItemRef(row.id, row.code, row.name) for row in rows}

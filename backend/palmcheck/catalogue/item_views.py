"""Items as people see them: the list, one of them whole."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import permissions_of
from palmcheck.accounts.scope import reads_down
from palmcheck.catalogue.editing import item_content, may_edit_for
from palmcheck.catalogue.implementing import implementations_of
from palmcheck.catalogue.models import CheckItem, CheckItemVersion
from palmcheck.catalogue.types import (
    ItemClass,
    ItemDetail,
    ItemRow,
    ItemSort,
    ItemStanding,
    ItemVersionView,
)
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.reads import in_scope
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound

MOST = 5000
"""Items of one export."""


class ItemQuery(Struct, frozen=True):
    """What a list of items is asked for."""

    q: str | None = None
    item_class: ItemClass | None = None
    department_id: UUID | None = None
    standing: ItemStanding | None = None
    joint: bool | None = None
    sort: ItemSort | None = None


async def list_items(
    session: AsyncSession, jurisdiction_id: UUID, query: ItemQuery, cursor: str | None = None, size: int = PAGE
) -> Page[ItemRow]:
    """Items that fit, by code unless asked otherwise. Raises CursorInvalid."""
    sort = query.sort or "code"
    column = CheckItem.code if sort.endswith("code") else func.coalesce(CheckItem.listed_at, func.to_timestamp(0))
    down = sort.startswith("-")
    key = func.concat(column)
    wanted = select(CheckItem, key.label("sorted_by")).where(*_conditions(jurisdiction_id, query))
    if cursor is not None:
        value, id = decode_cursor(cursor, str, UUID)
        beyond = key < value if down else key > value
        same_key = and_(key == value, CheckItem.id > id)
        wanted = wanted.where(or_(beyond, same_key))
    wanted = wanted.order_by(key.desc() if down else key, CheckItem.id).limit(size + 1)
    rows = (await session.execute(wanted)).all()
    departments = await jurisdictions.departments(session, jurisdiction_id)
    return page_of(
        rows, size, lambda row: item_row(row.CheckItem, departments), lambda row: (row.sorted_by, str(row.CheckItem.id))
    )


def _conditions(jurisdiction_id: UUID, query: ItemQuery) -> Sequence[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [CheckItem.jurisdiction_id == jurisdiction_id]
    if query.q:
        found.append(item_says(query.q))
    if query.item_class:
        found.append(CheckItem.item_class == query.item_class)
    if query.department_id:
        concerned = or_(
            CheckItem.department_id == query.department_id,
            CheckItem.joint_department_ids.contains([query.department_id]),
        )
        found.append(concerned)
    if query.joint is not None:
        found.append(CheckItem.is_joint == query.joint)
    if query.standing:
        retired = CheckItem.retired_at.is_not(None)
        found.append(retired if query.standing == "retired" else ~retired)
    return found


def item_says(words: str) -> ColumnElement[bool]:
    """Whether the words stand in an item; the list has hundreds of rows, so each is looked at."""
    whole = func.lower(
        func.concat_ws(" ", CheckItem.code, CheckItem.name, CheckItem.big_class, CheckItem.area, CheckItem.basis)
    )
    return func.strpos(whole, words.strip().lower()) > 0


def item_row(row: CheckItem, departments: dict[UUID, DepartmentRef]) -> ItemRow:
    """An item as a list shows it."""
    return ItemRow(
        id=row.id,
        jurisdiction_id=row.jurisdiction_id,
        code=row.code,
        name=row.name,
        big_class=row.big_class,
        area=row.area,
        department=departments[row.department_id],
        joint_departments=[departments[each] for each in row.joint_department_ids if each in departments],
        item_class="key" if row.item_class == "key" else "general",
        is_joint=row.is_joint,
        method=row.method,
        ratio_cap=row.ratio_cap,
        checklist_code=row.checklist_code,
        target_range=row.target_range,
        version=row.version,
        claimed=row.upper_item_id is not None,
        listed_at=row.listed_at,
        retired_at=row.retired_at,
    )


async def readable_item(session: AsyncSession, actor: Actor, id: UUID) -> CheckItem:
    """An item of the own jurisdiction, or of a level below for those who read down. Raises NotFound."""
    scope = in_scope(CheckItem.jurisdiction_id, actor.jurisdiction_id, reads_down=reads_down(actor, "catalogue.read"))
    row = await session.scalar(select(CheckItem).where(scope, CheckItem.id == id))
    if row is None:
        raise NotFound(field="id")
    return row


async def item_detail(session: AsyncSession, actor: Actor, id: UUID) -> ItemDetail:
    """One item with all its versions and what the departments make of it. Raises NotFound."""
    row = await readable_item(session, actor, id)
    departments = await jurisdictions.departments(session, row.jurisdiction_id)
    versions = await session.scalars(
        select(CheckItemVersion)
        .where(CheckItemVersion.jurisdiction_id == row.jurisdiction_id, CheckItemVersion.check_item_id == id)
        .order_by(CheckItemVersion.version.desc())
    )
    own = row.jurisdiction_id == actor.jurisdiction_id and "catalogue.edit" in permissions_of(actor.roles)
    editor = own and may_edit_for(actor, row.department_id)
    return ItemDetail(
        row=item_row(row, departments),
        item=item_content(row),
        versions=[ItemVersionView(v.version, v.since, v.reason, v.author_name, v.content) for v in versions],
        implementations=await implementations_of(session, row.jurisdiction_id, check_item_id=id),
        may_edit=editor and row.retired_at is None,
        may_reinstate=editor and row.retired_at is not None,
    )


async def contents(session: AsyncSession, jurisdiction_id: UUID) -> dict[UUID, dict[str, Any]]:
    """What every item of a jurisdiction says, by id."""
    rows = await session.scalars(select(CheckItem).where(CheckItem.jurisdiction_id == jurisdiction_id))
    return {row.id: item_content(row) for row in rows}

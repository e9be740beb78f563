"""What anybody may read of the catalogue: listed items, what they said before, and the forms (R10, R24).

The ratios of the credit classes stay inside: with them anybody could tell the classes of a draw's opaque strata.
"""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.item_views import item_row, item_says
from palmcheck.catalogue.models import CheckItem, CheckItemVersion, ChecklistVersion
from palmcheck.catalogue.public_types import (
    PublicChange,
    PublicChecklist,
    PublicChecklistRow,
    PublicItem,
    PublicItemDetail,
    PublicVersion,
)
from palmcheck.catalogue.service import FIRST
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.reads import department_rows, jurisdiction_rows
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound

SHOWN = (
    "code", "name", "big_class", "area", "department_id", "joint_department_ids", "item_class", "target_range",
    "content", "method", "method_note", "ratio_cap", "visits_cap", "basis", "standards", "checklist_code",
)  # fmt: skip
"""Fields whose changes the public sees."""


async def public_items(session: AsyncSession, words: str, cursor: str | None, size: int = PAGE) -> Page[PublicItem]:
    """The public lists of all jurisdictions, by place and code (R10, R24). Raises CursorInvalid."""
    places, lead = jurisdiction_rows.subquery(), department_rows.subquery()
    wanted = (
        select(CheckItem, places.c.name.label("place"), places.c.code.label("place_code"), lead.c.name.label("lead"))
        .join(places, places.c.id == CheckItem.jurisdiction_id)
        .join(lead, and_(lead.c.id == CheckItem.department_id, lead.c.jurisdiction_id == CheckItem.jurisdiction_id))
        .where(CheckItem.listed_at.is_not(None), CheckItem.retired_at.is_(None))
    )
    if words:
        wanted = wanted.where(item_says(words))
    if cursor is not None:
        place, code = decode_cursor(cursor, str, str)
        later = and_(places.c.code == place, CheckItem.code > code)
        wanted = wanted.where(or_(places.c.code > place, later))
    rows = (await session.execute(wanted.order_by(places.c.code, CheckItem.code).limit(size + 1))).all()
    known = {
        place: await jurisdictions.departments(session, place)
        for place in {row.CheckItem.jurisdiction_id for row in rows}
    }
    return page_of(
        rows,
        size,
        lambda row: _public(row, known[row.CheckItem.jurisdiction_id]),
        lambda r: (r.place_code, r.CheckItem.code),
    )


def _public(found: Any, departments: dict[UUID, DepartmentRef]) -> PublicItem:
    row: CheckItem = found.CheckItem
    shown = item_row(row, departments)
    assert row.listed_at is not None  # the query asked for it
    return PublicItem(
        id=row.id,
        jurisdiction=found.place,
        code=row.code,
        name=row.name,
        big_class=row.big_class,
        area=row.area,
        department=found.lead,
        joint_departments=[each.name for each in shown.joint_departments],
        item_class=shown.item_class,
        target_range=row.target_range,
        method=row.method,
        ratio_cap=row.ratio_cap,
        basis=row.basis,
        standards=row.standards,
        version=row.version,
        listed_at=row.listed_at,
    )


async def public_item(session: AsyncSession, id: UUID) -> PublicItemDetail:
    """One item with its versions, retired ones too: what was listed once stays readable. Raises NotFound."""
    places, lead = jurisdiction_rows.subquery(), department_rows.subquery()
    found = (
        await session.execute(
            select(CheckItem, places.c.name.label("place"), lead.c.name.label("lead"))
            .join(places, places.c.id == CheckItem.jurisdiction_id)
            .join(lead, and_(lead.c.id == CheckItem.department_id, lead.c.jurisdiction_id == CheckItem.jurisdiction_id))
            .where(CheckItem.id == id, CheckItem.listed_at.is_not(None))
        )
    ).one_or_none()
    if found is None:
        raise NotFound(field="id")
    row: CheckItem = found.CheckItem
    departments = await jurisdictions.departments(session, row.jurisdiction_id)
    kept = await session.scalars(
        select(CheckItemVersion)
        .where(CheckItemVersion.jurisdiction_id == row.jurisdiction_id, CheckItemVersion.check_item_id == id)
        .order_by(CheckItemVersion.version)
    )
    return PublicItemDetail(
        item=_public(found, departments),
        content=row.content,
        method_note=row.method_note,
        visits_cap=row.visits_cap,
        checklist_code=row.checklist_code,
        checklist_id=await _newest_checklist(session, row),
        retired_at=row.retired_at,
        versions=_versions(list(kept), departments),
    )


async def _newest_checklist(session: AsyncSession, row: CheckItem) -> UUID | None:
    newest = (
        select(ChecklistVersion.id)
        .where(ChecklistVersion.jurisdiction_id == row.jurisdiction_id, ChecklistVersion.code == row.checklist_code)
        .order_by(ChecklistVersion.version.desc())
        .limit(1)
    )
    return await session.scalar(newest)


def _versions(kept: list[CheckItemVersion], departments: dict[UUID, DepartmentRef]) -> list[PublicVersion]:
    """The versions with what each changed, newest first; the first one's changes are none."""
    found: list[PublicVersion] = []
    before: dict[str, Any] | None = None
    for each in kept:
        now = each.content
        changes = [
            PublicChange(name, _words(name, before.get(name), departments), _words(name, now.get(name), departments))
            for name in SHOWN
            if before is not None and before.get(name) != now.get(name)
        ]
        found.insert(0, PublicVersion(each.version, each.since, None if each.reason == FIRST else each.reason, changes))
        before = now
    return found


def _words(field: str, value: Any, departments: dict[UUID, DepartmentRef]) -> str:
    """A value as text; what has a word of its own (class, method) is told by its code."""
    if value is None:
        return ""
    if field == "ratio_cap":
        return f"{value / 100:g}%"
    listed = value if isinstance(value, list) else [value]
    if field in {"department_id", "joint_department_ids"}:
        return "、".join(departments[UUID(each)].name for each in listed if UUID(each) in departments)
    return "；".join(map(str, listed))


async def public_checklists(session: AsyncSession, words: str, cursor: str | None) -> Page[PublicChecklistRow]:
    """The newest version of every checklist of all jurisdictions, by place and code. Raises CursorInvalid."""
    places = jurisdiction_rows.subquery()
    wanted = (
        select(ChecklistVersion, places.c.name.label("place"), places.c.code.label("place_code"))
        .join(places, places.c.id == ChecklistVersion.jurisdiction_id)
        .distinct(places.c.code, ChecklistVersion.code)
        .order_by(places.c.code, ChecklistVersion.code, ChecklistVersion.version.desc())
    )
    if words:
        title = ChecklistVersion.content["title"]["zh-CN"].as_string()
        wanted = wanted.where(or_(title.contains(words, autoescape=True), ChecklistVersion.code == words.upper()))
    if cursor is not None:
        place, code = decode_cursor(cursor, str, str)
        later = and_(places.c.code == place, ChecklistVersion.code > code)
        wanted = wanted.where(or_(places.c.code > place, later))
    rows = (await session.execute(wanted.limit(PAGE + 1))).all()
    return page_of(
        rows,
        PAGE,
        lambda row: _checklist_row(row.ChecklistVersion, row.place),
        lambda row: (row.place_code, row.ChecklistVersion.code),
    )


async def public_checklist(session: AsyncSession, id: UUID) -> PublicChecklist:
    """One version of a form, with the others of its code, newest first. Raises NotFound."""
    row = await session.scalar(select(ChecklistVersion).where(ChecklistVersion.id == id))
    if row is None:
        raise NotFound(field="id")
    place = await jurisdictions.jurisdiction(session, row.jurisdiction_id)
    versions = await session.scalars(
        select(ChecklistVersion)
        .where(ChecklistVersion.jurisdiction_id == row.jurisdiction_id, ChecklistVersion.code == row.code)
        .order_by(ChecklistVersion.version.desc())
    )
    form = msgspec.convert(row.content, Checklist)
    return PublicChecklist(
        _checklist_row(row, place.name), form, [_checklist_row(each, place.name) for each in versions]
    )


def _checklist_row(row: ChecklistVersion, place: str) -> PublicChecklistRow:
    asked = sum(len(section["questions"]) for section in row.content["sections"])
    return PublicChecklistRow(row.id, place, row.code, row.version, row.content["title"], asked, row.published_at)

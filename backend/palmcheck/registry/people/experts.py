"""Experts and delegated bodies: they assist, the department that guides them answers for it (R22)."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.jurisdictions.reads import department_rows
from palmcheck.kernel.grams import normal, searchable
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import Conflict, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.people import events
from palmcheck.registry.people.access import edits, must_be_own_department, must_edit, readable
from palmcheck.registry.people.models import Expert, ExpertVersion
from palmcheck.registry.people.types import (
    ExpertKind,
    ExpertSort,
    ExpertStatus,
    ExpertView,
    PersonVersion,
    SaveExpert,
)
from palmcheck.registry.people.versions import department_names, with_department

_home = department_rows.subquery("home")


def _readable(actor: Actor) -> Select[Any]:
    here = (_home.c.jurisdiction_id == Expert.jurisdiction_id) & (_home.c.id == Expert.department_id)
    return (
        select(Expert, _home.c.name.label("department_name"))
        .join(_home, here)
        .where(readable(actor, Expert.jurisdiction_id, Expert.department_id))
    )


async def find_experts(
    session: AsyncSession,
    actor: Actor,
    q: str | None = None,
    kind: ExpertKind | None = None,
    status: ExpertStatus | None = None,
    sort: ExpertSort = "name",
    cursor: str | None = None,
    size: int = PAGE,
) -> Page[ExpertView]:
    """One page of the experts that the actor may read and that fit, by pinyin. Raises CursorInvalid."""
    found = _readable(actor)
    if kind is not None:
        found = found.where(Expert.kind == kind)
    if status is not None:
        found = found.where(Expert.status == status)
    if words := normal(q or ""):
        found = found.where(func.strpos(Expert.search_text, words) > 0)
    down = sort.startswith("-")
    if cursor:
        key, after = tuple_(Expert.pinyin, Expert.id), decode_cursor(cursor, str, UUID)
        found = found.where(key < after if down else key > after)
    order = (Expert.pinyin.desc(), Expert.id.desc()) if down else (Expert.pinyin, Expert.id)
    rows = (await session.execute(found.order_by(*order).limit(size + 1))).all()
    return page_of(
        rows,
        size,
        lambda row: _view(actor, row.Expert, row.department_name),
        lambda row: (row.Expert.pinyin, str(row.Expert.id)),
    )


async def read_expert(session: AsyncSession, actor: Actor, id: UUID) -> ExpertView:
    """One expert. Raises NotFound."""
    row = (await session.execute(_readable(actor).where(Expert.id == id))).first()
    if row is None:
        raise NotFound(field="id")
    return _view(actor, row.Expert, row.department_name)


async def expert_versions(session: AsyncSession, actor: Actor, id: UUID, cursor: str | None) -> Page[PersonVersion]:
    """The row after each change, newest first. Raises NotFound, CursorInvalid."""
    place = await session.scalar(
        select(Expert.jurisdiction_id).where(
            readable(actor, Expert.jurisdiction_id, Expert.department_id), Expert.id == id
        )
    )
    if place is None:
        raise NotFound(field="id")
    found = select(ExpertVersion).where(ExpertVersion.jurisdiction_id == place, ExpertVersion.expert_id == id)
    if cursor:
        found = found.where(ExpertVersion.version < decode_cursor(cursor, int)[0])
    rows = (await session.scalars(found.order_by(ExpertVersion.version.desc()).limit(PAGE + 1))).all()
    names = await department_names(session, place)
    return page_of(
        rows,
        PAGE,
        lambda each: PersonVersion(each.version, each.at, with_department(each.row, names)),
        lambda each: (each.version,),
    )


def _view(actor: Actor, row: Expert, department_name: str) -> ExpertView:
    shown = {name: getattr(row, name) for name in ExpertView.__struct_fields__ if hasattr(row, name)}
    more = {"department_name": department_name, "may_edit": edits(actor, row.jurisdiction_id, row.department_id)}
    return msgspec.convert(shown | more, ExpertView)


async def save_expert(tx: Tx, by: Actor, id: UUID, data: SaveExpert) -> None:
    """Enters an expert, or changes one whose `version` the editor saw; ends him by his status. A repeat is the same.

    Raises DepartmentNotYours, NotAllowed, NotFound, Conflict.
    """
    await must_be_own_department(tx.session, by, data.department_id)
    await tx.lock("expert", id)
    wanted: dict[str, Any] = {name: value for name, value in msgspec.structs.asdict(data).items() if name != "version"}
    wanted = {name: value.strip() if isinstance(value, str) else value for name, value in wanted.items()}
    wanted["credit_code"] = normal(data.credit_code or "").upper() or None
    row = await tx.session.get(Expert, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        if data.version is not None:
            raise NotFound(field="id")
        row, changed = Expert(jurisdiction_id=by.jurisdiction_id, id=id, version=0), sorted(wanted)
    else:
        changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
        if not changed:
            return
        must_edit(by, row.jurisdiction_id, row.department_id)
        if data.version != row.version:
            raise Conflict(field="version")
    for name in changed:
        setattr(row, name, wanted[name])
    found_by = searchable(row.name, row.credit_code, row.field)
    row.search_text, row.pinyin, row.version = found_by.text, found_by.pinyin, row.version + 1
    tx.session.add(row)
    await tx.session.flush()
    kept = msgspec.to_builtins({name: getattr(row, name) for name in wanted})
    version = ExpertVersion(jurisdiction_id=row.jurisdiction_id, expert_id=id, version=row.version, at=tx.now, row=kept)
    tx.session.add(version)
    await tx.session.flush()
    saved = events.ExpertSaved(
        jurisdiction_id=row.jurisdiction_id,
        expert_id=id,
        department_id=row.department_id,
        version=row.version,
        fields=changed,
    )
    tx.record(by, saved)

"""Inspectors in lists and one by one. A county has some hundred: a scan of them is no matter."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.jurisdictions.reads import department_rows
from palmcheck.kernel.grams import normal
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.registry.eligibility import DRAWN_STAFF_KINDS, holds_interest, why_not_drawable
from palmcheck.registry.models import Inspector, Target
from palmcheck.registry.people.access import edits, readable, reviews
from palmcheck.registry.people.models import InspectorInterest, InspectorTraining, InspectorVersion
from palmcheck.registry.people.types import (
    Drawable,
    InspectorDetail,
    InspectorQuery,
    InspectorView,
    InterestView,
    PeopleStanding,
    PersonVersion,
    TrainingView,
)
from palmcheck.registry.people.versions import department_names, with_department

WARNED_DAYS = 60
_home = department_rows.subquery("home")


def rows_of(which: ColumnElement[bool]) -> Select[Any]:
    """Inspectors with their departments' names: `row.Inspector`, `row.department_name`."""
    here = (_home.c.jurisdiction_id == Inspector.jurisdiction_id) & (_home.c.id == Inspector.department_id)
    return select(Inspector, _home.c.name.label("department_name")).join(_home, here).where(which)


def _readable(actor: Actor) -> Select[Any]:
    return rows_of(readable(actor, Inspector.jurisdiction_id, Inspector.department_id))


def _drawable(what: Drawable, today: date) -> ColumnElement[bool]:
    """What `why_not_drawable` says, as a condition: nothing keeps him out, or one reason does."""
    reasons: dict[str, ColumnElement[bool]] = {
        "left": Inspector.status != "active",
        "staff_kind": Inspector.staff_kind.not_in(DRAWN_STAFF_KINDS),
        "certificate_expired": Inspector.certificate_expires_on < today,
        "not_reviewed": Inspector.review_state != "reviewed",
    }
    return ~or_(*reasons.values()) if what == "yes" else reasons[what]


def _fitting(actor: Actor, query: InspectorQuery, today: date) -> Select[Any]:
    found = _readable(actor)
    for name in ("department_id", "staff_kind", "status", "review_state", "region"):
        if (value := getattr(query, name)) is not None:
            found = found.where(getattr(Inspector, name) == value)
    if query.expertise is not None:
        found = found.where(Inspector.expertise.contains([query.expertise]))
    if query.drawable is not None:
        found = found.where(_drawable(query.drawable, today))
    if words := normal(query.q or ""):
        found = found.where(func.strpos(Inspector.search_text, words) > 0)
    if query.expires_within is not None:
        last = today + timedelta(days=query.expires_within)
        found = found.where(Inspector.certificate_expires_on <= last, Inspector.status == "active")
    return found


async def find_inspectors(
    session: AsyncSession,
    actor: Actor,
    query: InspectorQuery,
    today: date,
    cursor: str | None = None,
    size: int = PAGE,
) -> Page[InspectorView]:
    """One page of the inspectors that the actor may read and that fit. Raises CursorInvalid."""
    down, by = query.sort.startswith("-"), query.sort.removeprefix("-")
    first, kind = (Inspector.pinyin, str) if by == "name" else (Inspector.certificate_expires_on, date)
    key = tuple_(first, Inspector.id)
    found = _fitting(actor, query, today)
    if cursor:
        after = decode_cursor(cursor, kind, UUID)
        found = found.where(key < after if down else key > after)
    order = (first.desc(), Inspector.id.desc()) if down else (first, Inspector.id)
    rows = (await session.execute(found.order_by(*order).limit(size + 1))).all()
    return page_of(
        rows,
        size,
        lambda row: view(row.Inspector, row.department_name, today),
        lambda row: (str(getattr(row.Inspector, first.key)), str(row.Inspector.id)),
    )


def view(row: Inspector, department_name: str, today: date) -> InspectorView:
    """A row as lists show it."""
    reviewed = row.review_state == "reviewed"
    against = why_not_drawable(row.status, row.staff_kind, row.certificate_expires_on, today, reviewed=reviewed)
    shown = {name: getattr(row, name) for name in InspectorView.__struct_fields__ if hasattr(row, name)}
    return msgspec.convert(shown | {"department_name": department_name, "not_drawable": against}, InspectorView)


async def inspector_of(session: AsyncSession, actor: Actor, id: UUID) -> tuple[Inspector, str]:
    """An inspector that the actor may read, with his department's name. Raises NotFound."""
    row = (await session.execute(_readable(actor).where(Inspector.id == id))).first()
    if row is None:
        raise NotFound(field="id")
    return row.Inspector, row.department_name


async def inspector_detail(session: AsyncSession, actor: Actor, id: UUID, today: date) -> InspectorDetail:
    """All that is known of one inspector. Raises NotFound."""
    row, department = await inspector_of(session, actor, id)
    return InspectorDetail(
        inspector=view(row, department, today),
        reviewed_on=row.reviewed_on,
        review_reference=row.review_reference,
        review_reason=row.review_reason,
        left_on=row.left_on,
        left_because=row.left_because,
        interests=await _interests(session, row, today),
        trainings=await _trainings(session, row),
        may_edit=edits(actor, row.jurisdiction_id, row.department_id),
        may_review=await reviews(session, actor, row.jurisdiction_id),
    )


async def _interests(session: AsyncSession, row: Inspector, today: date) -> list[InterestView]:
    found = await session.execute(
        select(InspectorInterest, Target.name.label("target_name"))
        .outerjoin(
            Target,
            (Target.jurisdiction_id == InspectorInterest.jurisdiction_id) & (Target.id == InspectorInterest.target_id),
        )
        .where(InspectorInterest.jurisdiction_id == row.jurisdiction_id, InspectorInterest.inspector_id == row.id)
        .order_by(InspectorInterest.since.desc(), InspectorInterest.id)
    )
    return [
        InterestView(
            interest.id,
            interest.target_id,
            name,
            interest.credit_code,
            interest.reason,
            interest.since,
            interest.ended_on,
            holds_interest(interest.since, interest.ended_on, today),
        )
        for interest, name in found
    ]


async def _trainings(session: AsyncSession, row: Inspector) -> list[TrainingView]:
    found = await session.scalars(
        select(InspectorTraining)
        .where(InspectorTraining.jurisdiction_id == row.jurisdiction_id, InspectorTraining.inspector_id == row.id)
        .order_by(InspectorTraining.held_on.desc(), InspectorTraining.id)
    )
    return [
        msgspec.convert({name: getattr(each, name) for name in TrainingView.__struct_fields__}, TrainingView)
        for each in found
    ]


async def inspector_versions(session: AsyncSession, actor: Actor, id: UUID, cursor: str | None) -> Page[PersonVersion]:
    """The row after each change, newest first. Raises NotFound, CursorInvalid."""
    row, _ = await inspector_of(session, actor, id)
    found = select(InspectorVersion).where(
        InspectorVersion.jurisdiction_id == row.jurisdiction_id, InspectorVersion.inspector_id == id
    )
    if cursor:
        found = found.where(InspectorVersion.version < decode_cursor(cursor, int)[0])
    rows = (await session.scalars(found.order_by(InspectorVersion.version.desc()).limit(PAGE + 1))).all()
    names = await department_names(session, row.jurisdiction_id)
    return page_of(
        rows,
        PAGE,
        lambda each: PersonVersion(each.version, each.at, with_department(each.row, names)),
        lambda each: (each.version,),
    )


async def standing(session: AsyncSession, actor: Actor, today: date) -> PeopleStanding:
    """How the inspectors that the actor may read stand today."""
    soon = today + timedelta(days=WARNED_DAYS)
    rows = [row.Inspector for row in await session.execute(_readable(actor).where(Inspector.status == "active"))]
    return PeopleStanding(
        active=len(rows),
        drawable=sum(not view(row, "", today).not_drawable for row in rows),
        to_review=sum(row.review_state == "changed" for row in rows),
        expiring=sum(today <= row.certificate_expires_on <= soon for row in rows),
        expired=sum(row.certificate_expires_on < today for row in rows),
        regions=sorted({row.region for row in rows if row.region}),
        expertise=sorted({word for row in rows for word in row.expertise}),
    )

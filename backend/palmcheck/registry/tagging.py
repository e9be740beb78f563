"""A tag for everything that a search finds, or one to take from it: one action, one event, and a way back."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Select, func, insert, or_, select, text
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.database import plan_each_anew
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.fact_models import Tag, TargetTagging, TargetTaggingRow
from palmcheck.registry.models import Target
from palmcheck.registry.names import people_of
from palmcheck.registry.searching import conditions
from palmcheck.registry.tagging_types import TaggingView, TagMany
from palmcheck.registry.target_events import TaggingUndone, TargetsTagged
from palmcheck.registry.target_problems import TaggingTooLarge, TaggingTooWide
from palmcheck.registry.targets import tag_word

MOST = 20_000
"""Some seconds of work for the database; whoever means more means the whole registry, and imports it."""
_CHANGE = {
    action: text(
        f"update target t set tags = {tags} from target_tagging_row r "  # noqa: S608 - text of ours
        "where r.jurisdiction_id = :jurisdiction_id and r.tagging_id = :id and t.jurisdiction_id = r.jurisdiction_id "
        f"and t.id = r.target_id and {wanting} returning t.id"
    )
    for action, tags, wanting in (
        (
            "add",
            "array(select unnest(t.tags || cast(:tag as text)) order by 1)",
            "not cast(:tag as text) = any(t.tags)",
        ),
        ("remove", "array_remove(t.tags, cast(:tag as text))", "cast(:tag as text) = any(t.tags)"),
    )
}
_BACK = {"add": "remove", "remove": "add"}


async def tag_many(tx: Tx, by: Actor, id: UUID, data: TagMany) -> UUID:
    """Tags or untags all targets that fit and that the actor may change; answers the action. A repeat is the same.

    Targets that have it already, or never had it, do not count and are left alone by `undo_tagging`.
    Raises IdReuse, TagInvalid, TaggingTooWide without words and filters, TaggingTooLarge above `MOST`.
    """
    tag, asked = tag_word(data.tag), msgspec.to_builtins(data.query)
    await tx.lock("target_tagging", id)
    known = await tx.session.get(TargetTagging, (by.jurisdiction_id, id))
    if known is not None:
        if (known.tag, known.action, digest(known.query)) != (tag, data.action, digest(asked)):
            raise IdReuse(field="id")
        return id
    if not any(value and value.strip() for name, value in asked.items() if name != "sort"):
        raise TaggingTooWide(field="query")
    await plan_each_anew(tx.session)
    fits = conditions(by.jurisdiction_id, data.query)
    ids = await _held(tx, [*fits, _yours(by)], tag, data.action)
    skipped = await tx.session.scalar(select(func.count()).select_from(Target).where(*fits, ~_yours(by)))
    if data.action == "add":
        word = {"jurisdiction_id": by.jurisdiction_id, "name": tag, "family": "free"}
        await tx.session.execute(insert_or_skip(Tag).on_conflict_do_nothing(), word)
    row = TargetTagging(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        tag=tag,
        action=data.action,
        query=asked,
        count=len(ids),
        skipped=skipped,
        rows_sha256=_rows_sha256(ids),
        tagged_by=by.account_id,
        tagged_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    keys = {"jurisdiction_id": by.jurisdiction_id, "tagging_id": id}
    if ids:
        await tx.session.execute(insert(TargetTaggingRow), [keys | {"target_id": each} for each in ids])
    await _apply(tx, by.jurisdiction_id, id, tag, data.action)
    tx.record(
        by,
        TargetsTagged(
            jurisdiction_id=by.jurisdiction_id,
            tagging_id=id,
            tag=tag,
            action=data.action,
            count=len(ids),
            rows_sha256=row.rows_sha256,
        ),
    )
    return id


async def undo_tagging(tx: Tx, by: Actor, id: UUID) -> UUID:
    """Takes a bulk action back where its effect still stands; a repeat changes nothing.

    Raises NotFound, and NotAllowed where it changed targets that are another department's.
    """
    await tx.lock("target_tagging", id)
    row = await tx.session.get(TargetTagging, (by.jurisdiction_id, id))
    if row is None:
        raise NotFound(field="id")
    if row.undone_at is not None:
        return id
    if await tx.session.scalar(select(_rows(row).where(~_yours(by)).exists())):
        raise NotAllowed(permission="target.edit")
    row.undone_at, row.undone_by = tx.now, by.account_id
    changed = await _apply(tx, by.jurisdiction_id, id, row.tag, _BACK[row.action])
    tx.record(
        by,
        TaggingUndone(
            jurisdiction_id=by.jurisdiction_id,
            tagging_id=id,
            count=len(changed),
            rows_sha256=_rows_sha256(changed),
        ),
    )
    return id


async def list_taggings(session: AsyncSession, jurisdiction_id: UUID, cursor: str | None) -> Page[TaggingView]:
    """The bulk actions of a jurisdiction, newest first."""
    wanted = select(TargetTagging).where(TargetTagging.jurisdiction_id == jurisdiction_id)
    if cursor:
        wanted = wanted.where(TargetTagging.id < decode_cursor(cursor, UUID)[0])
    rows = list(await session.scalars(wanted.order_by(TargetTagging.id.desc()).limit(PAGE + 1)))
    views = {view.id: view for view in await _views(session, jurisdiction_id, rows)}
    return page_of(rows, PAGE, lambda row: views[row.id], lambda row: (str(row.id),))


async def read_tagging(session: AsyncSession, by: Actor, id: UUID) -> TaggingView:
    """One bulk action. Raises NotFound."""
    row = await session.get(TargetTagging, (by.jurisdiction_id, id))
    if row is None:
        raise NotFound(field="id")
    return (await _views(session, by.jurisdiction_id, [row]))[0]


async def taggings_of(session: AsyncSession, jurisdiction_id: UUID, target_id: UUID) -> list[TaggingView]:
    """The bulk actions that changed a target, newest first."""
    mine = select(TargetTaggingRow.tagging_id).where(
        TargetTaggingRow.jurisdiction_id == jurisdiction_id, TargetTaggingRow.target_id == target_id
    )
    rows = await session.scalars(
        select(TargetTagging)
        .where(TargetTagging.jurisdiction_id == jurisdiction_id, TargetTagging.id.in_(mine))
        .order_by(TargetTagging.id.desc())
    )
    return await _views(session, jurisdiction_id, list(rows))


async def _views(session: AsyncSession, jurisdiction_id: UUID, rows: Sequence[TargetTagging]) -> list[TaggingView]:
    people = await people_of(session, jurisdiction_id, {row.tagged_by for row in rows})
    return [
        msgspec.convert(
            {
                "id": row.id,
                "tag": row.tag,
                "action": row.action,
                "count": row.count,
                "skipped": row.skipped,
                "tagged_by": people.get(row.tagged_by, ""),
                "tagged_at": row.tagged_at,
                "undone_at": row.undone_at,
            },
            TaggingView,
        )
        for row in rows
    ]


def _rows(row: TargetTagging) -> Select[UUID]:
    """The targets that a bulk action changed."""
    here = (Target.jurisdiction_id == TargetTaggingRow.jurisdiction_id) & (Target.id == TargetTaggingRow.target_id)
    of_action = (TargetTaggingRow.jurisdiction_id == row.jurisdiction_id) & (TargetTaggingRow.tagging_id == row.id)
    return select(Target.id).join(TargetTaggingRow, here).where(of_action)


def _yours(by: Actor) -> ColumnElement[bool]:
    """The targets that `may_change` would allow, in SQL: of the actor's department, or of none."""
    mine = [Target.department_ids.contains([by.department_id])] if by.department_id else []
    return or_(Target.department_ids == [], *mine)


async def _held(tx: Tx, fits: Sequence[ColumnElement[bool]], tag: str, action: str) -> list[UUID]:
    """The targets that will change, locked in order. Raises TaggingTooLarge."""
    has = Target.tags.contains([tag])
    wanted = select(Target.id).where(*fits, ~has if action == "add" else has)
    ids = list(await tx.session.scalars(wanted.order_by(Target.id).limit(MOST + 1).with_for_update()))
    if len(ids) > MOST:
        raise TaggingTooLarge(field="query", most=MOST)
    return ids


async def _apply(tx: Tx, jurisdiction_id: UUID, id: UUID, tag: str, action: str) -> list[UUID]:
    """Changes the rows of an action where there is something to change; answers these, in order."""
    keys = {"jurisdiction_id": jurisdiction_id, "id": id, "tag": tag}
    return sorted(await tx.session.scalars(_CHANGE[action], keys))


def _rows_sha256(ids: Sequence[UUID]) -> str:
    return sha256("".join(f"{id}\n" for id in ids).encode()).hexdigest()

"""A target whole, as a screen shows it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import reads_down
from palmcheck.jurisdictions.reads import in_scope
from palmcheck.jurisdictions.service import setting
from palmcheck.jurisdictions.settings.lifecycles import COMPLAINT_YEARS, PENALTY_YEARS
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.registry.fact_counting import Counting
from palmcheck.registry.fact_models import CorrectionRequest, Tag, TargetFact, TargetMerge, TargetStanding
from palmcheck.registry.models import Target
from palmcheck.registry.names import people_of
from palmcheck.registry.searching import target_row
from palmcheck.registry.tagging import taggings_of
from palmcheck.registry.target_types import (
    CorrectionView,
    FactCount,
    FactView,
    MergeView,
    StandingView,
    TagView,
    TargetDetail,
)
from palmcheck.registry.target_words import TargetName
from palmcheck.registry.targets import may_change, target_of, version_of
from palmcheck.registry.types import Position

ANSWERS_FOR = 100
"""How many products, projects and behaviours are named below their entity."""


async def target_detail(session: AsyncSession, actor: Actor, id: UUID) -> TargetDetail:
    """One target with facts, standing, merges and requests; those of targets merged into it too. Raises NotFound."""
    row = await target_of(session, actor, id)
    merges = await _merges(session, row)
    standing_merges = [merge for merge in merges if merge.undone_at is None]
    ids = [row.id, *(each.from_target.id for each in standing_merges if each.into_target.id == row.id)]
    counting = await _counting(session, row.jurisdiction_id)
    facts = await _facts(session, row.jurisdiction_id, ids, counting)
    names = await _names(session, row.jurisdiction_id, {row.responsible_id, row.merged_into} - {None})
    below = await session.execute(
        select(Target.id, Target.name, Target.credit_code)
        .where(Target.jurisdiction_id == row.jurisdiction_id, Target.responsible_id == row.id)
        .limit(ANSWERS_FOR)
    )
    has_position = row.latitude is not None and row.longitude is not None
    return TargetDetail(
        target=target_row(row),
        version=await version_of(session, row.jurisdiction_id, row.id),
        legal_representative=row.legal_representative,
        position=Position(row.latitude or 0.0, row.longitude or 0.0) if has_position else None,
        responsible=names.get(row.responsible_id) if row.responsible_id else None,
        answers_for=[TargetName(*each) for each in below],
        merged_into=names.get(row.merged_into) if row.merged_into else None,
        facts=facts,
        fact_count=_counted(facts, counting),
        standing=await _standing(session, row.jurisdiction_id, ids),
        merges=merges,
        taggings=await taggings_of(session, row.jurisdiction_id, row.id),
        corrections=await _corrections(session, row),
        may_edit=row.merged_into is None and may_change(actor, row),
    )


async def _counting(session: AsyncSession, jurisdiction_id: UUID) -> Counting:
    years = {
        "penalty": await setting(session, jurisdiction_id, PENALTY_YEARS),
        "upheld_complaint": await setting(session, jurisdiction_id, COMPLAINT_YEARS),
    }
    return Counting(law_date(now()), years)


def _counted(facts: Iterable[FactView], counting: Counting) -> FactCount:
    kinds = [fact.kind for fact in facts if fact.counts]
    return FactCount(
        kinds.count("penalty"),
        counting.since("penalty"),
        kinds.count("upheld_complaint"),
        counting.since("upheld_complaint"),
    )


async def _facts(session: AsyncSession, jurisdiction_id: UUID, ids: list[UUID], counting: Counting) -> list[FactView]:
    rows = await session.scalars(
        select(TargetFact)
        .where(TargetFact.jurisdiction_id == jurisdiction_id, TargetFact.target_id.in_(ids))
        .order_by(TargetFact.happened_on.desc(), TargetFact.id)
    )
    return [_shown(FactView, row, counts=counting.counts(row.kind, row.happened_on)) for row in rows]


async def _standing(session: AsyncSession, jurisdiction_id: UUID, ids: list[UUID]) -> list[StandingView]:
    rows = await session.scalars(
        select(TargetStanding)
        .where(TargetStanding.jurisdiction_id == jurisdiction_id, TargetStanding.target_id.in_(ids))
        .order_by(TargetStanding.changed_at.desc(), TargetStanding.id.desc())
    )
    return [_shown(StandingView, row) for row in rows]


async def _merges(session: AsyncSession, row: Target) -> list[MergeView]:
    touches = (TargetMerge.from_target_id == row.id) | (TargetMerge.into_target_id == row.id)
    found = await session.scalars(
        select(TargetMerge).where(TargetMerge.jurisdiction_id == row.jurisdiction_id, touches).order_by(TargetMerge.id)
    )
    merges = list(found)
    names = await _names(
        session, row.jurisdiction_id, {id for each in merges for id in (each.from_target_id, each.into_target_id)}
    )
    people = await people_of(
        session, row.jurisdiction_id, {by for each in merges for by in (each.merged_by, each.undone_by) if by}
    )
    return [
        MergeView(
            each.id,
            names[each.from_target_id],
            names[each.into_target_id],
            each.reason,
            people.get(each.merged_by, ""),
            each.merged_at,
            people.get(each.undone_by, "") if each.undone_by else None,
            each.undone_at,
            each.undo_reason,
        )
        for each in merges
    ]


async def _corrections(session: AsyncSession, row: Target) -> list[CorrectionView]:
    found = await session.scalars(
        select(CorrectionRequest)
        .where(CorrectionRequest.jurisdiction_id == row.jurisdiction_id, CorrectionRequest.target_id == row.id)
        .order_by(CorrectionRequest.id.desc())
    )
    return await _correction_views(session, row.jurisdiction_id, list(found))


async def _correction_views(
    session: AsyncSession, jurisdiction_id: UUID, rows: list[CorrectionRequest]
) -> list[CorrectionView]:
    names = await _names(session, jurisdiction_id, {row.target_id for row in rows})
    people = await people_of(session, jurisdiction_id, {row.drafted_by for row in rows})
    return [
        _shown(CorrectionView, row, target=names[row.target_id], drafted_by=people.get(row.drafted_by, ""))
        for row in rows
    ]


async def list_corrections(
    session: AsyncSession, jurisdiction_id: UUID, state: str | None, cursor: str | None
) -> Page[CorrectionView]:
    """Correction requests of a jurisdiction, newest first."""
    wanted = select(CorrectionRequest).where(CorrectionRequest.jurisdiction_id == jurisdiction_id)
    if state:
        wanted = wanted.where(CorrectionRequest.state == state)
    if cursor:
        wanted = wanted.where(CorrectionRequest.id < decode_cursor(cursor, UUID)[0])
    rows = list(await session.scalars(wanted.order_by(CorrectionRequest.id.desc()).limit(PAGE + 1)))
    views = {view.id: view for view in await _correction_views(session, jurisdiction_id, rows)}
    return page_of(rows, PAGE, lambda row: views[row.id], lambda row: (str(row.id),))


async def list_tags(session: AsyncSession, actor: Actor) -> Page[TagView]:
    """Every tag of the jurisdiction by family and name."""
    scope = in_scope(Tag.jurisdiction_id, actor.jurisdiction_id, reads_down=reads_down(actor, "target.read"))
    rows = await session.execute(select(Tag.name, Tag.family).where(scope).distinct().order_by(Tag.family, Tag.name))
    return Page([_shown(TagView, row) for row in rows], None)


async def _names(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID | None]) -> dict[UUID, TargetName]:
    rows = await session.execute(
        select(Target.id, Target.name, Target.credit_code).where(
            Target.jurisdiction_id == jurisdiction_id, Target.id.in_([id for id in ids if id])
        )
    )
    return {row.id: TargetName(*row) for row in rows}


def _shown(kind: Any, row: Any, **more: Any) -> Any:
    """A view whose fields are the row's, but for those given."""
    values = {f.name: more[f.name] if f.name in more else getattr(row, f.name) for f in msgspec.structs.fields(kind)}
    return msgspec.convert(values, kind)

"""Targets that are one: found by code or by name and address, merged by hand, with history."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.paging import Page, decode_cursor, encode_cursor
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.fact_models import TargetMerge
from palmcheck.registry.models import Target
from palmcheck.registry.searching import COLUMNS, target_row
from palmcheck.registry.target_events import TargetsMerged
from palmcheck.registry.target_problems import MergeImpossible
from palmcheck.registry.target_types import DuplicateGroup, MergeTargets
from palmcheck.registry.targets import editable

GROUPS = 20
_NEVER_KEPT = frozenset({"grams", "search_text", "pinyin", "facets"})
_DUPLICATES = text("""
with own as materialized (
    select id, name, address, credit_code, registration_number
    from target where jurisdiction_id = :jurisdiction_id and merged_into is null
), keyed as (
    select 'organisation_code' as because, substr(credit_code, 9, 9) as key, id
    from own where length(credit_code) = 18
    union all
    select 'registration_number', registration_number, id from own where registration_number is not null
    union all
    select 'name_and_address', lower(normalize(regexp_replace(name || '|' || address, '\\s', '', 'g'), nfkc)), id
    from own where address <> ''
), sets as (
    select min(because) as because, ids
    from (select because, array_agg(id order by id) as ids from keyed
          group by because, key having count(*) > 1) as grouped
    group by ids
)
select because, ids from sets
where cast(:after as uuid) is null or (ids[1], because) > (cast(:after as uuid), :last)
order by ids[1], because limit :size
""")


async def duplicates(session: AsyncSession, jurisdiction_id: UUID, cursor: str | None) -> Page[DuplicateGroup]:
    """Groups of targets that may be one, oldest first; a group that two signs find is named once.

    The part of a credit code that names the organisation (characters 9-17), a 15-digit number, or name and
    address without spaces, capitals and full-width forms.
    """
    after, last = decode_cursor(cursor, UUID, str) if cursor else (None, "")
    asked = {"jurisdiction_id": jurisdiction_id, "after": after, "last": last, "size": GROUPS + 1}
    groups = (await session.execute(_DUPLICATES, asked)).all()
    ids = {id for group in groups for id in group.ids}
    rows = await session.execute(
        select(*COLUMNS).where(Target.jurisdiction_id == jurisdiction_id, Target.id.in_(ids)).order_by(Target.id)
    )
    shown = {row.id: target_row(row) for row in rows}
    items = [DuplicateGroup(group.because, [shown[id] for id in group.ids]) for group in groups[:GROUPS]]
    end = groups[GROUPS - 1] if len(groups) > GROUPS else None
    return Page(items, encode_cursor(str(end.ids[0]), end.because) if end else None)


async def merge_targets(tx: Tx, by: Actor, id: UUID, data: MergeTargets) -> None:
    """Says that one target turned out to be another. A repeat is the same merge.

    The merged row stays readable and points on, also from those that were merged into it before. Codes, ids of
    other systems, tags and departments that the other lacks go over to it; facts are read through the pointer.
    Raises IdReuse, MergeImpossible and what `editable` raises.
    """
    if data.from_target_id == data.into_target_id:
        raise MergeImpossible(field="into_target_id")
    await tx.lock("target_merge", by.jurisdiction_id)
    known = await tx.session.get(TargetMerge, (by.jurisdiction_id, id))
    if known is not None:
        asked = (data.from_target_id, data.into_target_id, data.reason)
        if (known.from_target_id, known.into_target_id, known.reason) != asked:
            raise IdReuse(field="id")
        return
    gone, kept = await editable(tx, by, data.from_target_id), await editable(tx, by, data.into_target_id)
    tx.session.add(
        TargetMerge(
            jurisdiction_id=by.jurisdiction_id,
            id=id,
            from_target_id=gone.id,
            into_target_id=kept.id,
            reason=data.reason,
            merged_by=by.account_id,
            merged_at=tx.now,
            row_before=_as_it_was(gone),
        )
    )
    code, number = gone.credit_code, gone.registration_number
    gone.merged_into = kept.id
    if kept.credit_code is None:
        gone.credit_code = None
    if kept.registration_number is None:
        gone.registration_number = None
    await tx.session.flush()
    _hand_over(gone, kept, code, number)
    await _point_on(tx, gone, kept)
    tx.record(
        by,
        TargetsMerged(
            jurisdiction_id=by.jurisdiction_id,
            merge_id=id,
            target_id=gone.id,
            into_target_id=kept.id,
            reason=data.reason,
        ),
    )


def _hand_over(gone: Target, kept: Target, code: str | None, number: str | None) -> None:
    """What the kept target lacks; its own values stay."""
    kept.credit_code = kept.credit_code or code
    kept.registration_number = kept.registration_number or number
    kept.external_ids = {**gone.external_ids, **kept.external_ids}
    kept.tags = sorted({*kept.tags, *gone.tags})
    both = bool(kept.department_ids and gone.department_ids)
    kept.department_ids = sorted({*kept.department_ids, *gone.department_ids}) if both else []


async def _point_on(tx: Tx, gone: Target, kept: Target) -> None:
    own = Target.jurisdiction_id == kept.jurisdiction_id
    await tx.session.execute(update(Target).where(own, Target.merged_into == gone.id).values(merged_into=kept.id))
    await tx.session.execute(update(Target).where(own, Target.responsible_id == gone.id).values(responsible_id=kept.id))
    await tx.session.flush()


def _as_it_was(row: Target) -> dict[str, Any]:
    """The row as JSON, without what is made from it."""
    kept = {c.key: getattr(row, c.key) for c in Target.__table__.columns if c.key not in _NEVER_KEPT}
    kept.pop("row_hash", None)
    return {key: _plain(value) for key, value in kept.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return [_plain(each) for each in value] if isinstance(value, list) else value

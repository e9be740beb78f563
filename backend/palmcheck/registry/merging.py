"""Targets that are one, merged by hand, with history; and parted again when that was a mistake."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.kernel.grams import searchable
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.fact_models import TargetMerge
from palmcheck.registry.models import Target
from palmcheck.registry.target_events import MergeUndone, TargetsMerged
from palmcheck.registry.target_problems import MergeCovered, MergeImpossible
from palmcheck.registry.target_types import MergeTargets, UndoMerge
from palmcheck.registry.targets import code_is_free, editable, may_change

_NEVER_KEPT = frozenset({"grams", "search_text", "pinyin", "facets", "place_key", "organisation_code", "row_hash"})
_MERGED_BEFORE = text("""
with recursive below as (
    select from_target_id as id from target_merge
    where jurisdiction_id = :jurisdiction_id and into_target_id = :gone and undone_at is null
    union
    select m.from_target_id from target_merge m join below on m.into_target_id = below.id
    where m.jurisdiction_id = :jurisdiction_id and m.undone_at is null
)
update target set merged_into = :gone where jurisdiction_id = :jurisdiction_id and id in (select id from below)
""")


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
    row = TargetMerge(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        from_target_id=gone.id,
        into_target_id=kept.id,
        reason=data.reason,
        merged_by=by.account_id,
        merged_at=tx.now,
        row_before=_as_it_was(gone),
        handed_over={},
    )
    tx.session.add(row)
    gone.merged_into = kept.id
    await _hand_codes(tx, gone, kept)
    row.handed_over = _hand_over(gone, kept) | {"responsible_for": await _point_on(tx, gone, kept)}
    await tx.session.flush()
    tx.record(
        by,
        TargetsMerged(
            jurisdiction_id=by.jurisdiction_id,
            merge_id=id,
            targets=[gone.id, kept.id],
            into_target_id=kept.id,
            reason=data.reason,
        ),
    )


async def undo_merge(tx: Tx, by: Actor, id: UUID, data: UndoMerge) -> UUID:
    """Parts two targets that were merged, and answers the one that is its own again. A repeat changes nothing.

    Codes, ids of other systems, tags and departments that it handed over go back to it, and so do those who pointed
    to it; what came after the merge stays with the kept one. Raises NotFound, MergeCovered while the kept one is
    itself merged, CodeTaken while a third has its code, and what `editable` raises.
    """
    await tx.lock("target_merge", by.jurisdiction_id)
    row = await tx.session.get(TargetMerge, (by.jurisdiction_id, id))
    if row is None:
        raise NotFound(field="id")
    if row.undone_at is not None:
        return row.from_target_id
    gone = await tx.session.get_one(Target, (by.jurisdiction_id, row.from_target_id), populate_existing=True)
    if gone.merged_into != row.into_target_id:
        raise MergeCovered(into=gone.merged_into)
    kept = await editable(tx, by, row.into_target_id)
    if not may_change(by, gone):
        raise NotAllowed(permission="target.edit")
    row.undone_at, row.undone_by, row.undo_reason = tx.now, by.account_id, data.reason
    gone.merged_into = None
    await _take_codes_back(tx, by, gone, kept, row.row_before)
    _take_back(kept, row.handed_over)
    await _point_back(tx, gone, kept, row.handed_over.get("responsible_for", []))
    tx.record(
        by,
        MergeUndone(
            jurisdiction_id=by.jurisdiction_id,
            merge_id=id,
            targets=[gone.id, kept.id],
            from_target_id=gone.id,
            reason=data.reason,
        ),
    )
    return gone.id


async def _hand_codes(tx: Tx, gone: Target, kept: Target) -> None:
    """Codes that the kept target lacks; a code stands in one row, so it leaves the other first."""
    code, number = gone.credit_code, gone.registration_number
    if kept.credit_code is None:
        gone.credit_code = None
    if kept.registration_number is None:
        gone.registration_number = None
    await tx.session.flush()
    kept.credit_code = kept.credit_code or code
    kept.registration_number = kept.registration_number or number
    _search_anew(gone, kept)


def _hand_over(gone: Target, kept: Target) -> dict[str, Any]:
    """What the kept target lacks goes over; its own values stay. Answers what went, so that it can go back."""
    tags = sorted({*gone.tags} - {*kept.tags})
    ids = {system: id for system, id in gone.external_ids.items() if system not in kept.external_ids}
    before = list(kept.department_ids)
    kept.external_ids = {**kept.external_ids, **ids}
    kept.tags = sorted({*kept.tags, *tags})
    both = bool(kept.department_ids and gone.department_ids)
    kept.department_ids = sorted({*kept.department_ids, *gone.department_ids}) if both else []
    departments = {"before": _plain(before), "after": _plain(kept.department_ids)}
    return {"tags": tags, "external_ids": ids, "departments": departments}


async def _point_on(tx: Tx, gone: Target, kept: Target) -> list[str]:
    """Whoever pointed to the one points to the other; answers what it was responsible for."""
    own = Target.jurisdiction_id == kept.jurisdiction_id
    await tx.session.execute(update(Target).where(own, Target.merged_into == gone.id).values(merged_into=kept.id))
    answers = select(Target.id).where(own, Target.responsible_id == gone.id).order_by(Target.id)
    ids = list(await tx.session.scalars(answers))
    await tx.session.execute(update(Target).where(own, Target.responsible_id == gone.id).values(responsible_id=kept.id))
    await tx.session.flush()
    return [str(id) for id in ids]


async def _take_codes_back(tx: Tx, by: Actor, gone: Target, kept: Target, before: dict[str, Any]) -> None:
    code, number = before["credit_code"], before["registration_number"]
    if gone.credit_code is None and code:
        if kept.credit_code == code:
            kept.credit_code = None
            await tx.session.flush()
        await code_is_free(tx, by, gone.id, code)
        gone.credit_code = code
    if gone.registration_number is None and number:
        kept.registration_number = None if kept.registration_number == number else kept.registration_number
        gone.registration_number = number
    _search_anew(gone, kept)
    await tx.session.flush()


def _take_back(kept: Target, handed_over: dict[str, Any]) -> None:
    """What the merge gave, where it is still as the merge left it."""
    ids = handed_over.get("external_ids", {})
    kept.external_ids = {system: id for system, id in kept.external_ids.items() if ids.get(system) != id}
    kept.tags = [tag for tag in kept.tags if tag not in handed_over.get("tags", [])]
    departments = handed_over.get("departments")
    if departments and _plain(kept.department_ids) == departments["after"]:
        kept.department_ids = [UUID(each) for each in departments["before"]]


async def _point_back(tx: Tx, gone: Target, kept: Target, responsible_for: list[str]) -> None:
    """Those who were merged into it before point to it again, and what it was responsible for is its own."""
    await tx.session.execute(_MERGED_BEFORE, {"jurisdiction_id": kept.jurisdiction_id, "gone": gone.id})
    mine = (Target.jurisdiction_id == kept.jurisdiction_id, Target.responsible_id == kept.id)
    ids = [UUID(each) for each in responsible_for]
    await tx.session.execute(update(Target).where(*mine, Target.id.in_(ids)).values(responsible_id=gone.id))
    await tx.session.flush()


def _search_anew(*rows: Target) -> None:
    """A row is found by the codes that it has now."""
    for row in rows:
        found_by = searchable(row.name, row.credit_code, row.registration_number)
        row.grams, row.search_text, row.pinyin = found_by.grams, found_by.text, found_by.pinyin


def _as_it_was(row: Target) -> dict[str, Any]:
    """The row as JSON, without what is made from it."""
    kept = {c.key: getattr(row, c.key) for c in Target.__table__.columns if c.key not in _NEVER_KEPT}
    return {key: _plain(value) for key, value in kept.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return [_plain(each) for each in value] if isinstance(value, list) else value

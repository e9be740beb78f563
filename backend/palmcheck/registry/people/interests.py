"""Declared interests: an inspector who has one never visits that target (R21); trainings."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.grams import normal
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.eligibility import holds_interest
from palmcheck.registry.models import Target
from palmcheck.registry.people import events
from palmcheck.registry.people.access import held, must_edit
from palmcheck.registry.people.models import InspectorInterest, InspectorTraining
from palmcheck.registry.people.problems import InterestEndsTooEarly, InterestNeedsTarget
from palmcheck.registry.people.types import SaveInterest, SaveTraining


async def declare_interest(tx: Tx, by: Actor, inspector_id: UUID, id: UUID, data: SaveInterest) -> None:
    """Declares an interest, corrects it, or ends it by its last day; a repeat is the same.

    Raises NotFound, NotAllowed, IdReuse, InterestNeedsTarget, InterestEndsTooEarly.
    """
    inspector = await held(tx, by, inspector_id)
    must_edit(by, inspector.jurisdiction_id, inspector.department_id)
    data = msgspec.structs.replace(data, credit_code=normal(data.credit_code or "").upper() or None)
    if (data.target_id is None) == (data.credit_code is None):
        raise InterestNeedsTarget(field="target_id", rule="R21")
    if data.target_id and await tx.session.get(Target, (by.jurisdiction_id, data.target_id)) is None:
        raise InterestNeedsTarget(field="target_id", rule="R21")
    if data.ended_on is not None and data.ended_on < data.since:
        raise InterestEndsTooEarly(field="ended_on")
    row = await tx.session.get(InspectorInterest, (by.jurisdiction_id, id))
    if row is not None and row.inspector_id != inspector_id:
        raise IdReuse(field="id")
    wanted = msgspec.structs.asdict(data)
    if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return
    row = row or InspectorInterest(jurisdiction_id=by.jurisdiction_id, id=id, inspector_id=inspector_id)
    for name, value in wanted.items():
        setattr(row, name, value)
    tx.session.add(row)
    await tx.session.flush()
    declared = events.InterestDeclared(
        jurisdiction_id=by.jurisdiction_id,
        inspector_id=inspector_id,
        interest_id=id,
        target_id=data.target_id,
        ended=data.ended_on is not None,
    )
    tx.record(by, declared)


async def record_training(tx: Tx, by: Actor, inspector_id: UUID, id: UUID, data: SaveTraining) -> None:
    """Records a training, or corrects it; a repeat is the same. Raises NotFound, NotAllowed, IdReuse."""
    inspector = await held(tx, by, inspector_id)
    must_edit(by, inspector.jurisdiction_id, inspector.department_id)
    row = await tx.session.get(InspectorTraining, (by.jurisdiction_id, id))
    if row is not None and row.inspector_id != inspector_id:
        raise IdReuse(field="id")
    wanted = msgspec.structs.asdict(data)
    if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return
    row = row or InspectorTraining(jurisdiction_id=by.jurisdiction_id, id=id, inspector_id=inspector_id)
    for name, value in wanted.items():
        setattr(row, name, value)
    tx.session.add(row)
    await tx.session.flush()
    recorded = events.TrainingRecorded(jurisdiction_id=by.jurisdiction_id, inspector_id=inspector_id, training_id=id)
    tx.record(by, recorded)


async def recusals(
    session: AsyncSession, jurisdiction_id: UUID, inspector_ids: Iterable[UUID], on: date
) -> frozenset[tuple[UUID, UUID]]:
    """Pairs of inspector and target who must not meet on a day (R21).

    An interest in a target that was merged holds for the one it turned out to be; one by code for whoever has it.
    """
    wanted = set(inspector_ids)
    meant = or_(Target.id == InspectorInterest.target_id, Target.credit_code == InspectorInterest.credit_code)
    rows = await session.execute(
        select(
            InspectorInterest.inspector_id,
            func.coalesce(Target.merged_into, Target.id).label("target_id"),
            InspectorInterest.since,
            InspectorInterest.ended_on,
        )
        .join(Target, (Target.jurisdiction_id == InspectorInterest.jurisdiction_id) & meant)
        .where(InspectorInterest.jurisdiction_id == jurisdiction_id)
    )
    return frozenset(
        (row.inspector_id, row.target_id)
        for row in rows
        if row.inspector_id in wanted and holds_interest(row.since, row.ended_on, on)
    )

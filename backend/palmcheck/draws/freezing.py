"""Freezing: pools and parameters are fixed before anything is drawn (R4)."""

import secrets
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import reaches
from palmcheck.draws.entropy import SECRET_BYTES, commitment
from palmcheck.draws.events import DrawFrozen
from palmcheck.draws.leaves import PoolLeaf, pool_root
from palmcheck.draws.matching import InspectorLeaf, Participation, Recusal, frozen, shortages
from palmcheck.draws.models import Draw, DrawInspector, DrawTarget
from palmcheck.draws.pools import PoolEntry, inspector_pool, opaque_codes, strata_of, target_pool
from palmcheck.draws.problems import NotLeadDepartment, PoolEmpty
from palmcheck.draws.types import FreezeDraw
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import DRAW_AT_LEAST_ONE, DRAW_RESERVE_PERCENT
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning
from palmcheck.planning.types import PlanTaskView
from palmcheck.registry import service as registry
from palmcheck.registry.people.interests import recusals
from palmcheck.registry.types import InspectorRef, TargetView


async def freeze_draw(tx: Tx, by: Actor, id: UUID, data: FreezeDraw) -> Draw:
    """Snapshots the pools and commits to the server's secret (R1, R2, R4). A repeat answers the same draw.

    Raises IdReuse, NotLeadDepartment, PlanTaskTaken, PoolEmpty.
    """
    sent = digest(msgspec.to_builtins(data))
    await tx.lock("draw", id)
    known = await tx.session.get(Draw, (by.jurisdiction_id, id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return known
    task = await own_task(tx.session, by, data.plan_task_id)
    await planning.move_task(tx, by, by.jurisdiction_id, task.id, "frozen", id)
    targets = await registry.drawable_targets(tx.session, by.jurisdiction_id, task.target_industry)
    drawable = [target for target in targets if target.credit_risk_class in task.ratios]
    if not drawable:
        raise PoolEmpty(field="plan_task_id", rule="R1")
    parts = await planning.parts(tx.session, by.jurisdiction_id, task.id)
    inspectors = await registry.drawable_inspectors(
        tx.session, by.jurisdiction_id, [part.department_id for part in parts], law_date(tx.now)
    )
    draw = await _write_frozen(tx, by, id, sent, task, drawable, inspectors)
    event = DrawFrozen(
        jurisdiction_id=by.jurisdiction_id,
        draw_id=id,
        plan_task_id=task.id,
        k1_sha256=draw.k1_sha256,
        target_pool_root=draw.target_pool_root,
        inspector_pool_root=draw.inspector_pool_root,
        recusals=len(draw.recusals),
        recusals_sha256=digest(draw.recusals),
    )
    tx.record(by, event)
    return draw


async def own_task(session: AsyncSession, by: Actor, plan_task_id: UUID) -> PlanTaskView:
    """The task, if the caller's department leads it. Raises NotFound, NotLeadDepartment."""
    task = await planning.task(session, by.jurisdiction_id, plan_task_id)
    if not reaches(by, "draw.run", by.jurisdiction_id, [task.lead_department.id]):
        raise NotLeadDepartment(rule="S1 二(二)", department=task.lead_department.name)
    return task


async def _write_frozen(
    tx: Tx, by: Actor, id: UUID, sent: str, task: PlanTaskView, targets: list[TargetView], staff: list[InspectorRef]
) -> Draw:
    codes = opaque_codes(sorted(task.ratios))
    departments = await jurisdictions.departments(tx.session, by.jurisdiction_id)
    minimum_one = await jurisdictions.setting(tx.session, by.jurisdiction_id, DRAW_AT_LEAST_ONE)
    reserve_percent = await jurisdictions.setting(tx.session, by.jurisdiction_id, DRAW_RESERVE_PERCENT)
    pool = target_pool(id, targets, codes)
    inspectors = inspector_pool(id, staff, {each: ref.code for each, ref in departments.items()})
    recused = await _recused(tx, by, pool, inspectors)
    taking_part = await _taking_part(tx.session, by, task)
    strata = strata_of(targets, task.ratios, codes, minimum_one=minimum_one)
    largest_quota = max(stratum["quota"] for stratum in strata)
    k1 = secrets.token_bytes(SECRET_BYTES)
    draw = Draw(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        plan_task_id=task.id,
        state="prepared",
        request_sha256=sent,
        k1=k1,
        k1_sha256=commitment(k1).hex(),
        strata=strata,
        departments=taking_part,
        shortages=_shortages(taking_part, pool, inspectors, recused),
        recusals=frozen(recused),
        reserve_size=-(-largest_quota * reserve_percent // 100),
        target_pool_size=len(pool),
        target_pool_root=pool_root(PoolLeaf(each.group, each.leaf) for each in pool).hex(),
        inspector_pool_size=len(inspectors),
        inspector_pool_root=pool_root(PoolLeaf("", each.leaf) for each in inspectors).hex(),
        frozen_at=tx.now,
    )
    tx.session.add(draw)
    await tx.session.flush()
    await _write_pools(tx, draw, pool, inspectors, staff)
    return draw


async def _taking_part(session: AsyncSession, by: Actor, task: PlanTaskView) -> list[dict[str, Any]]:
    """The departments of the task as they stand at the freeze (R3)."""
    departments = await jurisdictions.departments(session, by.jurisdiction_id)
    parts = await planning.parts(session, by.jurisdiction_id, task.id)
    return [
        {
            "id": str(part.department_id),
            "code": departments[part.department_id].code,
            "assists_only": part.assists_only,
        }
        for part in parts
    ]


async def _recused(tx: Tx, by: Actor, pool: list[PoolEntry], inspectors: list[PoolEntry]) -> frozenset[Recusal]:
    """Who of the pool has declared an interest in a target of the pool that holds today (R21)."""
    staff = {each.id: each.leaf for each in inspectors}
    targets = {each.id: each.leaf for each in pool}
    pairs = await recusals(tx.session, by.jurisdiction_id, staff, law_date(tx.now))
    return frozenset(Recusal(targets[target], staff[inspector]) for inspector, target in pairs if target in targets)


def _shortages(
    taking_part: list[dict[str, Any]],
    pool: list[PoolEntry],
    inspectors: list[PoolEntry],
    recused: frozenset[Recusal],
) -> list[dict[str, object]]:
    found = shortages(
        [each.leaf for each in pool],
        [Participation(each["code"], each["assists_only"]) for each in taking_part],
        [InspectorLeaf(each.group, each.leaf) for each in inspectors],
        recused,
    )
    return [{"department": each.department, "needed": each.needed, "available": each.available} for each in found]


async def _write_pools(
    tx: Tx, draw: Draw, pool: list[PoolEntry], inspectors: list[PoolEntry], staff: list[InspectorRef]
) -> None:
    key = {"jurisdiction_id": draw.jurisdiction_id, "draw_id": draw.id}
    await tx.session.execute(
        insert(DrawTarget),
        [key | {"target_id": e.id, "stratum": e.group, "entry": e.entry, "salt": e.salt, "leaf": e.leaf} for e in pool],
    )
    homes = {each.id: each.department_id for each in staff}
    rows = [
        key | {"inspector_id": e.id, "department_id": homes[e.id], "entry": e.entry, "salt": e.salt, "leaf": e.leaf}
        for e in inspectors
    ]
    if rows:
        await tx.session.execute(insert(DrawInspector), rows)

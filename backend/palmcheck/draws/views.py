"""A draw as its lead department and the auditor see it."""

from collections import Counter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.draws.models import Draw, DrawSeat, DrawTarget
from palmcheck.draws.types import (
    DrawnRow,
    DrawnTarget,
    DrawState,
    DrawView,
    NamedRef,
    ReserveRow,
    SeatView,
    ShortageView,
    StratumView,
)
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.problems import NotFound
from palmcheck.planning import service as planning
from palmcheck.planning.types import PlanTaskRef
from palmcheck.registry import service as registry

STATES: dict[str, DrawState] = {"prepared": "prepared", "drawn": "drawn", "issued": "issued"}


async def read_draw(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> DrawView:
    """One draw of the jurisdiction, with the drawn and the reserve once there are any. Raises NotFound."""
    draw = await session.get(Draw, (jurisdiction_id, id))
    if draw is None:
        raise NotFound(field="id")
    return await draw_view(session, draw)


async def draw_view(session: AsyncSession, draw: Draw) -> DrawView:
    """The view of a row."""
    task = await planning.task(session, draw.jurisdiction_id, draw.plan_task_id)
    departments = await jurisdictions.departments(session, draw.jurisdiction_id)
    by_code = {each.code: each for each in departments.values()}
    placed = await _placed(session, draw)
    counts = Counter(row.stratum for row in placed if row.place == "drawn")
    labels = {stratum["code"]: stratum["label"] for stratum in draw.strata}
    return DrawView(
        id=draw.id,
        plan_task=PlanTaskRef(task.id, task.number, task.name),
        state=STATES[draw.state],
        algorithm="palmcheck/draw/v1",
        verified=False,
        fairness="server_only",
        k1_sha256=draw.k1_sha256,
        frozen_at=draw.frozen_at,
        drawn_at=draw.drawn_at,
        issued_at=draw.issued_at,
        target_pool_root=draw.target_pool_root,
        target_pool_size=draw.target_pool_size,
        inspector_pool_root=draw.inspector_pool_root,
        inspector_pool_size=draw.inspector_pool_size,
        strata=[StratumView(drawn=counts[stratum["code"]], **stratum) for stratum in draw.strata],
        reserve_size=draw.reserve_size,
        receipt_root=draw.receipt_root,
        shortages=[
            ShortageView(
                by_code[each["department"]].id, by_code[each["department"]].name, each["needed"], each["available"]
            )
            for each in draw.shortages
        ],
        drawn=await _drawn_rows(session, draw, [row for row in placed if row.place == "drawn"], labels),
        reserve=[
            ReserveRow(_target(row), labels[row.stratum], row.position or 0) for row in placed if row.place == "reserve"
        ],
    )


async def _placed(session: AsyncSession, draw: Draw) -> list[DrawTarget]:
    rows = await session.scalars(
        select(DrawTarget).where(
            DrawTarget.jurisdiction_id == draw.jurisdiction_id,
            DrawTarget.draw_id == draw.id,
            DrawTarget.place.is_not(None),
        )
    )
    order = {stratum["code"]: stratum["label"] for stratum in draw.strata}
    return sorted(rows, key=lambda row: (order[row.stratum], row.position or 0))


async def _drawn_rows(
    session: AsyncSession, draw: Draw, drawn: list[DrawTarget], labels: dict[str, str]
) -> list[DrawnRow]:
    departments = await jurisdictions.departments(session, draw.jurisdiction_id)
    seats = (
        await session.scalars(
            select(DrawSeat)
            .where(DrawSeat.jurisdiction_id == draw.jurisdiction_id, DrawSeat.draw_id == draw.id)
            .order_by(DrawSeat.department_id, DrawSeat.seat)
        )
    ).all()
    staff = await registry.inspectors(
        session, draw.jurisdiction_id, {seat.inspector_id for seat in seats if seat.inspector_id}
    )
    views: dict[UUID, list[SeatView]] = {}
    for seat in seats:
        inspector = staff[seat.inspector_id] if seat.inspector_id else None
        department = departments[seat.department_id]
        views.setdefault(seat.target_id, []).append(
            SeatView(
                NamedRef(department.id, department.name),
                seat.seat,
                NamedRef(inspector.id, inspector.name) if inspector else None,
            )
        )
    return [
        DrawnRow(_target(row), labels[row.stratum], (row.rank or b"").hex(), views.get(row.target_id, []))
        for row in drawn
    ]


def _target(row: DrawTarget) -> DrawnTarget:
    """The target as it stood when the pool was frozen."""
    return DrawnTarget(row.target_id, row.entry["name"], row.entry["credit_code"])

"""The verbs after the freeze: draw and issue (design.md section 4)."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.draws import ceremony
from palmcheck.draws.events import DrawDrawn, DrawIssued
from palmcheck.draws.freezing import own_task
from palmcheck.draws.leaves import merkle_root
from palmcheck.draws.models import Draw, DrawInspector, DrawSeat, DrawTarget
from palmcheck.draws.problems import NotDrawnYet, NotFrozenYet
from palmcheck.draws.types import IssuedDraw, IssuedSeat, IssuedVisit
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning

Row = TypeVar("Row", DrawTarget, DrawInspector, DrawSeat)


async def run_draw(tx: Tx, by: Actor, id: UUID) -> Draw:
    """Draws targets and inspectors and writes the receipt (R4, R5). A repeat answers the same result.

    Raises NotFound, NotLeadDepartment.
    """
    draw = await _own_draw(tx, by, id)
    if draw.state != "prepared":
        return draw
    pool = (await tx.session.scalars(_rows_of(DrawTarget, draw))).all()
    staff = (await tx.session.scalars(_rows_of(DrawInspector, draw))).all()
    result = ceremony.run(draw, pool, staff)
    if result.seats:
        await tx.session.execute(insert(DrawSeat), result.seats)
    draw.state, draw.drawn_at = "drawn", tx.now
    draw.receipt_root = merkle_root(result.receipt).hex()
    await planning.move_task(tx, by, by.jurisdiction_id, draw.plan_task_id, "drawn", id)
    drawn = DrawDrawn(
        jurisdiction_id=by.jurisdiction_id, draw_id=id, drawn=result.drawn, receipt_root=draw.receipt_root
    )
    tx.record(by, drawn)
    return draw


async def issue_draw(tx: Tx, by: Actor, id: UUID) -> Draw:
    """Confirms and issues the list; the inspections follow. A repeat answers the same.

    Raises NotFound, NotLeadDepartment, NotDrawnYet.
    """
    draw = await _own_draw(tx, by, id)
    if draw.state == "prepared":
        raise NotDrawnYet(field="id")
    if draw.state == "drawn":
        draw.state, draw.issued_at = "issued", tx.now
        await planning.move_task(tx, by, by.jurisdiction_id, draw.plan_task_id, "issued", id)
        issued = DrawIssued(jurisdiction_id=by.jurisdiction_id, draw_id=id, plan_task_id=draw.plan_task_id)
        tx.record(by, issued)
    return draw


async def _own_draw(tx: Tx, by: Actor, id: UUID) -> Draw:
    await tx.lock("draw", id)
    draw = await tx.session.get(Draw, (by.jurisdiction_id, id))
    if draw is None:
        raise NotFrozenYet(field="id")
    await own_task(tx.session, by, draw.plan_task_id)
    return draw


def _rows_of(model: type[Row], draw: Draw) -> Select[Row]:
    return select(model).where(model.jurisdiction_id == draw.jurisdiction_id, model.draw_id == draw.id)


async def issued_draw(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> IssuedDraw:
    """An issued draw with its visits, as the inspections are made from it. Raises NotFound."""
    draw = await session.get(Draw, (jurisdiction_id, id))
    if draw is None or draw.issued_at is None or draw.drawn_at is None:
        raise NotFound(field="draw_id")
    targets = await session.scalars(_rows_of(DrawTarget, draw).where(DrawTarget.place == "drawn"))
    visits = {row.target_id: IssuedVisit(row.target_id, []) for row in targets}
    seats = await session.scalars(_rows_of(DrawSeat, draw).order_by(DrawSeat.department_id, DrawSeat.seat))
    for seat in seats:
        visits[seat.target_id].seats.append(IssuedSeat(seat.department_id, seat.seat, seat.inspector_id))
    return IssuedDraw(draw.id, draw.plan_task_id, draw.drawn_at, draw.issued_at, list(visits.values()))


async def task_of_draw(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> UUID:
    """The plan task that a draw is for."""
    return (await session.get_one(Draw, (jurisdiction_id, id))).plan_task_id


async def why_drawn(session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> list[tuple[UUID, str, datetime]]:
    """For each drawn target of a draw: its stratum's label, and when it was drawn."""
    draw = await session.get(Draw, (jurisdiction_id, id))
    if draw is None or draw.drawn_at is None:
        return []
    labels = {stratum["code"]: stratum["label"] for stratum in draw.strata}
    rows = await session.scalars(_rows_of(DrawTarget, draw).where(DrawTarget.place == "drawn"))
    return [(row.target_id, labels[row.stratum], draw.drawn_at) for row in rows]

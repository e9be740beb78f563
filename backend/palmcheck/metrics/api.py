"""Routes of the slice."""

import asyncio
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get
from litestar.params import FromQuery, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, place_of, reads_down
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId
from palmcheck.metrics import files, service
from palmcheck.metrics.definitions import FigureKey, Reason
from palmcheck.metrics.inspectors import inspectors
from palmcheck.metrics.rows import Asked, rows_behind
from palmcheck.metrics.types import FactRow, FigureDetail, FigureInspectors, FigureSheet, FigureTrend
from palmcheck.planning.types import TaskKind

Quarter = Annotated[str | None, QueryParameter(description="such as 2026Q4; the running one by default")]
Kind = Annotated[TaskKind, QueryParameter(description="tasks of the plan by default; the others are counted apart")]


async def _place(session: AsyncSession, actor: Actor, asked: UUID | None) -> tuple[UUID, bool]:
    """The place asked about, and whether what lies below it is in its figures."""
    return await place_of(session, actor, "figures.read", asked), reads_down(actor, "figures.read")


class Metrics(Controller):
    """The figures (domain.md 5): counted anew from facts whenever they are asked for."""

    path = "/api/metrics/figures"
    tags = ("metrics",)

    @get("", operation_id="readFigures", guards=[may("figures.read")])
    async def sheet(
        self, tx: OpenTx, actor: SignedIn, quarter: Quarter = None, jurisdiction_id: AskedPlace = None
    ) -> FigureSheet:
        """Every figure of a jurisdiction; for joint office and auditor with the levels below in it."""
        place, below = await _place(tx.session, actor, jurisdiction_id)
        return await service.sheet(tx.session, place, quarter, below=below)

    @get("/{figure:str}", operation_id="readFigure", guards=[may("figures.read")])
    async def detail(
        self,
        tx: OpenTx,
        actor: SignedIn,
        figure: FigureKey,
        quarter: Quarter = None,
        jurisdiction_id: AskedPlace = None,
    ) -> FigureDetail:
        """One figure by department, by jurisdiction below, and by the kinds of task that are counted apart."""
        place, below = await _place(tx.session, actor, jurisdiction_id)
        return await service.detail(tx.session, place, figure, quarter, below=below)

    @get("/{figure:str}/trend", operation_id="readFigureTrend", guards=[may("figures.read")])
    async def trend(
        self,
        tx: OpenTx,
        actor: SignedIn,
        figure: FigureKey,
        quarter: Quarter = None,
        department_id: FromQuery[UUID | None] = None,
        jurisdiction_id: AskedPlace = None,
    ) -> FigureTrend:
        """The figure's last eight quarters, of the place or of one department."""
        place, below = await _place(tx.session, actor, jurisdiction_id)
        return await service.trend(tx.session, place, figure, quarter, department_id, below=below)

    @get(
        "/{figure:str}/departments/{department_id:uuid}/inspectors",
        operation_id="listFigureInspectors",
        guards=[may("figures.read")],
    )
    async def by_inspector(
        self,
        tx: OpenTx,
        actor: SignedIn,
        figure: FigureKey,
        department_id: PathId,
        quarter: Quarter = None,
        jurisdiction_id: AskedPlace = None,
    ) -> FigureInspectors:
        """The figure by the inspectors of one department. Two go together, so the lines do not add up."""
        place, _ = await _place(tx.session, actor, jurisdiction_id)
        return await inspectors(tx.session, place, figure, quarter, department_id)

    @get("/{figure:str}/rows", operation_id="listFigureRows", guards=[may("figures.read")])
    async def rows(
        self,
        tx: OpenTx,
        actor: SignedIn,
        figure: FigureKey,
        quarter: Quarter = None,
        department_id: FromQuery[UUID | None] = None,
        inspector_id: FromQuery[UUID | None] = None,
        kind: Kind = "planned",
        reason: FromQuery[Reason | None] = None,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[FactRow]:
        """The facts behind the figure, with why each counts as it does."""
        place, below = await _place(tx.session, actor, jurisdiction_id)
        asked = Asked(quarter, department_id, inspector_id, kind, reason)
        return await rows_behind(tx.session, place, figure, asked, cursor, below=below)

    @get(
        "/{figure:str}/rows/export",
        operation_id="exportFigureRows",
        guards=[may("figures.read")],
        media_type=files.XLSX,
    )
    async def export(
        self,
        tx: OpenTx,
        actor: SignedIn,
        figure: FigureKey,
        quarter: Quarter = None,
        department_id: FromQuery[UUID | None] = None,
        inspector_id: FromQuery[UUID | None] = None,
        kind: Kind = "planned",
        reason: FromQuery[Reason | None] = None,
        jurisdiction_id: AskedPlace = None,
    ) -> Response[bytes]:
        """The same rows as a workbook; beyond 100,000 it ends, and says so in its first line and its last."""
        place, below = await _place(tx.session, actor, jurisdiction_id)
        asked = Asked(quarter, department_id, inspector_id, kind, reason)
        page = await rows_behind(tx.session, place, figure, asked, below=below, size=files.MOST)
        content = await asyncio.to_thread(files.write, figure, page.items, more=page.next is not None)
        return files.download(figure, content)

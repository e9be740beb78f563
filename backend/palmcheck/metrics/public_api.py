"""The figures for everybody: counts with their definition, never a row (R19)."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.params import FromQuery, QueryParameter
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.permissions import anybody
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.web import OpenTx
from palmcheck.metrics import service
from palmcheck.metrics.places import public_place
from palmcheck.metrics.types import PublicFigure, PublicFigures
from palmcheck.public.api import answer, refusal
from palmcheck.public.examples import FIGURES, answered

Quarter = Annotated[str | None, QueryParameter(description="such as 2026Q4; the running one by default")]


class PublicFigurePages(Controller):
    """The figures that everybody may see."""

    path = "/api/public/figures"
    tags = ("public",)
    exception_handlers = {Exception: refusal}  # noqa: RUF012

    @get(
        "",
        operation_id="readPublicFigures",
        guards=[anybody()],
        responses={200: answered(PublicFigures, "Every figure of a quarter", FIGURES)},
    )
    async def read(
        self,
        request: Request[Any, Any, Any],
        tx: OpenTx,
        quarter: Quarter = None,
        jurisdiction_id: FromQuery[UUID | None] = None,
    ) -> Response[bytes]:
        """Every figure of a jurisdiction, those below in it. Answers 304 to an `If-None-Match` that still holds."""
        return answer(request, await public_figures(tx.session, jurisdiction_id, quarter))


async def public_figures(session: AsyncSession, jurisdiction_id: UUID | None, quarter: str | None) -> PublicFigures:
    """Every figure of a jurisdiction, or of the uppermost. Raises NotFound, QuarterInvalid."""
    place = await public_place(session, jurisdiction_id)
    sheet = await service.sheet(session, place, quarter, below=True)
    items = [
        PublicFigure(
            figure=each.figure,
            threshold=each.threshold,
            source=each.source,
            numerator=each.whole.numerator,
            denominator=each.whole.denominator,
            rate=each.whole.rate,
            reasons=each.whole.reasons,
        )
        for each in sheet.items
    ]
    return PublicFigures(law_date(sheet.as_of), sheet.quarter, sheet.place, sheet.levels_below, items)

"""Routes of the slice."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromQuery

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, place_of
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx
from palmcheck.metrics import service
from palmcheck.metrics.types import PalmRate, PalmRatePart


class Metrics(Controller):
    """The figures."""

    path = "/api/metrics"
    tags = ("metrics",)

    @get("/palm-rate", operation_id="readPalmRate", guards=[may("figures.read")])
    async def palm_rate(
        self,
        tx: OpenTx,
        actor: SignedIn,
        quarter: FromQuery[str | None] = None,
        jurisdiction_id: AskedPlace = None,
    ) -> PalmRate:
        """The palm-enforcement rate (掌上执法率) of the county and of each department; this quarter by default."""
        where = await place_of(tx.session, actor, "figures.read", jurisdiction_id)
        return await service.palm_rate(tx.session, where, quarter)

    @get("/palm-rate/parts", operation_id="listPalmRateParts", guards=[may("figures.read")])
    async def palm_rate_parts(
        self,
        tx: OpenTx,
        actor: SignedIn,
        quarter: FromQuery[str | None] = None,
        department_id: FromQuery[UUID | None] = None,
        jurisdiction_id: AskedPlace = None,
    ) -> Page[PalmRatePart]:
        """The department parts behind the figure."""
        where = await place_of(tx.session, actor, "figures.read", jurisdiction_id)
        return Page(await service.palm_rate_parts(tx.session, where, quarter, department_id), None)

"""Routes of the slice."""

from uuid import UUID

from litestar import Controller, get
from litestar.params import FromQuery

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx
from palmcheck.metrics import service
from palmcheck.metrics.types import PalmRate, PalmRatePart


class Metrics(Controller):
    """The figures."""

    path = "/api/metrics"
    tags = ("metrics",)

    @get("/palm-rate", operation_id="readPalmRate", guards=[may("figures.read")])
    async def palm_rate(self, tx: OpenTx, actor: SignedIn, quarter: FromQuery[str | None] = None) -> PalmRate:
        """The palm-enforcement rate (掌上执法率) of the county and of each department; this quarter by default."""
        return await service.palm_rate(tx.session, actor, quarter)

    @get("/palm-rate/parts", operation_id="listPalmRateParts", guards=[may("figures.read")])
    async def palm_rate_parts(
        self,
        tx: OpenTx,
        actor: SignedIn,
        quarter: FromQuery[str | None] = None,
        department_id: FromQuery[UUID | None] = None,
    ) -> Page[PalmRatePart]:
        """The department parts behind the figure."""
        return Page(await service.palm_rate_parts(tx.session, actor, quarter, department_id), None)

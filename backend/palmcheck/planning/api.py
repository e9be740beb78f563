"""Routes of the slice."""

from litestar import Controller, get

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, place_of
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx
from palmcheck.planning import service
from palmcheck.planning.types import PlanTaskView


class PlanTasks(Controller):
    """Tasks of the annual plan."""

    path = "/api/planning/tasks"
    tags = ("planning",)

    @get("", operation_id="listPlanTasks", guards=[may("plan.read")])
    async def list(self, tx: OpenTx, actor: SignedIn, jurisdiction_id: AskedPlace = None) -> Page[PlanTaskView]:
        """The tasks of the jurisdiction's plans, by number."""
        where = await place_of(tx.session, actor, "plan.read", jurisdiction_id)
        return Page(await service.tasks(tx.session, where), None)

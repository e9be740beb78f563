"""Routes of the slice."""

from litestar import Controller, get

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx
from palmcheck.planning import service
from palmcheck.planning.types import PlanTaskView


class PlanTasks(Controller):
    """Tasks of the annual plan."""

    path = "/api/planning/tasks"
    tags = ("planning",)

    @get("", operation_id="listPlanTasks", guards=[may("plan.read")])
    async def list(self, tx: OpenTx, actor: SignedIn) -> Page[PlanTaskView]:
        """The tasks of the jurisdiction's plans, by number."""
        return Page(await service.tasks(tx.session, actor.jurisdiction_id), None)

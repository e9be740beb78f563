"""Routes of the slice."""

from litestar import Controller, get

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import may
from palmcheck.kernel.paging import Page
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service
from palmcheck.planning.types import PlanTaskView


class PlanTasks(Controller):
    """Tasks of the annual plan."""

    path = "/api/planning/tasks"
    tags = ("planning",)

    @get("", operation_id="listPlanTasks", guards=[may("plan.read")])
    async def list(self, tx: Tx, actor: Actor) -> Page[PlanTaskView]:
        """The tasks of the jurisdiction's plans, by number."""
        return Page(await service.tasks(tx.session, actor.jurisdiction_id), None)

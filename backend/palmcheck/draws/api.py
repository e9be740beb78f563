"""Routes of the slice."""

from uuid import UUID

from litestar import Controller, get, post, put

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import may
from palmcheck.draws import freezing, service, views
from palmcheck.draws.types import DrawView, FreezeDraw
from palmcheck.kernel.unit_of_work import Tx


class Draws(Controller):
    """The draw of a task: freeze, draw, issue."""

    path = "/api/draws"
    tags = ("draws",)

    @put("/{id:uuid}", operation_id="freezeDraw", guards=[may("draw.run")])
    async def freeze(self, tx: Tx, actor: Actor, id: UUID, data: FreezeDraw) -> DrawView:
        """Freeze the pools of a task and commit to the server's secret (R4); a repeat answers the same draw."""
        return await views.draw_view(tx.session, await freezing.freeze_draw(tx, actor, id, data))

    @post("/{id:uuid}/run", operation_id="runDraw", status_code=200, guards=[may("draw.run")])
    async def run(self, tx: Tx, actor: Actor, id: UUID) -> DrawView:
        """Draw targets and inspectors by machine (R4, R5); a repeat answers the same result."""
        return await views.draw_view(tx.session, await service.run_draw(tx, actor, id))

    @post("/{id:uuid}/issue", operation_id="issueDraw", status_code=200, guards=[may("draw.run")])
    async def issue(self, tx: Tx, actor: Actor, id: UUID) -> DrawView:
        """Confirm and issue the list; the inspections follow at once; a repeat answers the same."""
        return await views.draw_view(tx.session, await service.issue_draw(tx, actor, id))

    @get("/{id:uuid}", operation_id="readDraw", guards=[may("draw.read")])
    async def read(self, tx: Tx, actor: Actor, id: UUID) -> DrawView:
        """One draw of the own jurisdiction."""
        return await views.read_draw(tx.session, actor.jurisdiction_id, id)

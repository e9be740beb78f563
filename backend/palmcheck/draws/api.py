"""Routes of the slice."""

from litestar import Controller, get, post, put
from litestar.params import JSONBody

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import home_of
from palmcheck.draws import freezing, service, views
from palmcheck.draws.models import Draw
from palmcheck.draws.types import DrawView, FreezeDraw
from palmcheck.kernel.web import OpenTx, PathId


class Draws(Controller):
    """The draw of a task: freeze, draw, issue."""

    path = "/api/draws"
    tags = ("draws",)

    @put("/{id:uuid}", operation_id="freezeDraw", guards=[may("draw.run")])
    async def freeze(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[FreezeDraw]) -> DrawView:
        """Freeze the pools of a task and commit to the server's secret (R4); a repeat answers the same draw."""
        return await views.draw_view(tx.session, await freezing.freeze_draw(tx, actor, id, data))

    @post("/{id:uuid}/run", operation_id="runDraw", status_code=200, guards=[may("draw.run")])
    async def run(self, tx: OpenTx, actor: SignedIn, id: PathId) -> DrawView:
        """Draw targets and inspectors by machine (R4, R5); a repeat answers the same result."""
        return await views.draw_view(tx.session, await service.run_draw(tx, actor, id))

    @post("/{id:uuid}/issue", operation_id="issueDraw", status_code=200, guards=[may("draw.run")])
    async def issue(self, tx: OpenTx, actor: SignedIn, id: PathId) -> DrawView:
        """Confirm and issue the list; the inspections follow at once; a repeat answers the same."""
        return await views.draw_view(tx.session, await service.issue_draw(tx, actor, id))

    @get("/{id:uuid}", operation_id="readDraw", guards=[may("draw.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> DrawView:
        """One draw of the own jurisdiction, or of one below for those who read down."""
        return await views.read_draw(tx.session, await home_of(tx.session, actor, "draw.read", Draw, id), id)

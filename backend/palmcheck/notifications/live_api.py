"""The route that screens follow."""

from typing import Annotated, Any, cast

from litestar import Controller, Request, Response, get
from litestar.datastructures import State
from litestar.params import QueryParameter
from litestar.response import Stream

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.sessions import COOKIE
from palmcheck.notifications.live import follow, news_since, position_of
from palmcheck.notifications.types import LiveNews

EVENTS = "text/event-stream"
UNKEPT = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Live(Controller):
    """What changes while somebody looks."""

    path = "/api/live"
    tags = ("notifications",)

    @get("", operation_id="followChanges", guards=[may("self.read")])
    async def follow(
        self,
        request: Request[Actor, Any, State],
        actor: SignedIn,
        state: State,
        after: Annotated[int | None, QueryParameter(ge=0, le=10**18, description="`position` of the last news")] = None,
    ) -> Response[LiveNews]:
        """What the caller's screens show and what changed since `after`, as topics; the rows are asked for elsewhere.

        With `Accept: text/event-stream` the answer stays open: an event `changed` whose data are the topics, at most
        one a second, whose id is the position. It resumes by `Last-Event-ID`, after a cut and after a restart.
        """
        engine, at = state.database.engine, position_of(request.headers.get("last-event-id"), after)
        token = request.cookies.get(COOKIE)
        if token is None or EVENTS not in request.headers.get("accept", ""):
            return Response(await news_since(engine, actor, at), headers=UNKEPT)
        stream = follow(engine, state.trail_heads, actor, token, at)
        return cast("Response[LiveNews]", Stream(stream, media_type=EVENTS, headers=UNKEPT))

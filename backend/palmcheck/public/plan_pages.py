"""Public pages of plans: the plans, one with its tasks, one task's scheme (R10)."""

from typing import Any

from litestar import Controller, Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from palmcheck.accounts.permissions import anybody
from palmcheck.catalogue import service as catalogue
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.web import OpenTx
from palmcheck.planning.public_views import public_plan, public_plans, public_task
from palmcheck.public.pages import READ, error_page, id_in, page
from palmcheck.public.reader import reading_language
from palmcheck.public.remembering import REMEMBERED
from palmcheck.publication import service
from palmcheck.publication.public_counts import task_progress
from palmcheck.publication.types import RecordFilter


class PlanPages(Controller):
    """Pages about what is going to be inspected, and how."""

    path = "/plans"
    include_in_schema = False
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: error_page}  # noqa: RUF012

    @HTTPRouteHandler("/", http_method=READ, guards=[anybody()])
    async def plans(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """Published plans."""
        return page(request, "plans.html.jinja", plans=await public_plans(tx.session))

    @HTTPRouteHandler("/{id:str}", http_method=READ, guards=[anybody()])
    async def plan(self, request: Request[Any, Any, Any], tx: OpenTx, id: FromPath[str]) -> Response[bytes]:
        """One plan with its tasks."""
        return page(request, "plan.html.jinja", found=await public_plan(tx.session, id_in(id)))

    @HTTPRouteHandler("/tasks/{id:str}", http_method=READ, guards=[anybody()])
    async def task(self, request: Request[Any, Any, Any], tx: OpenTx, id: FromPath[str]) -> Response[bytes]:
        """One task: its scheme, how far it is in numbers, its newest records."""
        wanted = id_in(id)
        found = await public_task(tx.session, wanted)
        item_ids = [item for share in found.shares for item in share.check_item_ids]
        narrowed = RecordFilter(plan_task_id=wanted)
        return page(
            request,
            "task.html.jinja",
            found=found,
            items=await catalogue.check_items(tx.session, found.plan.jurisdiction.id, item_ids),
            progress=await task_progress(tx.session, wanted, law_date(now())),
            records=await service.search_records(tx.session, narrowed, None, reading_language(request), size=10),
        )

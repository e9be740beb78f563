"""The public page of the figures; what it shows is what the public API answers."""

from typing import Any

from litestar import Controller, Request, Response
from litestar.handlers import HTTPRouteHandler

from palmcheck.accounts.permissions import anybody
from palmcheck.kernel.web import OpenTx
from palmcheck.metrics.public_api import public_figures
from palmcheck.public.pages import READ, error_page, page
from palmcheck.public.remembering import REMEMBERED


class PublicFigurePage(Controller):
    """`/figures`."""

    path = "/figures"
    include_in_schema = False
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: error_page}  # noqa: RUF012

    @HTTPRouteHandler("/", http_method=READ, guards=[anybody()])
    async def figures(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """Every figure of the uppermost jurisdiction, those below in it."""
        found = await public_figures(tx.session, None, request.query_params.get("quarter"))
        return page(request, "figures.html.jinja", found=found)

"""`/s/CODE`: who comes and by what task, for the enterprise on its own phone (R25)."""

from typing import Any

from litestar import Controller, HttpMethod, Request, Response
from litestar.datastructures import State
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from palmcheck.accounts.permissions import anybody
from palmcheck.field.show_codes import read_show_code
from palmcheck.field.showing import shown_inspection
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.web import OpenTx
from palmcheck.public.pages import PAGE_HEADERS, error_page
from palmcheck.public.reader import reader_of
from palmcheck.public.rendering import render

READ = (HttpMethod.GET, HttpMethod.HEAD)
FOR_THE_HOLDER: dict[str, str] = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
"""Who holds the code reads it; nothing on the way keeps it (R19)."""


class ShowPages(Controller):
    """The page behind an inspector's show-code."""

    path = "/s"
    include_in_schema = False
    exception_handlers = {Exception: error_page}  # noqa: RUF012

    @HTTPRouteHandler("/{code:str}", http_method=READ, guards=[anybody()])
    async def show(
        self, request: Request[Any, Any, Any], tx: OpenTx, state: State, code: FromPath[str]
    ) -> Response[bytes]:
        """Officers with certificate numbers, items and law; that the code ran out, or that none was given."""
        said = read_show_code(state.show_key, code)
        if said is None:
            raise NotFound(field="code")
        reader = reader_of(request)
        over = law_date(now()) > said.last_day
        shown = None if over else await shown_inspection(tx.session, said)
        body = render("show.html.jinja", reader, shown=shown, last_day=said.last_day)
        headers = {**PAGE_HEADERS, **FOR_THE_HOLDER, "Content-Language": reader.language}
        return Response(body, status_code=410 if over else 200, media_type="text/html", headers=headers)

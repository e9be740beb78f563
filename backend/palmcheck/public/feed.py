"""The newest records as an Atom feed (RFC 4287), narrowed like the search."""

from typing import Any

from litestar import Controller, Request, Response
from litestar.handlers import HTTPRouteHandler

from palmcheck.accounts.permissions import anybody
from palmcheck.kernel.web import OpenTx
from palmcheck.public.answering import public_response
from palmcheck.public.narrowing import as_query, narrowed
from palmcheck.public.pages import PAGE_HEADERS, READ, error_page
from palmcheck.public.reader import reader_of
from palmcheck.public.remembering import REMEMBERED
from palmcheck.public.rendering import render
from palmcheck.publication import service

ATOM = "application/atom+xml"


class PublicFeed(Controller):
    """What a feed reader subscribes to."""

    path = "/feed.atom"
    include_in_schema = False
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: error_page}  # noqa: RUF012

    @HTTPRouteHandler("/", http_method=READ, guards=[anybody()])
    async def feed(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """The newest fifty records of a search."""
        reader, wanted = reader_of(request), narrowed(request)
        found = await service.search_records(tx.session, wanted, None, reader.language)
        base = str(request.base_url).rstrip("/")
        body = render("feed.atom.jinja", reader, found=found, base=base, wanted=as_query(wanted))
        return public_response(request, body, ATOM, {**PAGE_HEADERS, "Content-Language": reader.language})

"""The page and the paper that the inspected party gets by its code (R29): for it alone, for a time, in no index."""

import asyncio
from collections.abc import Mapping
from typing import Any

from litestar import Controller, HttpMethod, MediaType, Request, Response
from litestar.exceptions import TooManyRequestsException
from litestar.handlers import HTTPRouteHandler
from litestar.middleware.rate_limit import RateLimitConfig

from palmcheck.accounts.permissions import anybody
from palmcheck.catalogue.result_codes import is_result_code, result_sentence
from palmcheck.inspections.party_results import PartyResult, party_result
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.kernel.web import handle_any
from palmcheck.public.pages import PAGE_HEADERS, READ
from palmcheck.public.party_pdf import font_path, party_pdf
from palmcheck.public.reader import Reader, reader_of
from palmcheck.public.rendering import render

PRIVATE: Mapping[str, str] = {
    **PAGE_HEADERS,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
READS_A_MINUTE, PAPERS_A_MINUTE = 60, 10
"""By one address; a code has 128 random bits, so this only spares the machine."""


def _page(request: Request[Any, Any, Any], template: str, status: int = 200, **shown: object) -> Response[bytes]:
    reader = reader_of(request)
    headers = {**PRIVATE, "Content-Language": reader.language}
    return Response(render(template, reader, **shown), status_code=status, media_type=MediaType.HTML, headers=headers)


def _refusal(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """Too many reads, or something broke: a page either way, never a stack."""
    if isinstance(error, TooManyRequestsException):
        return _page(request, "party_wait.html.jinja", 429, said="busy")
    return _page(request, "party_wait.html.jinja", handle_any(request, error).status_code or 500, said="broken")


def sentence(result: PartyResult, reader: Reader) -> str:
    """The fixed sentence of the result."""
    return result_sentence(result.result_code if is_result_code(result.result_code) else "other", reader.language)


class PartyPages(Controller):
    """What the party reads on its own phone."""

    path = "/p"
    include_in_schema = False
    exception_handlers = {Exception: _refusal}  # noqa: RUF012

    @HTTPRouteHandler(
        "/{code:str}",
        http_method=READ,
        guards=[anybody()],
        middleware=[RateLimitConfig(rate_limit=("minute", READS_A_MINUTE)).middleware],
    )
    async def page(self, request: Request[Any, Any, Any], tx: Tx, code: str) -> Response[bytes]:
        """The result, or "not yet arrived": the same page whether the code is unknown, early, disputed or over."""
        result = await party_result(tx.session, code)
        if result is None:
            return _page(request, "party_wait.html.jinja", 404, said="waiting")
        said = sentence(result, reader_of(request))
        return _page(request, "party.html.jinja", result=result, outcome=said, paper=font_path() is not None)

    @HTTPRouteHandler(
        "/{code:str}/pdf",
        http_method=[HttpMethod.GET],
        guards=[anybody()],
        middleware=[RateLimitConfig(rate_limit=("minute", PAPERS_A_MINUTE)).middleware],
    )
    async def paper(self, request: Request[Any, Any, Any], tx: Tx, code: str) -> Response[bytes]:
        """The same as PDF, to keep and to print."""
        result, font = await party_result(tx.session, code), font_path()
        if result is None or font is None:
            return _page(request, "party_wait.html.jinja", 404, said="waiting")
        reader = reader_of(request)
        made = await asyncio.to_thread(party_pdf, result, sentence(result, reader), reader.language, font)
        headers = {**PRIVATE, "Content-Disposition": 'inline; filename="palmcheck-result.pdf"'}
        return Response(made, media_type="application/pdf", headers=headers)

"""The public pages: server-rendered, without a script, under a policy that would not run one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Controller, HttpMethod, MediaType, Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from palmcheck.accounts.permissions import anybody
from palmcheck.followup.public_handling import handling_of
from palmcheck.kernel.grams import normal
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.web import OpenTx, handle_any
from palmcheck.public.answering import public_response
from palmcheck.public.narrowing import as_query, choices, narrowed
from palmcheck.public.reader import reader_of
from palmcheck.public.remembering import REMEMBERED
from palmcheck.public.rendering import render
from palmcheck.public.stylesheet import stylesheet, stylesheet_version
from palmcheck.publication import service
from palmcheck.publication.problems import RecordGone
from palmcheck.publication.public_photos import read_public_photo

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Language",
}
PHOTO_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOREVER = "public, max-age=31536000, immutable"
READ = (HttpMethod.GET, HttpMethod.HEAD)
ERROR_TEXTS: Mapping[int | None, str] = {400: "bad_address", 404: "not_found", 410: "gone"}


def page(request: Request[Any, Any, Any], template: str, **shown: object) -> Response[bytes]:
    """A page in the reader's language, with its headers."""
    reader = reader_of(request)
    body = render(template, reader, **shown)
    return public_response(request, body, MediaType.HTML, {**PAGE_HEADERS, "Content-Language": reader.language})


def error_page(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """What went wrong, in plain words, and the way on; logged like any other error."""
    status = handle_any(request, error).status_code
    reader = reader_of(request)
    gone = error.params if isinstance(error, RecordGone) else None
    body = render("error.html.jinja", reader, said=ERROR_TEXTS.get(status, "broken"), gone=gone)
    headers = {**PAGE_HEADERS, "Content-Language": reader.language, "Cache-Control": "no-store"}
    return Response(body, status_code=status, media_type=MediaType.HTML, headers=headers)


def id_in(address: str) -> UUID:
    """The id in an address; one that lost a character is as good as unknown. Raises NotFound."""
    try:
        return UUID(address)
    except ValueError:
        raise NotFound(field="id") from None


class PublicPages(Controller):
    """Pages that anybody may read."""

    path = "/"
    include_in_schema = False
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: error_page}  # noqa: RUF012

    @HTTPRouteHandler("/", http_method=READ, guards=[anybody()])
    async def search(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """The newest records, or those found."""
        wanted, cursor = narrowed(request), request.query_params.get("cursor")
        found = await service.search_records(tx.session, wanted, cursor, reader_of(request).language)
        return page(
            request,
            "search.html.jinja",
            wanted=as_query(wanted),
            cursor=cursor,
            found=found,
            one_character=len(normal(wanted.q)) == 1,
            places=await choices(tx.session),
        )

    @HTTPRouteHandler("/records/{id:str}", http_method=READ, guards=[anybody()])
    async def record(self, request: Request[Any, Any, Any], tx: OpenTx, id: FromPath[str]) -> Response[bytes]:
        """One record; an address that lost a character gets the same page as an unknown one."""
        found = await service.read_record_page(tx.session, id_in(id), reader_of(request).language)
        handling = await handling_of(tx.session, found.part_id)
        return page(request, "record.html.jinja", shown=found, record=found.record, handling=handling)

    @HTTPRouteHandler("/records/{id:str}/photos/{photo:str}", http_method=READ, guards=[anybody()])
    async def photo(
        self, request: Request[Any, Any, Any], tx: OpenTx, id: FromPath[str], photo: FromPath[str]
    ) -> Response[bytes]:
        """A photo of a record: the blurred copy that a second person has released, and no other."""
        content = await read_public_photo(tx.session, tx.store, id_in(id), id_in(photo))
        body = b"".join([piece async for piece in content])
        return public_response(request, body, "image/jpeg", PHOTO_HEADERS)

    @HTTPRouteHandler("/public/style.css", http_method=READ, guards=[anybody()])
    async def style(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """Tokens and style; kept for good under the address that the pages name."""
        kept = {"Cache-Control": FOREVER} if request.query_params.get("v") == stylesheet_version() else {}
        return public_response(request, stylesheet(), MediaType.CSS, kept)

    @HTTPRouteHandler("/{path:path}", http_method=READ, guards=[anybody()])
    async def elsewhere(self, path: FromPath[str]) -> Response[bytes]:
        """Any other address of the site. Raises NotFound, which is a page."""
        raise NotFound(field=path)

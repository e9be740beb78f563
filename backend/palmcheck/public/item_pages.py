"""The public pages of the catalogue: the list of items, one item, the forms and their paper copies."""

from typing import Any

from litestar import Controller, Request, Response
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from palmcheck.accounts.permissions import anybody
from palmcheck.catalogue.item_files import public_item_book
from palmcheck.catalogue.item_views import MOST
from palmcheck.catalogue.numbering import numbers_of
from palmcheck.catalogue.public_views import public_checklist, public_checklists, public_item, public_items
from palmcheck.kernel.web import OpenTx
from palmcheck.public.answering import public_response
from palmcheck.public.pages import READ, error_page, id_in, page
from palmcheck.public.reader import searched
from palmcheck.public.remembering import REMEMBERED

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PublicItemPages(Controller):
    """Pages about what may be checked, and by which form (R10, R24)."""

    path = "/"
    include_in_schema = False
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: error_page}  # noqa: RUF012

    @HTTPRouteHandler("/items", http_method=READ, guards=[anybody()])
    async def items(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """The public list of items that may be checked."""
        q, cursor = searched(request), request.query_params.get("cursor")
        return page(request, "items.html.jinja", q=q, cursor=cursor, found=await public_items(tx.session, q, cursor))

    @HTTPRouteHandler("/items.xlsx", http_method=READ, guards=[anybody()])
    async def item_file(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """The same list as a spreadsheet, whole."""
        found = await public_items(tx.session, searched(request), None, MOST)
        headers = {"Content-Disposition": 'attachment; filename="items.xlsx"'}
        return public_response(request, public_item_book(found.items), XLSX, headers)

    @HTTPRouteHandler("/items/{id:str}", http_method=READ, guards=[anybody()])
    async def item(self, request: Request[Any, Any, Any], tx: OpenTx, id: FromPath[str]) -> Response[bytes]:
        """One item, and what it said before."""
        return page(request, "item.html.jinja", detail=await public_item(tx.session, id_in(id)))

    @HTTPRouteHandler("/checklists", http_method=READ, guards=[anybody()])
    async def checklists(self, request: Request[Any, Any, Any], tx: OpenTx) -> Response[bytes]:
        """The forms in force."""
        q, cursor = searched(request), request.query_params.get("cursor")
        found = await public_checklists(tx.session, q, cursor)
        return page(request, "checklists.html.jinja", q=q, cursor=cursor, found=found)

    @HTTPRouteHandler("/checklists/{id:str}", http_method=READ, guards=[anybody()])
    async def checklist(self, request: Request[Any, Any, Any], tx: OpenTx, id: FromPath[str]) -> Response[bytes]:
        """One form as a sheet of paper that can be printed and filled in by hand (S4)."""
        found = await public_checklist(tx.session, id_in(id))
        questions = {question.key: question for question in found.content.questions}
        numbers = numbers_of(found.content)
        return page(request, "checklist.html.jinja", found=found, numbers=numbers, questions=questions)

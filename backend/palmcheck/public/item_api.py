"""The public JSON API of the catalogue: items that may be checked, and the forms."""

from typing import Annotated, Any

from litestar import Controller, Request, Response, get
from litestar.params import FromQuery, QueryParameter

from palmcheck.accounts.permissions import anybody
from palmcheck.catalogue.public_types import PublicChecklist, PublicChecklistRow, PublicItem, PublicItemDetail
from palmcheck.catalogue.public_views import public_checklist, public_checklists, public_item, public_items
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId
from palmcheck.public.api import answer, refusal
from palmcheck.public.examples import CHECKLIST, CHECKLIST_ROW, ITEM, ITEM_DETAIL, answered, page_with
from palmcheck.public.reader import LONGEST_QUERY, searched
from palmcheck.public.remembering import REMEMBERED

Words = Annotated[
    str | None, QueryParameter(name="q", max_length=LONGEST_QUERY, description="part of code, name or basis")
]


class PublicItems(Controller):
    """Items that may be checked (R10, R24)."""

    path = "/api/public/items"
    tags = ("public",)
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: refusal}  # noqa: RUF012

    @get(
        "",
        operation_id="searchPublicItems",
        guards=[anybody()],
        responses={200: answered(Page[PublicItem], "Items by place and code", page_with(ITEM))},
    )
    async def search(
        self,
        request: Request[Any, Any, Any],
        tx: OpenTx,
        q: Words = None,
        cursor: FromQuery[str | None] = None,
    ) -> Response[bytes]:
        """The public lists of items, by place and code. Answers 304 to an `If-None-Match` that still holds."""
        del q  # described for the document; read without characters that no name holds
        return answer(request, await public_items(tx.session, searched(request), cursor))

    @get(
        "/{id:uuid}",
        operation_id="readPublicItem",
        guards=[anybody()],
        responses={200: answered(PublicItemDetail, "The item, its versions", ITEM_DETAIL)},
    )
    async def read(self, request: Request[Any, Any, Any], tx: OpenTx, id: PathId) -> Response[bytes]:
        """One item with what each version changed; retired ones stay readable."""
        return answer(request, await public_item(tx.session, id))


class PublicChecklists(Controller):
    """The forms that are filled in for items (检查结果表)."""

    path = "/api/public/checklists"
    tags = ("public",)
    opt = {REMEMBERED: True}  # noqa: RUF012
    exception_handlers = {Exception: refusal}  # noqa: RUF012

    @get(
        "",
        operation_id="searchPublicChecklists",
        guards=[anybody()],
        responses={200: answered(Page[PublicChecklistRow], "The newest of each code", page_with(CHECKLIST_ROW))},
    )
    async def search(
        self,
        request: Request[Any, Any, Any],
        tx: OpenTx,
        q: Words = None,
        cursor: FromQuery[str | None] = None,
    ) -> Response[bytes]:
        """The newest version of each form, by place and code. Answers 304 to an `If-None-Match` that still holds."""
        del q  # described for the document; read without characters that no name holds
        return answer(request, await public_checklists(tx.session, searched(request), cursor))

    @get(
        "/{id:uuid}",
        operation_id="readPublicChecklist",
        guards=[anybody()],
        responses={200: answered(PublicChecklist, "The form, its versions", CHECKLIST)},
    )
    async def read(self, request: Request[Any, Any, Any], tx: OpenTx, id: PathId) -> Response[bytes]:
        """One version of a form, whole."""
        return answer(request, await public_checklist(tx.session, id))

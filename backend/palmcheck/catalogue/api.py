"""Routes of the slice: items, claims, implementation items."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.params import FromQuery, HeaderParameter, JSONBody, QueryParameter, RawBody

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.named_history import NamedEntry, with_names
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import place_of
from palmcheck.catalogue import claiming, editing, implementing, item_views, missing_items
from palmcheck.catalogue.item_files import MOST_BYTES, item_book
from palmcheck.catalogue.item_import import import_items
from palmcheck.catalogue.item_views import MOST, ItemQuery
from palmcheck.catalogue.types import (
    AmendItem,
    AnswerMissing,
    BreakDown,
    ClaimBoard,
    ClaimItem,
    ClaimStanding,
    DrawUp,
    GiveReason,
    ImplementationState,
    ImplementationView,
    ItemClass,
    ItemDetail,
    ItemFileReport,
    ItemRow,
    ItemSort,
    ItemStanding,
    MissingItemView,
    ReportMissing,
    SaveItem,
)
from palmcheck.jurisdictions.versions import etag
from palmcheck.kernel.paging import Page
from palmcheck.kernel.trail import history_of
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.kernel.web import OpenTx, PathId

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="the ETag that the editor saw")]
Words = Annotated[str | None, QueryParameter(name="q", max_length=100, description="part of code, name, area or basis")]
Where = Annotated[UUID | None, QueryParameter(description="a jurisdiction below, for those who read down")]
FileName = Annotated[str, QueryParameter(max_length=200, description="named in the reason of each amendment")]


class CheckItems(Controller):
    """The list of items that may be checked (随机抽查事项清单)."""

    path = "/api/catalogue/items"
    tags = ("catalogue",)

    @get("", operation_id="listCheckItems", guards=[may("catalogue.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        item_class: FromQuery[ItemClass | None] = None,
        department_id: FromQuery[UUID | None] = None,
        standing: FromQuery[ItemStanding | None] = None,
        joint: FromQuery[bool | None] = None,
        sort: FromQuery[ItemSort | None] = None,
        jurisdiction_id: Where = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ItemRow]:
        """Items by code unless asked otherwise, retired ones among them."""
        query = ItemQuery(q, item_class, department_id, standing, joint, sort)
        where = await place_of(tx.session, actor, "catalogue.read", jurisdiction_id)
        return await item_views.list_items(tx.session, where, query, cursor)

    @get("/export.xlsx", operation_id="exportCheckItems", guards=[may("catalogue.read")], media_type=XLSX)
    async def export(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        item_class: FromQuery[ItemClass | None] = None,
        department_id: FromQuery[UUID | None] = None,
        standing: FromQuery[ItemStanding | None] = None,
        joint: FromQuery[bool | None] = None,
        jurisdiction_id: Where = None,
    ) -> Response[bytes]:
        """The same list as a spreadsheet, which can be read in again."""
        query = ItemQuery(q, item_class, department_id, standing, joint)
        where = await place_of(tx.session, actor, "catalogue.read", jurisdiction_id)
        page = await item_views.list_items(tx.session, where, query, size=MOST)
        said = await item_views.contents(tx.session, where)
        body = item_book([(row, said[row.id]) for row in page.items])
        return Response(body, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="items.xlsx"'})

    @post(
        "/files",
        operation_id="importCheckItems",
        status_code=200,
        guards=[may("catalogue.edit")],
        request_max_body_size=MOST_BYTES,
        media_type="application/json",
    )
    async def import_file(
        self, tx: OpenTx, actor: SignedIn, body: RawBody, filename: FileName = "items.xlsx"
    ) -> ItemFileReport:
        """Take an XLSX in: good lines are listed or amended, bad ones reported; the same file again changes nothing."""
        return await import_items(tx, actor, bytes(body), filename)

    @get("/{id:uuid}", operation_id="readCheckItem", guards=[may("catalogue.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Response[ItemDetail]:
        """One item with its versions and what the departments make of it."""
        return await _item(tx, actor, id)

    @put("/{id:uuid}", operation_id="listCheckItem", guards=[may("catalogue.edit")])
    async def enter(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SaveItem]) -> Response[ItemDetail]:
        """Put a new item on the public list; a repeat answers the same."""
        await editing.enter_item(tx, actor, id, data)
        return await _item(tx, actor, id)

    @post("/{id:uuid}/versions", operation_id="amendCheckItem", status_code=200, guards=[may("catalogue.edit")])
    async def amend(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[AmendItem], if_match: IfMatch = None
    ) -> Response[ItemDetail]:
        """Amend an item as a new version, with a reason; the old versions stay readable."""
        await editing.amend_item(tx, actor, id, data, if_match)
        return await _item(tx, actor, id)

    @post("/{id:uuid}/retirement", operation_id="retireCheckItem", status_code=200, guards=[may("catalogue.edit")])
    async def retire(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[GiveReason]) -> Response[ItemDetail]:
        """Take an item off the public list, with a reason; a repeat answers the same."""
        await editing.retire_item(tx, actor, id, data.reason)
        return await _item(tx, actor, id)

    @post(
        "/{id:uuid}/reinstatement",
        operation_id="reinstateCheckItem",
        status_code=200,
        guards=[may("catalogue.edit")],
    )
    async def reinstate(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[GiveReason]
    ) -> Response[ItemDetail]:
        """Put a retired item back on the public list, with a reason; a repeat answers the same."""
        await editing.reinstate_item(tx, actor, id, data.reason)
        return await _item(tx, actor, id)

    @get("/{id:uuid}/history", operation_id="listCheckItemHistory", guards=[may("catalogue.read")])
    async def history(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[NamedEntry]:
        """What happened to an item, from the trail, newest first."""
        row = await item_views.readable_item(tx.session, actor, id)
        return await with_names(
            tx.session, await history_of(tx.session, row.jurisdiction_id, "check_item_id", id, cursor)
        )


class Claims(Controller):
    """The level above's items, claimed here; what its list lacks, reported upward."""

    path = "/api/catalogue"
    tags = ("catalogue",)

    @get("/upper-items", operation_id="listUpperItems", guards=[may("catalogue.read")])
    async def board(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        standing: FromQuery[ClaimStanding | None] = None,
        cursor: FromQuery[str | None] = None,
    ) -> ClaimBoard:
        """The level above's listed items, with the own ones that claim them, counted."""
        return await claiming.claim_board(tx.session, actor, q, standing, cursor)

    @put("/upper-items/{id:uuid}/claim", operation_id="claimCheckItem", guards=[may("catalogue.edit")])
    async def claim(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[ClaimItem]) -> Response[ItemDetail]:
        """Claim an item of the level above for a department here; a repeat answers the same."""
        row = await claiming.claim(tx, actor, id, data)
        return await _item(tx, actor, row.id)

    @get("/missing-items", operation_id="listMissingItems", guards=[may("catalogue.read")])
    async def missing(self, tx: OpenTx, actor: SignedIn) -> Page[MissingItemView]:
        """Reports sent upward from here, and those that came from below."""
        return Page(await missing_items.missing_items(tx.session, actor), None)

    @put("/missing-items/{id:uuid}", operation_id="reportMissingItem", guards=[may("catalogue.edit")])
    async def report(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[ReportMissing]) -> MissingItemView:
        """Report upward that the list above lacks an item; a repeat answers the same."""
        return await missing_items.missing_view(
            tx.session, actor, await missing_items.report_missing(tx, actor, id, data)
        )

    @put("/missing-items/{id:uuid}/answer", operation_id="answerMissingItem", guards=[may("catalogue.answer")])
    async def answer(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[AnswerMissing]) -> MissingItemView:
        """Answer a report from below."""
        return await missing_items.missing_view(
            tx.session, actor, await missing_items.answer_missing(tx, actor, id, data)
        )


class ImplementationItems(Controller):
    """What the departments make of the items (检查实施清单)."""

    path = "/api/catalogue/implementation-items"
    tags = ("catalogue",)

    @get("", operation_id="listImplementationItems", guards=[may("catalogue.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        department_id: FromQuery[UUID | None] = None,
        standing: Annotated[ImplementationState | None, QueryParameter(name="state")] = None,
        jurisdiction_id: Where = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ImplementationView]:
        """Implementation items by the item's code."""
        where = await place_of(tx.session, actor, "catalogue.read", jurisdiction_id)
        return await implementing.list_implementations(tx.session, where, department_id, standing, cursor)

    @put("/{id:uuid}", operation_id="drawUpImplementationItem", guards=[may("catalogue.edit")])
    async def draw_up(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[DrawUp], if_match: IfMatch = None
    ) -> Response[ImplementationView]:
        """Draw up what a department makes of an item, or change it; a change must be found compliant anew."""
        await implementing.draw_up(tx, actor, id, data, if_match)
        return await _implementation(tx, actor, id)

    @put("/{id:uuid}/unit", operation_id="breakDownImplementationItem", guards=[may("catalogue.edit")])
    async def break_down(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[BreakDown]
    ) -> Response[ImplementationView]:
        """Name the unit that does it."""
        await implementing.break_down(tx, actor, id, data)
        return await _implementation(tx, actor, id)

    @put("/{id:uuid}/compliance", operation_id="markImplementationItemCompliant", guards=[may("catalogue.edit")])
    async def comply(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Response[ImplementationView]:
        """Say that it is compliant."""
        await implementing.mark_compliant(tx, actor, id)
        return await _implementation(tx, actor, id)


async def _item(tx: Tx, actor: Actor, id: UUID) -> Response[ItemDetail]:
    view = await item_views.item_detail(tx.session, actor, id)
    return Response(view, headers={"ETag": etag(view.row.version)})


async def _implementation(tx: Tx, actor: Actor, id: UUID) -> Response[ImplementationView]:
    (view,) = await implementing.implementations_of(tx.session, actor.jurisdiction_id, ids=[id])
    return Response(view, headers={"ETag": etag(view.version)})

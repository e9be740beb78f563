"""Routes of the checklists: published versions, and drafts until they are published."""

from typing import Annotated, Any

from litestar import Controller, Response, delete, get, post, put
from litestar.params import FromQuery, HeaderParameter, JSONBody, RawBody

from palmcheck.accounts.named_history import NamedEntry, with_names
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, home_of, place_of
from palmcheck.catalogue import drafting, service
from palmcheck.catalogue.checklist_drafts import draft_mistakes
from palmcheck.catalogue.checklist_files import checklist_book, read_checklist
from palmcheck.catalogue.checklist_mistakes import Mistake
from palmcheck.catalogue.draft_types import ChecklistFile, ChecklistRow, DraftRow, DraftView, SaveDraft
from palmcheck.catalogue.models import ChecklistDraft, ChecklistVersion
from palmcheck.catalogue.types import ChecklistVersionView
from palmcheck.jurisdictions.versions import etag
from palmcheck.kernel.paging import Page
from palmcheck.kernel.trail import history_of
from palmcheck.kernel.web import OpenTx, PathId

MOST_BYTES = 1_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="the ETag that the editor saw")]


class Checklists(Controller):
    """Forms that are filled in for items (检查结果表)."""

    path = "/api/catalogue"
    tags = ("catalogue",)

    @get("/checklists", operation_id="listChecklists", guards=[may("catalogue.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        code: FromQuery[str | None] = None,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ChecklistRow]:
        """The newest version of each checklist; with a code all versions of that one."""
        where = await place_of(tx.session, actor, "catalogue.read", jurisdiction_id)
        return await drafting.list_versions(tx.session, where, code, cursor)

    @get("/checklists/{id:uuid}", operation_id="readChecklist", guards=[may("catalogue.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> ChecklistVersionView:
        """One published version, whole."""
        home = await home_of(tx.session, actor, "catalogue.read", ChecklistVersion, id)
        return await service.checklist(tx.session, home, id)

    @get(
        "/checklists/{id:uuid}/export.xlsx",
        operation_id="exportChecklist",
        guards=[may("catalogue.read")],
        media_type=XLSX,
    )
    async def export(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Response[bytes]:
        """One published version as a spreadsheet, which can be read in again."""
        home = await home_of(tx.session, actor, "catalogue.read", ChecklistVersion, id)
        found = await service.checklist(tx.session, home, id)
        name = f'attachment; filename="{found.code}-{found.version}.xlsx"'
        return Response(checklist_book(found.content), media_type=XLSX, headers={"Content-Disposition": name})

    @post(
        "/checklist-files",
        operation_id="readChecklistFile",
        status_code=200,
        guards=[may("checklist.edit")],
        request_max_body_size=MOST_BYTES,
        media_type="application/json",
    )
    async def read_file(self, body: RawBody) -> ChecklistFile:
        """Read an XLSX as a draft, with the cells that could not be used. Nothing is written."""
        return ChecklistFile(*read_checklist(bytes(body)))

    @post("/checklist-checks", operation_id="checkChecklist", status_code=200, guards=[may("checklist.edit")])
    async def check(self, data: JSONBody[dict[str, Any]]) -> Page[Mistake]:
        """What keeps a form from being published, each mistake with its place. Nothing is written."""
        return Page(draft_mistakes(data), None)

    @get("/checklist-drafts", operation_id="listChecklistDrafts", guards=[may("catalogue.read")])
    async def drafts(self, tx: OpenTx, actor: SignedIn, jurisdiction_id: AskedPlace = None) -> Page[DraftRow]:
        """Drafts that are not published yet."""
        where = await place_of(tx.session, actor, "catalogue.read", jurisdiction_id)
        return await drafting.list_drafts(tx.session, where)

    @get("/checklist-drafts/{id:uuid}", operation_id="readChecklistDraft", guards=[may("catalogue.read")])
    async def read_draft(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Response[DraftView]:
        """One draft with its mistakes."""
        home = await home_of(tx.session, actor, "catalogue.read", ChecklistDraft, id)
        view = await drafting.draft_view(tx.session, home, id)
        return Response(view, headers={"ETag": etag(view.row.version)})

    @put(
        "/checklist-drafts/{id:uuid}",
        operation_id="saveChecklistDraft",
        guards=[may("checklist.edit")],
        request_max_body_size=MOST_BYTES,
    )
    async def save(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SaveDraft], if_match: IfMatch = None
    ) -> Response[DraftView]:
        """Begin a draft or save it, however unfinished; If-Match names the version that the editor saw."""
        await drafting.save_draft(tx, actor, id, data, if_match)
        view = await drafting.draft_view(tx.session, actor.jurisdiction_id, id)
        return Response(view, headers={"ETag": etag(view.row.version)})

    @delete("/checklist-drafts/{id:uuid}", operation_id="discardChecklistDraft", guards=[may("checklist.edit")])
    async def discard(self, tx: OpenTx, actor: SignedIn, id: PathId, if_match: IfMatch = None) -> None:
        """Throw a draft away; saving it again under its id puts it back."""
        await drafting.discard_draft(tx, actor, id, if_match)

    @post(
        "/checklist-drafts/{id:uuid}/publication",
        operation_id="publishChecklistDraft",
        status_code=200,
        guards=[may("checklist.edit")],
    )
    async def publish(self, tx: OpenTx, actor: SignedIn, id: PathId, if_match: IfMatch = None) -> ChecklistVersionView:
        """Publish a draft as the next version of its code, which never changes again; a repeat answers the same."""
        checklist_id = await drafting.publish_draft(tx, actor, id, if_match)
        return await service.checklist(tx.session, actor.jurisdiction_id, checklist_id)

    @get(
        "/checklist-drafts/{id:uuid}/history", operation_id="listChecklistDraftHistory", guards=[may("catalogue.read")]
    )
    async def history(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[NamedEntry]:
        """Who saved a draft when, from the trail, newest first."""
        home = await home_of(tx.session, actor, "catalogue.read", ChecklistDraft, id)
        return await with_names(tx.session, await history_of(tx.session, home, "checklist_draft_id", id, cursor))

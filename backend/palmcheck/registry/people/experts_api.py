"""Routes of the experts' registry (专家与委托机构)."""

import asyncio
from typing import Annotated

from litestar import Controller, Response, get, put
from litestar.params import FromQuery, JSONBody, QueryParameter

from palmcheck.accounts.named_history import NamedEntry, with_names
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.kernel.paging import Page
from palmcheck.kernel.trail import history_of
from palmcheck.kernel.web import OpenTx, PathId
from palmcheck.registry.people import experts, workbooks
from palmcheck.registry.people.downloads import EXPORTED, Words, download
from palmcheck.registry.people.types import ExpertKind, ExpertSort, ExpertStatus, ExpertView, PersonVersion, SaveExpert
from palmcheck.registry.people.workbooks import XLSX


class Experts(Controller):
    """Experts and delegated bodies."""

    path = "/api/registry/experts"
    tags = ("registry",)

    @get("", operation_id="listExperts", guards=[may("inspector.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        kind: FromQuery[ExpertKind | None] = None,
        expert_status: Annotated[ExpertStatus | None, QueryParameter(name="status")] = None,
        sort: FromQuery[ExpertSort] = "name",
        cursor: FromQuery[str | None] = None,
    ) -> Page[ExpertView]:
        """Find experts and bodies by name, pinyin initials, code or field."""
        return await experts.find_experts(tx.session, actor, q, kind, expert_status, sort, cursor)

    @get("/export.xlsx", operation_id="exportExperts", guards=[may("inspector.read")], media_type=XLSX)
    async def export(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        kind: FromQuery[ExpertKind | None] = None,
        expert_status: Annotated[ExpertStatus | None, QueryParameter(name="status")] = None,
        sort: FromQuery[ExpertSort] = "name",
    ) -> Response[bytes]:
        """The same list as a workbook."""
        page = await experts.find_experts(tx.session, actor, q, kind, expert_status, sort, size=EXPORTED)
        return download(await asyncio.to_thread(workbooks.expert_book, page.items), "专家与机构.xlsx")

    @get("/{id:uuid}", operation_id="readExpert", guards=[may("inspector.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> ExpertView:
        """One expert or body."""
        return await experts.read_expert(tx.session, actor, id)

    @put("/{id:uuid}", operation_id="saveExpert", guards=[may("inspector.edit")])
    async def save(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SaveExpert]) -> ExpertView:
        """Enter an expert or body under an id of the caller, or change the version seen; `status: ended` ends it."""
        await experts.save_expert(tx, actor, id, data)
        return await experts.read_expert(tx.session, actor, id)

    @get("/{id:uuid}/versions", operation_id="listExpertVersions", guards=[may("inspector.read")])
    async def versions(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[PersonVersion]:
        """The row as it stood after each change, newest first."""
        return await experts.expert_versions(tx.session, actor, id, cursor)

    @get("/{id:uuid}/history", operation_id="readExpertHistory", guards=[may("inspector.read")])
    async def history(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[NamedEntry]:
        """What the trail says about the expert or body, newest first."""
        await experts.read_expert(tx.session, actor, id)
        return await with_names(
            tx.session, await history_of(tx.session, actor.jurisdiction_id, "expert_id", id, cursor)
        )

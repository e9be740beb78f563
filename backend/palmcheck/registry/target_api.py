"""Routes of the target registry (检查对象名录库)."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.named_history import NamedEntry, with_names
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, place_of
from palmcheck.kernel.paging import Page
from palmcheck.kernel.trail import history_of
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.kernel.web import OpenTx, PathId
from palmcheck.registry import corrections, duplicates, facts, merging, tagging, target_views, targets
from palmcheck.registry.searching import find_targets
from palmcheck.registry.tagging_types import TaggingView, TagMany
from palmcheck.registry.target_export import export_targets
from palmcheck.registry.target_types import (
    AnswerCorrection,
    CorrectionState,
    CorrectionView,
    DraftCorrection,
    DuplicateGroup,
    MergeTargets,
    SaveFact,
    SaveTag,
    SaveTags,
    SaveTarget,
    TagView,
    TargetDetail,
    TargetPage,
    UndoMerge,
)
from palmcheck.registry.target_words import TargetQuery, TargetSort
from palmcheck.registry.types import CreditRiskClass, TargetKind, TargetStatus

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Words = Annotated[str | None, QueryParameter(name="q", max_length=100, description="name, pinyin initials or code")]
IndustryStart = Annotated[str | None, QueryParameter(pattern="^[0-9]{2,4}$", description="start of a GB/T 4754 code")]
Tag = Annotated[str | None, QueryParameter(max_length=20, pattern="^[^=]*$")]
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match", description="the ETag that the editor saw")]


class Targets(Controller):
    """Targets, what is known about them, and which of them are one."""

    path = "/api/registry"
    tags = ("registry",)

    @get("/targets", operation_id="listTargets", guards=[may("target.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        kind: FromQuery[TargetKind | None] = None,
        target_status: Annotated[TargetStatus | None, QueryParameter(name="status")] = None,
        credit_risk_class: FromQuery[CreditRiskClass | None] = None,
        industry: IndustryStart = None,
        tag: Tag = None,
        sort: FromQuery[TargetSort | None] = None,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> TargetPage:
        """Find targets by two characters, pinyin initials, start of a code, tags; merged ones are left out."""
        where = await place_of(tx.session, actor, "target.read", jurisdiction_id)
        query = TargetQuery(q, kind, target_status, credit_risk_class, industry, tag, sort)
        return await find_targets(tx.session, where, query, cursor)

    @get("/targets/export.xlsx", operation_id="exportTargets", guards=[may("target.read")], media_type=XLSX)
    async def export(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        kind: FromQuery[TargetKind | None] = None,
        target_status: Annotated[TargetStatus | None, QueryParameter(name="status")] = None,
        credit_risk_class: FromQuery[CreditRiskClass | None] = None,
        industry: IndustryStart = None,
        tag: Tag = None,
        sort: FromQuery[TargetSort | None] = None,
        jurisdiction_id: AskedPlace = None,
    ) -> Response[bytes]:
        """The same list as a spreadsheet, up to 100,000 rows."""
        where = await place_of(tx.session, actor, "target.read", jurisdiction_id)
        query = TargetQuery(q, kind, target_status, credit_risk_class, industry, tag, sort)
        body = await export_targets(tx.session, where, query)
        return Response(body, media_type=XLSX, headers={"Content-Disposition": 'attachment; filename="targets.xlsx"'})

    @get("/targets/duplicates", operation_id="listDuplicates", guards=[may("target.read")])
    async def duplicates(
        self,
        tx: OpenTx,
        actor: SignedIn,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[DuplicateGroup]:
        """Groups of targets that may be one: same organisation code, number, or name and address."""
        where = await place_of(tx.session, actor, "target.read", jurisdiction_id)
        return await duplicates.duplicates(tx.session, where, cursor)

    @put("/merges/{id:uuid}", operation_id="mergeTargets", guards=[may("target.edit")])
    async def merge(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[MergeTargets]) -> TargetDetail:
        """Say that one target turned out to be another; the merged row stays readable and points on."""
        await merging.merge_targets(tx, actor, id, data)
        return await target_views.target_detail(tx.session, actor, data.into_target_id)

    @post("/merges/{id:uuid}/undo", operation_id="undoMerge", status_code=200, guards=[may("target.edit")])
    async def undo_merge(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[UndoMerge]) -> TargetDetail:
        """Part two targets that were merged by mistake; what came after the merge stays with the kept one."""
        parted = await merging.undo_merge(tx, actor, id, data)
        return await target_views.target_detail(tx.session, actor, parted)

    @get("/tags", operation_id="listTags", guards=[may("target.read")])
    async def tag_list(self, tx: OpenTx, actor: SignedIn) -> Page[TagView]:
        """Every tag with its family."""
        return await target_views.list_tags(tx.session, actor)

    @put("/tags/{name:str}", operation_id="nameTag", guards=[may("target.edit")])
    async def name_tag(self, tx: OpenTx, actor: SignedIn, name: FromPath[str], data: JSONBody[SaveTag]) -> TagView:
        """Make a tag, or move it to another family."""
        row = await targets.name_tag(tx, actor, name, data)
        return TagView(row.name, data.family)

    @get("/taggings", operation_id="listTaggings", guards=[may("target.read")])
    async def tagging_list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[TaggingView]:
        """Tags given to many targets at once, or taken from them, newest first."""
        where = await place_of(tx.session, actor, "target.read", jurisdiction_id)
        return await tagging.list_taggings(tx.session, where, cursor)

    @put("/taggings/{id:uuid}", operation_id="tagMany", guards=[may("target.edit")])
    async def tag_many(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[TagMany]) -> TaggingView:
        """Give a tag to all targets that a search finds, or take one from them: up to 20,000, as one action."""
        await tagging.tag_many(tx, actor, id, data)
        return await tagging.read_tagging(tx.session, actor, id)

    @post("/taggings/{id:uuid}/undo", operation_id="undoTagging", status_code=200, guards=[may("target.edit")])
    async def undo_tagging(self, tx: OpenTx, actor: SignedIn, id: PathId) -> TaggingView:
        """Take a bulk action back, where its effect still stands."""
        await tagging.undo_tagging(tx, actor, id)
        return await tagging.read_tagging(tx.session, actor, id)

    @get("/corrections", operation_id="listCorrections", guards=[may("target.read")])
    async def correction_list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        correction_state: Annotated[CorrectionState | None, QueryParameter(name="state")] = None,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[CorrectionView]:
        """Correction requests to registering authorities, newest first."""
        where = await place_of(tx.session, actor, "target.read", jurisdiction_id)
        return await target_views.list_corrections(tx.session, where, correction_state, cursor)


class OneTarget(Controller):
    """One target."""

    path = "/api/registry/targets/{id:uuid}"
    tags = ("registry",)

    @get("", operation_id="readTarget", guards=[may("target.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Response[TargetDetail]:
        """One target with facts, standing, merges and requests; its ETag is what an edit names."""
        return await _detail(tx, actor, id)

    @put("", operation_id="saveTarget", guards=[may("target.edit")])
    async def save(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SaveTarget], if_match: IfMatch = None
    ) -> Response[TargetDetail]:
        """Enter a target under an id of the caller, or change the one that If-Match names; a repeat is the same."""
        await targets.save_target(tx, actor, id, data, if_match)
        return await _detail(tx, actor, id)

    @put("/tags", operation_id="saveTags", guards=[may("target.edit")])
    async def save_tags(
        self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SaveTags], if_match: IfMatch = None
    ) -> Response[TargetDetail]:
        """Give a target exactly these tags."""
        await targets.save_tags(tx, actor, id, data.tags, if_match)
        return await _detail(tx, actor, id)

    @put("/facts/{fact_id:uuid}", operation_id="recordFact", guards=[may("target.edit")])
    async def record_fact(
        self, tx: OpenTx, actor: SignedIn, id: PathId, fact_id: PathId, data: JSONBody[SaveFact]
    ) -> Response[TargetDetail]:
        """Record a penalty or an upheld complaint with its day."""
        await facts.record_fact(tx, actor, id, fact_id, data)
        return await _detail(tx, actor, id)

    @put("/corrections/{correction_id:uuid}", operation_id="draftCorrection", guards=[may("target.edit")])
    async def draft_correction(
        self, tx: OpenTx, actor: SignedIn, id: PathId, correction_id: PathId, data: JSONBody[DraftCorrection]
    ) -> Response[TargetDetail]:
        """Draft a request to the registering authority, or change the draft."""
        await corrections.draft_correction(tx, actor, id, correction_id, data)
        return await _detail(tx, actor, id)

    @post(
        "/corrections/{correction_id:uuid}/send",
        operation_id="sendCorrection",
        status_code=200,
        guards=[may("target.edit")],
    )
    async def send_correction(
        self, tx: OpenTx, actor: SignedIn, id: PathId, correction_id: PathId
    ) -> Response[TargetDetail]:
        """Mark a draft as sent."""
        await corrections.send_correction(tx, actor, id, correction_id)
        return await _detail(tx, actor, id)

    @put("/corrections/{correction_id:uuid}/answer", operation_id="answerCorrection", guards=[may("target.edit")])
    async def answer_correction(
        self, tx: OpenTx, actor: SignedIn, id: PathId, correction_id: PathId, data: JSONBody[AnswerCorrection]
    ) -> Response[TargetDetail]:
        """Keep what the authority answered."""
        await corrections.answer_correction(tx, actor, id, correction_id, data)
        return await _detail(tx, actor, id)

    @get("/history", operation_id="readTargetHistory", guards=[may("target.read")])
    async def history(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[NamedEntry]:
        """What the trail says about the target, newest first."""
        row = await targets.target_of(tx.session, actor, id)
        return await with_names(
            tx.session,
            await history_of(tx.session, row.jurisdiction_id, "target_id", id, cursor, listed_under=("targets",)),
        )


async def _detail(tx: Tx, actor: Actor, id: UUID) -> Response[TargetDetail]:
    detail = await target_views.target_detail(tx.session, actor, id)
    return Response(detail, headers={"ETag": detail.version})

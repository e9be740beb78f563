"""Routes of the inspectors' registry (执法检查人员名录库)."""

import asyncio
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.params import FromQuery, JSONBody, QueryParameter

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.named_history import NamedEntry, with_names
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.paging import Page
from palmcheck.kernel.trail import history_of
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.kernel.web import OpenTx, PathId
from palmcheck.registry.people import (
    finding,
    inspectors,
    interests,
    review_board,
    reviewing,
    workbooks,
)
from palmcheck.registry.people.downloads import EXPORTED, Words, download
from palmcheck.registry.people.types import (
    DecideReviews,
    Drawable,
    EndService,
    InspectorDetail,
    InspectorQuery,
    InspectorSort,
    InspectorView,
    PeopleStanding,
    PersonVersion,
    Review,
    ReviewCase,
    ReviewsDecided,
    ReviewState,
    SaveInspector,
    SaveInterest,
    SaveTraining,
    Seen,
    ServiceStatus,
    StaffKind,
    UndoReviews,
)
from palmcheck.registry.people.workbooks import XLSX

Status = Annotated[ServiceStatus | None, QueryParameter(name="status")]
Within = Annotated[int | None, QueryParameter(ge=0, le=3660, description="days from today; the expired are in")]


class Inspectors(Controller):
    """Inspectors: lists, files, how the registry stands."""

    path = "/api/registry/inspectors"
    tags = ("registry",)

    @get("", operation_id="listInspectors", guards=[may("inspector.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        department_id: FromQuery[UUID | None] = None,
        staff_kind: FromQuery[StaffKind | None] = None,
        service_status: Status = None,
        review_state: FromQuery[ReviewState | None] = None,
        expires_within: Within = None,
        expertise: FromQuery[str | None] = None,
        region: FromQuery[str | None] = None,
        drawable: FromQuery[Drawable | None] = None,
        sort: FromQuery[InspectorSort] = "name",
        cursor: FromQuery[str | None] = None,
    ) -> Page[InspectorView]:
        """Find inspectors by name, pinyin initials or certificate number; sorted by pinyin unless asked otherwise."""
        query = InspectorQuery(
            q,
            department_id,
            staff_kind,
            service_status,
            review_state,
            expires_within,
            expertise,
            region,
            drawable,
            sort,
        )
        return await finding.find_inspectors(tx.session, actor, query, law_date(tx.now), cursor)

    @get("/export.xlsx", operation_id="exportInspectors", guards=[may("inspector.read")], media_type=XLSX)
    async def export(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Words = None,
        department_id: FromQuery[UUID | None] = None,
        staff_kind: FromQuery[StaffKind | None] = None,
        service_status: Status = None,
        review_state: FromQuery[ReviewState | None] = None,
        expires_within: Within = None,
        expertise: FromQuery[str | None] = None,
        region: FromQuery[str | None] = None,
        drawable: FromQuery[Drawable | None] = None,
        sort: FromQuery[InspectorSort] = "name",
    ) -> Response[bytes]:
        """The same list as a workbook that the import reads again."""
        query = InspectorQuery(
            q,
            department_id,
            staff_kind,
            service_status,
            review_state,
            expires_within,
            expertise,
            region,
            drawable,
            sort,
        )
        page = await finding.find_inspectors(tx.session, actor, query, law_date(tx.now), size=EXPORTED)
        return download(await asyncio.to_thread(workbooks.inspector_book, page.items), "执法检查人员.xlsx")

    @get("/template.xlsx", operation_id="inspectorTemplate", guards=[may("inspector.edit")], media_type=XLSX)
    async def template(self) -> Response[bytes]:
        """An empty workbook to fill in."""
        return download(await asyncio.to_thread(workbooks.template), "执法检查人员导入模板.xlsx")

    @get("/standing", operation_id="readInspectorStanding", guards=[may("inspector.read")])
    async def standing(self, tx: OpenTx, actor: SignedIn) -> PeopleStanding:
        """How many may be drawn today, wait for review, or have a certificate that ends soon."""
        return await finding.standing(tx.session, actor, law_date(tx.now))


class Reviews(Controller):
    """The justice department's review of many."""

    path = "/api/registry/inspectors/reviews"
    tags = ("registry",)

    @get("", operation_id="listInspectorReviews", guards=[may("inspector.read")])
    async def list(self, tx: OpenTx, actor: SignedIn, cursor: FromQuery[str | None] = None) -> Page[ReviewCase]:
        """What waits for review or was refused, and what changed since the last one, field by field."""
        return await review_board.review_cases(tx.session, actor, law_date(tx.now), cursor)

    @post("", operation_id="decideInspectorReviews", status_code=200, guards=[may("inspector.review")])
    async def decide(self, tx: OpenTx, actor: SignedIn, data: JSONBody[DecideReviews]) -> ReviewsDecided:
        """Accept or refuse rows, all or none; a repeat is the same."""
        rows = await reviewing.decide(tx, actor, data)
        return ReviewsDecided([Seen(row.id, row.version) for row in rows])

    @post("/undo", operation_id="undoInspectorReviews", status_code=204, guards=[may("inspector.review")])
    async def undo(self, tx: OpenTx, actor: SignedIn, data: JSONBody[UndoReviews]) -> None:
        """Take decisions back, all or none, within half an hour and if nothing came after them."""
        await reviewing.undo(tx, actor, data.rows)


class OneInspector(Controller):
    """One inspector."""

    path = "/api/registry/inspectors/{id:uuid}"
    tags = ("registry",)

    @get("", operation_id="readInspector", guards=[may("inspector.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> InspectorDetail:
        """One inspector with interests and trainings."""
        return await _detail(tx, actor, id)

    @put("", operation_id="saveInspector", guards=[may("inspector.edit")])
    async def save(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[SaveInspector]) -> InspectorDetail:
        """Enter an inspector under an id of the caller, or change the version seen; a repeat is the same.

        Another name, certificate, qualification or staff kind waits for the justice department's review.
        """
        await inspectors.save_inspector(tx, actor, id, data)
        return await _detail(tx, actor, id)

    @post("/review", operation_id="reviewInspector", status_code=200, guards=[may("inspector.review")])
    async def review(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[Review]) -> InspectorDetail:
        """Record the justice department's review; a repeat is the same."""
        await reviewing.review_inspector(tx, actor, id, data)
        return await _detail(tx, actor, id)

    @post("/transfer", operation_id="transferInspector", status_code=200, guards=[may("inspector.edit")])
    async def transfer(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[EndService]) -> InspectorDetail:
        """Transfer: drawn no more, and the account's rights end at once; a repeat is the same."""
        await inspectors.end_service(tx, actor, id, "transferred", data)
        return await _detail(tx, actor, id)

    @post("/retire", operation_id="retireInspector", status_code=200, guards=[may("inspector.edit")])
    async def retire(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[EndService]) -> InspectorDetail:
        """Retirement: drawn no more, and the account's rights end at once; a repeat is the same."""
        await inspectors.end_service(tx, actor, id, "retired", data)
        return await _detail(tx, actor, id)

    @post("/return", operation_id="returnInspector", status_code=200, guards=[may("inspector.edit")])
    async def come_back(self, tx: OpenTx, actor: SignedIn, id: PathId) -> InspectorDetail:
        """Back into service; the row waits for review, the account is opened anew by hand."""
        await inspectors.return_inspector(tx, actor, id)
        return await _detail(tx, actor, id)

    @put("/interests/{interest_id:uuid}", operation_id="declareInterest", guards=[may("inspector.edit")])
    async def declare(
        self, tx: OpenTx, actor: SignedIn, id: PathId, interest_id: PathId, data: JSONBody[SaveInterest]
    ) -> InspectorDetail:
        """Declare an interest, correct it, or end it by its last day; while it holds he never visits that target."""
        await interests.declare_interest(tx, actor, id, interest_id, data)
        return await _detail(tx, actor, id)

    @put("/trainings/{training_id:uuid}", operation_id="recordTraining", guards=[may("inspector.edit")])
    async def train(
        self, tx: OpenTx, actor: SignedIn, id: PathId, training_id: PathId, data: JSONBody[SaveTraining]
    ) -> InspectorDetail:
        """Record a training, or correct it."""
        await interests.record_training(tx, actor, id, training_id, data)
        return await _detail(tx, actor, id)

    @get("/versions", operation_id="listInspectorVersions", guards=[may("inspector.read")])
    async def versions(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[PersonVersion]:
        """The row as it stood after each change, newest first."""
        return await finding.inspector_versions(tx.session, actor, id, cursor)

    @get("/history", operation_id="readInspectorHistory", guards=[may("inspector.read")])
    async def history(
        self, tx: OpenTx, actor: SignedIn, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[NamedEntry]:
        """What the trail says about the inspector, newest first."""
        row, _ = await finding.inspector_of(tx.session, actor, id)
        return await with_names(
            tx.session, await history_of(tx.session, row.jurisdiction_id, "inspector_id", id, cursor)
        )


async def _detail(tx: Tx, actor: Actor, id: UUID) -> InspectorDetail:
    return await finding.inspector_detail(tx.session, actor, id, law_date(tx.now))

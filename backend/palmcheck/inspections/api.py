"""Routes of the slice."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, put
from litestar.params import FromQuery, JSONBody, QueryParameter

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace
from palmcheck.inspections import disputes, organising, overview, service, views, waiving
from palmcheck.inspections.filtering import Asked, Standing
from palmcheck.inspections.overview_types import VisitOverview
from palmcheck.inspections.types import (
    DecideDispute,
    DeskEntry,
    InspectionDetail,
    InspectionView,
    PartState,
    PartView,
    SetVisitDays,
    VisitDays,
    WaiveCountersignature,
)
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId


class Inspections(Controller):
    """Inspections and their parts."""

    path = "/api/inspections"
    tags = ("inspections",)

    @get("", operation_id="listInspections", guards=[may("inspection.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: Annotated[str | None, QueryParameter(max_length=100, description="name, pinyin initials or code")] = None,
        part_state: Annotated[PartState | None, QueryParameter(name="state")] = None,
        standing: FromQuery[Standing | None] = None,
        department_id: Annotated[UUID | None, QueryParameter(description="whose part stands so")] = None,
        plan_task_id: FromQuery[UUID | None] = None,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[InspectionView]:
        """Inspections that the caller may see, by due date; `standing` as the overview counts them."""
        asked = Asked(q, part_state, standing, department_id, plan_task_id, jurisdiction_id)
        return await views.list_inspections(tx.session, actor, asked, cursor)

    @get("/overview", operation_id="readVisitOverview", guards=[may("inspection.read")])
    async def overview(self, tx: OpenTx, actor: SignedIn) -> VisitOverview:
        """What is late, due and moving, by place, department and task."""
        return await overview.read_overview(tx.session, actor)

    @put("/visit-days", operation_id="setVisitDays", guards=[may("inspection.organise")])
    async def set_visit_days(self, tx: OpenTx, actor: SignedIn, data: JSONBody[SetVisitDays]) -> VisitDays:
        """Give visits a day, or take it back; the answer says what each had before."""
        return await organising.set_visit_days(tx, actor, data)

    @get("/{id:uuid}", operation_id="readInspection", guards=[may("inspection.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> InspectionDetail:
        """One inspection with every part's form, arrival and result."""
        return await views.read_inspection(tx.session, actor, id)

    @put("/parts/{part_id:uuid}/desk-entry", operation_id="enterAtDesk", guards=[may("inspection.enter")])
    async def enter_at_desk(self, tx: OpenTx, actor: SignedIn, part_id: PathId, data: JSONBody[DeskEntry]) -> PartView:
        """Enter a part's result at a desk, with the reason; it never counts as palm enforcement."""
        await service.enter_at_desk(tx, actor, part_id, data)
        return await views.part_view(tx.session, actor, part_id)

    @put("/parts/{part_id:uuid}/decision", operation_id="decideDispute", guards=[may("inspection.decide")])
    async def decide(self, tx: OpenTx, actor: SignedIn, part_id: PathId, data: JSONBody[DecideDispute]) -> PartView:
        """Choose among the results that came for one part, with a reason; the others are kept, set aside."""
        await disputes.decide_dispute(tx, actor, part_id, data)
        return await views.part_view(tx.session, actor, part_id)

    @put(
        "/parts/{part_id:uuid}/countersigners/{inspector_id:uuid}/waiver",
        operation_id="waiveCountersignature",
        guards=[may("inspection.decide")],
    )
    async def waive(
        self,
        tx: OpenTx,
        actor: SignedIn,
        part_id: PathId,
        inspector_id: PathId,
        data: JSONBody[WaiveCountersignature],
    ) -> PartView:
        """Let a result wait no longer for an officer who does not countersign, with a reason that stays visible."""
        await waiving.waive_countersignature(tx, actor, part_id, inspector_id, data)
        return await views.part_view(tx.session, actor, part_id)

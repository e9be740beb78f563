"""Routes of the slice."""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, put
from litestar.params import Parameter

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import may
from palmcheck.inspections import service, views
from palmcheck.inspections.types import DeskEntry, InspectionDetail, InspectionView, PartState, PartView
from palmcheck.kernel.paging import Page
from palmcheck.kernel.unit_of_work import Tx


class Inspections(Controller):
    """Inspections and their parts."""

    path = "/api/inspections"
    tags = ("inspections",)

    @get("", operation_id="listInspections", guards=[may("inspection.read")])
    async def list(
        self,
        tx: Tx,
        actor: Actor,
        q: Annotated[str | None, Parameter(max_length=100, description="name, pinyin initials or code")] = None,
        state: PartState | None = None,
        cursor: str | None = None,
    ) -> Page[InspectionView]:
        """Inspections that the caller may see, by due date."""
        return await views.list_inspections(tx.session, actor, q, state, cursor)

    @get("/{id:uuid}", operation_id="readInspection", guards=[may("inspection.read")])
    async def read(self, tx: Tx, actor: Actor, id: UUID) -> InspectionDetail:
        """One inspection with every part's form, arrival and result."""
        return await views.read_inspection(tx.session, actor, id)

    @put("/parts/{part_id:uuid}/desk-entry", operation_id="enterAtDesk", guards=[may("inspection.enter")])
    async def enter_at_desk(self, tx: Tx, actor: Actor, part_id: UUID, data: DeskEntry) -> PartView:
        """Enter a part's result at a desk, with the reason; it never counts as palm enforcement."""
        await service.enter_at_desk(tx, actor, part_id, data)
        return await views.part_view(tx.session, actor, part_id)

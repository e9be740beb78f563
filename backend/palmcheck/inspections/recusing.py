"""The enterprise asks that an officer withdraws (R21)."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.inspections.events import RecusalAsked
from palmcheck.inspections.models import PartOfficer, RecusalRequest
from palmcheck.inspections.on_site_types import RecusalBody
from palmcheck.inspections.problems import OfficerNotThere
from palmcheck.inspections.service import own_part
from palmcheck.inspections.types import RecusalView
from palmcheck.kernel.unit_of_work import Tx


async def ask_recusal(tx: Tx, by: Actor, operation_id: UUID, body: RecusalBody) -> None:
    """Records what was asked, for the lead to decide; either officer's phone may send it.

    Raises PartNotYours, OfficerNotThere.
    """
    part = await own_part(tx, by, body.part_id, lead_only=False)
    there = await tx.session.scalars(
        select(PartOfficer.inspector_id).where(
            PartOfficer.jurisdiction_id == by.jurisdiction_id, PartOfficer.part_id == part.id
        )
    )
    if not set(body.inspector_ids).issubset(there):
        raise OfficerNotThere(field="inspector_ids", rule="R21")
    tx.session.add(
        RecusalRequest(
            jurisdiction_id=by.jurisdiction_id,
            id=operation_id,
            part_id=part.id,
            asked_by=body.asked_by,
            inspector_ids=body.inspector_ids,
            reason=body.reason,
            asked_at=body.asked_at,
            goes_on=body.goes_on,
            received_at=tx.now,
        )
    )
    await tx.session.flush()
    tx.record(
        by,
        RecusalAsked(
            jurisdiction_id=by.jurisdiction_id,
            part_id=part.id,
            request_id=operation_id,
            inspector_ids=body.inspector_ids,
            goes_on=body.goes_on,
        ),
    )


async def recusals_of(
    session: AsyncSession, jurisdiction_id: UUID, part_ids: Iterable[UUID]
) -> dict[UUID, list[RecusalView]]:
    """What was asked at these parts, the oldest first."""
    rows = await session.scalars(
        select(RecusalRequest)
        .where(RecusalRequest.jurisdiction_id == jurisdiction_id, RecusalRequest.part_id.in_(list(part_ids)))
        .order_by(RecusalRequest.asked_at)
    )
    found: dict[UUID, list[RecusalView]] = {}
    for row in rows:
        view = RecusalView(row.id, row.asked_by, row.inspector_ids, row.reason, row.asked_at, row.goes_on)
        found.setdefault(row.part_id, []).append(view)
    return found

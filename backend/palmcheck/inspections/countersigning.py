"""An officer signs his colleague's submission on a phone of his own (R3)."""

from uuid import UUID

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.inspections.events import PartCountersigned
from palmcheck.inspections.models import Countersignature, PartOfficer
from palmcheck.inspections.on_site_types import CountersignBody
from palmcheck.inspections.problems import CountersignsOwn
from palmcheck.inspections.service import complete_when_whole, own_part
from palmcheck.kernel.unit_of_work import Tx


async def countersign(tx: Tx, by: Actor, operation_id: UUID, body: CountersignBody) -> None:
    """Keeps the countersignature, also before its submission; completes the part if it was the last thing lacking.

    Raises PartNotYours, CountersignsOwn.
    """
    part = await own_part(tx, by, body.part_id, lead_only=False)
    lead = select(PartOfficer.inspector_id).where(
        PartOfficer.jurisdiction_id == by.jurisdiction_id, PartOfficer.part_id == part.id
    )
    if by.inspector_id is None or await tx.session.scalar(lead.order_by(PartOfficer.seat).limit(1)) == by.inspector_id:
        raise CountersignsOwn(field="part_id", rule="R3")
    tx.session.add(
        Countersignature(
            jurisdiction_id=by.jurisdiction_id,
            id=operation_id,
            part_id=part.id,
            inspector_id=by.inspector_id,
            device_id=by.device_id,
            submission_sha256=body.submission_sha256,
            signed_at=body.signed_at,
            received_at=tx.now,
        )
    )
    await tx.session.flush()
    tx.record(
        by,
        PartCountersigned(
            jurisdiction_id=by.jurisdiction_id,
            part_id=part.id,
            inspector_id=by.inspector_id,
            submission_sha256=body.submission_sha256,
        ),
    )
    await complete_when_whole(tx, part)

"""Several full results of one part: the lead chooses, nothing is dropped (design.md section 3)."""

from uuid import UUID

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.inspections.events import DisputeDecided
from palmcheck.inspections.models import InspectionPart, Submission
from palmcheck.inspections.problems import NothingToDecide, PublishedAlready
from palmcheck.inspections.service import complete_when_whole, lock_part
from palmcheck.inspections.types import DecideDispute
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx


async def decide_dispute(tx: Tx, by: Actor, part_id: UUID, data: DecideDispute) -> None:
    """Makes one submission the part's result and sets the others aside; a repeat changes nothing.

    Raises NotFound, NothingToDecide, and PublishedAlready where another result than the public one is chosen.
    """
    part = await lock_part(tx, by.jurisdiction_id, part_id)
    rows = {row.id: row for row in await _submissions(tx, part)}
    chosen = rows.get(data.submission_id)
    if chosen is None:
        raise NotFound(field="submission_id")
    open_ones = [row for row in rows.values() if row.state == "disputed"]
    if not open_ones:
        if part.submission_id == chosen.id and any(row.state == "set_aside" for row in rows.values()):
            tx.record(by, _decided(by, part_id, chosen.id, [], data.because))
            return
        raise NothingToDecide(field="part_id")
    if part.record_id is not None and chosen.id != part.submission_id:
        raise PublishedAlready(field="submission_id", rule="R12")
    aside = [row for row in rows.values() if row is not chosen and row.state in {"accepted", "disputed"}]
    for row in aside:
        row.state, row.decided_by, row.decided_because = "set_aside", by.account_id, data.because
    chosen.state, chosen.decided_by, chosen.decided_because = "accepted", by.account_id, data.because
    if part.submission_id != chosen.id:
        part.submission_id, part.entry = chosen.id, chosen.entry
        part.result_code, part.formed_at = chosen.result_code, chosen.formed_at
        part.state = "awaiting_photos"
    await tx.session.flush()
    tx.record(by, _decided(by, part_id, chosen.id, [row.id for row in aside], data.because))
    await complete_when_whole(tx, part)


def _decided(by: Actor, part_id: UUID, chosen: UUID, aside: list[UUID], because: str) -> DisputeDecided:
    return DisputeDecided(
        jurisdiction_id=by.jurisdiction_id, part_id=part_id, chosen_id=chosen, set_aside=aside, because=because
    )


async def _submissions(tx: Tx, part: InspectionPart) -> list[Submission]:
    rows = await tx.session.scalars(
        select(Submission)
        .where(Submission.jurisdiction_id == part.jurisdiction_id, Submission.part_id == part.id)
        .with_for_update()
    )
    return list(rows)

"""A way out when a countersigner never signs: the lead decides, with a reason that stays visible (R3, R15)."""

from uuid import UUID

from palmcheck.accounts.actor import Actor
from palmcheck.inspections.countersignatures import awaited_countersigners
from palmcheck.inspections.events import CountersignatureWaived
from palmcheck.inspections.models import CountersignatureWaiver, InspectionPart, Submission
from palmcheck.inspections.problems import CountersignerNotAwaited
from palmcheck.inspections.service import complete_when_whole, lock_part
from palmcheck.inspections.types import WaiveCountersignature
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx


async def waive_countersignature(
    tx: Tx, by: Actor, part_id: UUID, inspector_id: UUID, data: WaiveCountersignature
) -> None:
    """The part's result no longer waits for this officer, and completes if nothing else lacks; a repeat is the same.

    A signature that comes later is kept all the same. Raises NotFound, IdReuse, CountersignerNotAwaited.
    """
    if await tx.session.get(InspectionPart, (by.jurisdiction_id, part_id)) is None:
        raise NotFound(field="part_id")
    submission = await tx.session.get(Submission, (by.jurisdiction_id, data.submission_id))
    if submission is None or submission.part_id != part_id:
        raise NotFound(field="submission_id")
    await tx.lock("countersignature_waiver", data.submission_id)
    key = (by.jurisdiction_id, data.submission_id, inspector_id)
    known = await tx.session.get(CountersignatureWaiver, key)
    if known is not None:
        if known.because != data.because:
            raise IdReuse(field="because")
        return
    part = await lock_part(tx, by.jurisdiction_id, part_id)
    if part.submission_id != data.submission_id or inspector_id not in await awaited_countersigners(tx.session, part):
        raise CountersignerNotAwaited(field="inspector_id", rule="R3")
    tx.session.add(
        CountersignatureWaiver(
            jurisdiction_id=by.jurisdiction_id,
            submission_id=data.submission_id,
            inspector_id=inspector_id,
            because=data.because,
            account_id=by.account_id,
            waived_at=tx.now,
        )
    )
    await tx.session.flush()
    waived = CountersignatureWaived(
        jurisdiction_id=by.jurisdiction_id,
        part_id=part_id,
        submission_id=data.submission_id,
        inspector_id=inspector_id,
        because=data.because,
    )
    tx.record(by, waived)
    await complete_when_whole(tx, part)

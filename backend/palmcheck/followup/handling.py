"""What is done about a problem, and a second person who looks after it (R13)."""

from uuid import UUID

import msgspec

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import reaches
from palmcheck.followup.events import DisposalRecorded, DisposalVerified
from palmcheck.followup.models import FollowUp
from palmcheck.followup.problems import NotDisposed, NotYours, SecondPerson, Settled
from palmcheck.followup.types import RecordDisposal, VerifyDisposal
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx


async def record_disposal(tx: Tx, by: Actor, id: UUID, data: RecordDisposal) -> FollowUp:
    """Records what was done, today; a repeat changes nothing. Raises NotFound, NotYours, Settled, IdReuse."""
    sent = digest(msgspec.to_builtins(data))
    row = await _own(tx, by, id, "followup.dispose")
    if row.disposal_sha256 is not None:
        if row.disposal_sha256 != sent:
            raise IdReuse(field="id")
        return row
    if row.state != "opened":
        raise Settled(field="id", rule="R13")
    row.state, row.done_at = "done", tx.now
    row.disposal, row.disposed_by, row.disposal_sha256 = data.what, by.account_id, sent
    tx.record(by, DisposalRecorded(jurisdiction_id=by.jurisdiction_id, follow_up_id=id, part_id=row.part_id))
    return row


async def verify_disposal(tx: Tx, by: Actor, id: UUID, data: VerifyDisposal) -> FollowUp:
    """Closes a problem after a second person has looked.

    Raises NotFound, NotYours, NotDisposed, SecondPerson, Settled.
    """
    row = await _own(tx, by, id, "followup.verify")
    if row.state == "verified":
        if row.verification != data.seen or row.verified_by != by.account_id:
            raise Settled(field="id", rule="R13")
        return row
    if row.state != "done":
        raise NotDisposed(field="id", rule="R13")
    if row.disposed_by == by.account_id:
        raise SecondPerson(field="id", rule="R13")
    row.state, row.verified_at, row.verified_by, row.verification = "verified", tx.now, by.account_id, data.seen
    tx.record(by, DisposalVerified(jurisdiction_id=by.jurisdiction_id, follow_up_id=id, part_id=row.part_id))
    return row


async def _own(tx: Tx, by: Actor, id: UUID, permission: str) -> FollowUp:
    """The row of the actor's own jurisdiction and department. A plain read first: a repeat writes nothing."""
    await tx.lock("follow_up", id)
    row = await tx.session.get(FollowUp, (by.jurisdiction_id, id))
    if row is None or row.state == "void":
        raise NotFound(field="id")
    if not reaches(by, permission, row.jurisdiction_id, [row.department_id]):
        raise NotYours(field="id", rule="R11")
    return row

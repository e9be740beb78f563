"""What one person proposes and another decides: withholdings, corrections, photos share these steps (R10, R18)."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.models import PublicPhoto, RecordCorrection, WithholdingProposal
from palmcheck.publication.problems import ProposalDecided, SecondPerson
from palmcheck.publication.standing import department_of

P = TypeVar("P", WithholdingProposal, RecordCorrection, PublicPhoto)


async def proposal_of(tx: Tx, by: Actor, model: type[P], id: UUID, permission: str) -> P:
    """A proposal that the actor may write about, its part locked. Raises NotFound, NotYours."""
    of_id = select(model.part_id).where(model.jurisdiction_id == by.jurisdiction_id, model.id == id)
    part_id = await tx.session.scalar(of_id)
    if part_id is None:
        raise NotFound(field="id")
    await department_of(tx, by, part_id, permission)
    await tx.lock("publication", part_id)
    return await tx.session.get_one(model, (by.jurisdiction_id, id), populate_existing=True)


def is_settled(tx: Tx, by: Actor, row: P, verdict: str, because: str) -> bool:
    """Writes what was decided; False: a repeat, which changes nothing.

    Who proposed it cannot confirm or refuse it, only take it back. Raises SecondPerson, ProposalDecided.
    """
    if row.verdict is not None:
        if (row.verdict, row.because, row.decided_by) != (verdict, because, by.account_id):
            raise ProposalDecided(field="id", rule="R10")
        return False
    if verdict in {"confirmed", "refused"} and row.proposed_by == by.account_id:
        raise SecondPerson(field="id", rule="R10")
    row.verdict, row.because = verdict, because
    row.decided_by, row.decided_at = by.account_id, tx.now
    return True

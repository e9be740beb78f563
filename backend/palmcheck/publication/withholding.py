"""What a law keeps from the public: one person proposes it with a ground of the table, another confirms it (R10)."""

from uuid import UUID

import msgspec

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.events import WithholdingDecided, WithholdingProposed
from palmcheck.publication.grounds import CITES_ITS_LAW
from palmcheck.publication.models import WithholdingProposal
from palmcheck.publication.problems import (
    GroundNeedsLaw,
    ProposalOpen,
    Withheld,
)
from palmcheck.publication.seconding import is_settled, proposal_of
from palmcheck.publication.standing import department_of, move_on, publication
from palmcheck.publication.types import DecideWithholding, ProposeWithholding


async def propose_withholding(tx: Tx, by: Actor, id: UUID, data: ProposeWithholding) -> WithholdingProposal:
    """Says that a law keeps a result from the public; until it is decided nothing of it becomes public.

    It may be said before the result is whole. A repeat changes nothing. Raises NotFound, NotYours, IdReuse,
    ProposalOpen, Withheld, GroundNeedsLaw.
    """
    sent = digest(msgspec.to_builtins(data))
    department_id = await department_of(tx, by, data.part_id, "publication.handle")
    await tx.lock("publication", data.part_id)
    known = await tx.session.get(WithholdingProposal, (by.jurisdiction_id, id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return known
    if data.ground in CITES_ITS_LAW and not data.note.strip():
        raise GroundNeedsLaw(field="note", rule="R10")
    row = await publication(tx, by.jurisdiction_id, data.part_id, or_open=True)
    if row.withholding == "proposed":
        raise ProposalOpen(field="part_id", rule="R10")
    if row.withholding == "confirmed":
        raise Withheld(field="part_id", rule="R10")
    proposal = WithholdingProposal(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        part_id=data.part_id,
        department_id=department_id,
        ground=data.ground,
        note=data.note,
        proposed_by=by.account_id,
        proposed_at=tx.now,
        request_sha256=sent,
    )
    tx.session.add(proposal)
    row.withholding = "proposed"
    tx.record(
        by,
        WithholdingProposed(
            jurisdiction_id=by.jurisdiction_id, part_id=data.part_id, proposal_id=id, ground=data.ground
        ),
    )
    await move_on(tx, by, row, "withholding_proposed")
    return proposal


async def decide_withholding(tx: Tx, by: Actor, id: UUID, data: DecideWithholding) -> WithholdingProposal:
    """Confirms or refuses a proposal of somebody else; a repeat changes nothing.

    Raises NotFound, NotYours, SecondPerson, ProposalDecided.
    """
    proposal = await proposal_of(tx, by, WithholdingProposal, id, "publication.confirm")
    return await _settle(tx, by, proposal, data.verdict, data.because)


async def take_back_withholding(tx: Tx, by: Actor, id: UUID) -> WithholdingProposal:
    """Takes back a proposal that nobody has decided yet; any colleague of the department may.

    Raises NotFound, NotYours, ProposalDecided.
    """
    proposal = await proposal_of(tx, by, WithholdingProposal, id, "publication.handle")
    return await _settle(tx, by, proposal, "taken_back", "")


async def _settle(tx: Tx, by: Actor, proposal: WithholdingProposal, verdict: str, because: str) -> WithholdingProposal:
    if not is_settled(tx, by, proposal, verdict, because):
        return proposal
    await tx.session.flush()
    row = await publication(tx, by.jurisdiction_id, proposal.part_id)
    row.withholding = "confirmed" if verdict == "confirmed" else "none"
    tx.record(
        by,
        WithholdingDecided(
            jurisdiction_id=by.jurisdiction_id,
            part_id=proposal.part_id,
            proposal_id=proposal.id,
            ground=proposal.ground,
            verdict=verdict,
            because=because,
        ),
    )
    await move_on(tx, by, row, "withholding_refused")
    return proposal

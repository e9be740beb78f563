"""A result that was entered wrongly: one person proposes what is right, another confirms it, a new version stands."""

from uuid import UUID

import msgspec
from sqlalchemy import select, update

from palmcheck.accounts.actor import Actor
from palmcheck.field.feed import extend
from palmcheck.inspections import service as inspections
from palmcheck.inspections.amending import amend_result
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.publication.events import CorrectionDecided, CorrectionProposed, RecordCorrected
from palmcheck.publication.models import Publication, PublicRecord, RecordCorrection
from palmcheck.publication.problems import NotCorrectable, NothingToCorrect, ProposalOpen
from palmcheck.publication.recording import record_row
from palmcheck.publication.seconding import is_settled, proposal_of
from palmcheck.publication.standing import department_of, publication
from palmcheck.publication.types import ProposeCorrection, SecondWord

CORRECTABLE = frozenset({"published", "in_review", "returned"})
SAME = frozenset({"version", "published_at", "working_days_used", "corrected_because"})
"""What two versions may differ in without saying anything else about the visit."""


async def propose_correction(tx: Tx, by: Actor, id: UUID, data: ProposeCorrection) -> RecordCorrection:
    """Says that a result is another than was entered, or its target called otherwise; a repeat changes nothing.

    What is public stays as it is until a second person confirms. Raises NotFound, NotYours, IdReuse, ProposalOpen,
    NotCorrectable, NothingToCorrect.
    """
    sent = digest(msgspec.to_builtins(data))
    await department_of(tx, by, data.part_id, "publication.handle")
    await tx.lock("publication", data.part_id)
    known = await tx.session.get(RecordCorrection, (by.jurisdiction_id, id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return known
    row = await publication(tx, by.jurisdiction_id, data.part_id)
    if row.stage not in CORRECTABLE:
        raise NotCorrectable(field="part_id", rule="R10")
    if await _open(tx, by.jurisdiction_id, data.part_id):
        raise ProposalOpen(field="part_id", rule="R10")
    if not await _changes(tx, row, data.result_code):
        raise NothingToCorrect(field="result_code")
    proposal = RecordCorrection(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        part_id=data.part_id,
        result_code=data.result_code,
        reason=data.reason,
        note=data.note,
        proposed_by=by.account_id,
        proposed_at=tx.now,
        request_sha256=sent,
    )
    tx.session.add(proposal)
    tx.record(
        by,
        CorrectionProposed(
            jurisdiction_id=by.jurisdiction_id,
            part_id=data.part_id,
            correction_id=id,
            result_code=data.result_code,
            reason=data.reason,
        ),
    )
    return proposal


async def decide_correction(tx: Tx, by: Actor, id: UUID, data: SecondWord) -> RecordCorrection:
    """Confirms or refuses a correction that somebody else proposed; a repeat changes nothing.

    Raises NotFound, NotYours, SecondPerson, ProposalDecided, NotCorrectable.
    """
    proposal = await proposal_of(tx, by, RecordCorrection, id, "publication.confirm")
    return await _settle(tx, by, proposal, data.verdict, data.because)


async def take_back_correction(tx: Tx, by: Actor, id: UUID) -> RecordCorrection:
    """Takes back a correction that nobody has decided yet. Raises NotFound, NotYours, ProposalDecided."""
    proposal = await proposal_of(tx, by, RecordCorrection, id, "publication.handle")
    return await _settle(tx, by, proposal, "taken_back", "")


async def _open(tx: Tx, jurisdiction_id: UUID, part_id: UUID) -> bool:
    undecided = select(RecordCorrection.id).where(
        RecordCorrection.jurisdiction_id == jurisdiction_id,
        RecordCorrection.part_id == part_id,
        RecordCorrection.verdict.is_(None),
    )
    return await tx.session.scalar(undecided) is not None


async def _changes(tx: Tx, row: Publication, result_code: str) -> bool:
    """Whether a record with this code would say anything else than what stands: a name may have been put right."""
    part = await inspections.complete_part(tx.session, row.jurisdiction_id, row.part_id)
    if part.result_code != result_code:
        return True
    newest = await _newest(tx, row)
    if newest is None:
        return False
    fresh = await record_row(tx, row, part)
    return _said(fresh) != _said(newest)


def _said(record: PublicRecord) -> dict[str, object]:
    return {key: value for key, value in record.body.items() if key not in SAME}


async def _newest(tx: Tx, row: Publication) -> PublicRecord | None:
    found: PublicRecord | None = await tx.session.scalar(
        select(PublicRecord)
        .where(PublicRecord.jurisdiction_id == row.jurisdiction_id, PublicRecord.id == row.record_id)
        .order_by(PublicRecord.version.desc())
        .limit(1)
    )
    return found


async def _settle(tx: Tx, by: Actor, proposal: RecordCorrection, verdict: str, because: str) -> RecordCorrection:
    if not is_settled(tx, by, proposal, verdict, because):
        return proposal
    decided = CorrectionDecided(
        jurisdiction_id=by.jurisdiction_id,
        part_id=proposal.part_id,
        correction_id=proposal.id,
        verdict=verdict,
        because=because,
    )
    tx.record(by, decided)
    if verdict == "confirmed":
        await _correct(tx, by, proposal)
    return proposal


async def _correct(tx: Tx, by: Actor, proposal: RecordCorrection) -> None:
    """The part's result is amended; what is public gets a version more, the earlier ones stay."""
    row = await publication(tx, by.jurisdiction_id, proposal.part_id)
    if row.stage not in CORRECTABLE:
        raise NotCorrectable(field="id", rule="R10")
    place = row.jurisdiction_id
    officers = await amend_result(tx, by, place, row.part_id, proposal.result_code, proposal.reason)
    extend(tx, by, place, officers, [("part_state", row.part_id)])
    newest = await _newest(tx, row)
    if row.stage != "published" or newest is None:
        return
    part = await inspections.complete_part(tx.session, place, row.part_id)
    version = await record_row(tx, row, part, version=newest.version + 1, corrected_because=proposal.reason)
    earlier = (PublicRecord.jurisdiction_id == place) & (PublicRecord.id == row.record_id)
    await tx.session.execute(
        update(PublicRecord).where(earlier, PublicRecord.superseded_at.is_(None)).values(superseded_at=tx.now)
    )
    tx.session.add(version)
    tx.record(
        by,
        RecordCorrected(
            jurisdiction_id=place,
            record_id=row.record_id,
            part_id=row.part_id,
            version=version.version,
            reason=proposal.reason,
            body_sha256=digest(version.body),
        ),
    )
    await tx.session.flush()

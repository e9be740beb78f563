"""Requests to the registering authority to correct its record: draft -> sent -> answered."""

from uuid import UUID

import msgspec

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.fact_models import CorrectionRequest
from palmcheck.registry.models import Target
from palmcheck.registry.target_events import CorrectionMoved
from palmcheck.registry.target_problems import CorrectionNotDraft, CorrectionNotSent
from palmcheck.registry.target_types import AnswerCorrection, DraftCorrection
from palmcheck.registry.targets import editable


async def draft_correction(tx: Tx, by: Actor, target_id: UUID, id: UUID, data: DraftCorrection) -> None:
    """Drafts a request, or changes a draft. Raises CorrectionNotDraft, IdReuse and what `editable` raises."""
    target = await editable(tx, by, target_id)
    row = await tx.session.get(CorrectionRequest, (by.jurisdiction_id, id))
    if row is not None and row.target_id != target_id:
        raise IdReuse(field="id")
    wanted = msgspec.structs.asdict(data)
    if row is not None and all(getattr(row, name) == value for name, value in wanted.items()):
        return
    if row is not None and row.state != "draft":
        raise CorrectionNotDraft(state=row.state)
    row = row or CorrectionRequest(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        target_id=target_id,
        state="draft",
        drafted_by=by.account_id,
        drafted_at=tx.now,
    )
    for name, value in wanted.items():
        setattr(row, name, value)
    row.recorded = recorded(target, data.field)
    tx.session.add(row)
    await _moved(tx, by, row)


def recorded(target: Target, field: str) -> str:
    """What the registry says in a field, as a letter quotes it."""
    value = f"{target.industry_code} {target.industry_name}" if field == "industry" else getattr(target, field)
    return value or ""


async def send_correction(tx: Tx, by: Actor, target_id: UUID, id: UUID) -> None:
    """Marks a draft as sent; a repeat stays sent. Raises NotFound, CorrectionNotDraft."""
    row = await _request(tx, by, target_id, id)
    if row.state == "sent":
        return
    if row.state != "draft":
        raise CorrectionNotDraft(state=row.state)
    row.state, row.sent_at = "sent", tx.now
    await _moved(tx, by, row)


async def answer_correction(tx: Tx, by: Actor, target_id: UUID, id: UUID, data: AnswerCorrection) -> None:
    """Keeps the authority's answer; a repeat is the same. The record itself is changed by an edit or an import.

    Raises NotFound, CorrectionNotSent.
    """
    row = await _request(tx, by, target_id, id)
    if row.state == "answered" and (row.accepted, row.answer) == (data.accepted, data.answer):
        return
    if row.state != "sent":
        raise CorrectionNotSent(state=row.state)
    row.state, row.answered_at, row.accepted, row.answer = "answered", tx.now, data.accepted, data.answer
    await _moved(tx, by, row)


async def _request(tx: Tx, by: Actor, target_id: UUID, id: UUID) -> CorrectionRequest:
    await editable(tx, by, target_id)
    row = await tx.session.get(CorrectionRequest, (by.jurisdiction_id, id))
    if row is None or row.target_id != target_id:
        raise NotFound(field="id")
    return row


async def _moved(tx: Tx, by: Actor, row: CorrectionRequest) -> None:
    await tx.session.flush()
    tx.record(
        by,
        CorrectionMoved(
            jurisdiction_id=by.jurisdiction_id, target_id=row.target_id, correction_id=row.id, state=row.state
        ),
    )

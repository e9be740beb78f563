"""Follow-ups opened with a result (R13): one a found problem, never two, whatever is repeated."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from palmcheck.followup.events import FollowUpOpened, FollowUpsVoided
from palmcheck.followup.models import FollowUp
from palmcheck.inspections.events import DisputeDecided, PartSubmitted
from palmcheck.inspections.findings import Findings, FoundItem, findings_of
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import CORRECTION_DAYS
from palmcheck.jurisdictions.working_days import CalendarMissing, add_working_days
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx

OPENING = SystemActor("followup.opening")


async def open_with_result(tx: Tx, event: PartSubmitted) -> None:
    """One follow-up a problem of a result that stands; a disputed one waits for the lead."""
    findings = await findings_of(tx.session, event.jurisdiction_id, event.submission_id)
    if findings.state == "accepted":
        await _open_all(tx, event.jurisdiction_id, findings)


async def follow_decision(tx: Tx, event: DisputeDecided) -> None:
    """The chosen result's problems are open, those only found by what was set aside are void."""
    findings = await findings_of(tx.session, event.jurisdiction_id, event.chosen_id)
    rows = await tx.session.scalars(
        select(FollowUp).where(
            FollowUp.jurisdiction_id == event.jurisdiction_id,
            FollowUp.part_id == event.part_id,
            FollowUp.state.in_(("opened", "done")),
            FollowUp.problem_key.not_in([item.key for item in findings.items]),
        )
    )
    voided = list(rows)
    for row in voided:
        row.state = "void"
    if voided:
        ids = [row.id for row in voided]
        tx.record(
            OPENING,
            FollowUpsVoided(jurisdiction_id=event.jurisdiction_id, part_id=event.part_id, follow_up_ids=ids),
        )
    await _open_all(tx, event.jurisdiction_id, findings)


async def _open_all(tx: Tx, jurisdiction_id: UUID, findings: Findings) -> None:
    for item in findings.items:
        await _open(tx, jurisdiction_id, findings, item)


async def _open(tx: Tx, jurisdiction_id: UUID, findings: Findings, item: FoundItem) -> None:
    due = item.due_on
    if item.handling == "order_to_correct" and due is None:
        due = await correct_by(tx, jurisdiction_id, law_date(findings.formed_at))
    done = item.handling == "on_the_spot"
    row = {
        "jurisdiction_id": jurisdiction_id,
        "id": new_id(),
        "inspection_id": findings.inspection_id,
        "part_id": findings.part_id,
        "department_id": findings.department_id,
        "target_id": findings.target_id,
        "submission_id": findings.submission_id,
        "problem_key": item.key,
        "question_key": item.question_key,
        "finding": item.what,
        "photo_ids": item.photo_ids,
        "kind": item.handling,
        "state": "done" if done else "opened",
        "due_on": due,
        "opened_at": tx.now,
        "done_at": findings.formed_at if done else None,
    }
    once = insert(FollowUp).values(row).on_conflict_do_nothing().returning(FollowUp.id)
    opened = await tx.session.scalar(once)
    if opened is None:
        return
    tx.record(
        OPENING,
        FollowUpOpened(
            jurisdiction_id=jurisdiction_id,
            follow_up_id=opened,
            part_id=findings.part_id,
            kind=item.handling,
            due_on=due,
        ),
    )


async def correct_by(tx: Tx, jurisdiction_id: UUID, since: date) -> date | None:
    """The last day of an order that names none; None where the calendar ends."""
    _, calendar = await jurisdictions.working_days(tx.session, jurisdiction_id, since)
    try:
        return add_working_days(
            since, await jurisdictions.setting(tx.session, jurisdiction_id, CORRECTION_DAYS), calendar
        )
    except CalendarMissing:
        return None

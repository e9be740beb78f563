"""The problems that a submission found (R13): those the officer wrote down, and those the answers alone tell."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue import service as catalogue
from palmcheck.catalogue.result_codes import consequences_of
from palmcheck.inspections.models import Inspection, InspectionPart, Submission
from palmcheck.inspections.on_site_types import FoundProblem, Handling
from palmcheck.kernel.clock import Instant
from palmcheck.registry import service as registry


class FoundItem(msgspec.Struct, frozen=True):
    """One problem. `key`: the question, or the id that the phone gave a free one."""

    key: str
    question_key: str | None
    what: str
    handling: Handling
    due_on: date | None
    photo_ids: list[UUID]


class Findings(msgspec.Struct, frozen=True):
    """What one submission found, with where it belongs."""

    submission_id: UUID
    part_id: UUID
    inspection_id: UUID
    department_id: UUID
    target_id: UUID
    state: str
    formed_at: Instant
    items: list[FoundItem]


async def findings_of(session: AsyncSession, jurisdiction_id: UUID, submission_id: UUID) -> Findings:
    """A submission's problems in the order of the officer's notes, then those only answered."""
    row = await session.get_one(Submission, (jurisdiction_id, submission_id))
    part = await session.get_one(InspectionPart, (jurisdiction_id, row.part_id))
    inspection = await session.get_one(Inspection, (jurisdiction_id, part.inspection_id))
    target = (await registry.targets(session, jurisdiction_id, [inspection.target_id]))[inspection.target_id]
    form = (await catalogue.checklist(session, jurisdiction_id, row.checklist_id)).content
    noted = msgspec.convert(row.body.get("problems", []), list[FoundProblem])
    suggested = consequences_of(form, row.body["answers"], {"kind": target.kind})
    texts = {question.key: question.text.zh_cn for question in form.questions}
    items = [
        FoundItem(
            each.question_key or str(each.id), each.question_key, each.what, each.handling, each.due_on, each.photo_ids
        )
        for each in noted
    ]
    told = {each.question_key for each in noted}
    items += [
        FoundItem(key, key, texts[key], msgspec.convert(handling, Handling), None, _photos(row.body, key))
        for key, handling in suggested.items()
        if handling is not None and key not in told
    ]
    return Findings(
        submission_id=row.id,
        part_id=part.id,
        inspection_id=inspection.id,
        department_id=part.department_id,
        target_id=inspection.target_id,
        state=row.state,
        formed_at=row.formed_at,
        items=items,
    )


def _photos(body: dict[str, Any], key: str) -> list[UUID]:
    return [UUID(photo["id"]) for photo in body.get("photos", []) if photo["question_key"] == key]

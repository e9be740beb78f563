"""What the doctor looks at: a part, its result and its photos say the same."""

from collections.abc import AsyncIterator

from sqlalchemy import Text, cast, exists, func, select, true
from sqlalchemy.dialects.postgresql import JSONB

from palmcheck.inspections.models import (
    Countersignature,
    CountersignatureWaiver,
    InspectionPart,
    Submission,
    SubmissionPhoto,
)
from palmcheck.kernel.doctor import Check, Finding, Round

DONE = ("complete", "published")
_LACKS_PHOTO = exists().where(
    SubmissionPhoto.jurisdiction_id == InspectionPart.jurisdiction_id,
    SubmissionPhoto.submission_id == InspectionPart.submission_id,
    SubmissionPhoto.arrived_at.is_(None),
)
_HAS_RESULT = exists().where(
    Submission.jurisdiction_id == InspectionPart.jurisdiction_id,
    Submission.id == InspectionPart.submission_id,
    Submission.part_id == InspectionPart.id,
)
_NAMED = (
    func.jsonb_array_elements_text(func.coalesce(Submission.body["countersigners"], cast([], JSONB)))
    .table_valued("inspector_id")
    .render_derived("named")
)
_AWAITS_COLLEAGUE = (
    select(_NAMED.c.inspector_id)
    .select_from(Submission)
    .join(_NAMED, true())
    .where(
        Submission.jurisdiction_id == InspectionPart.jurisdiction_id,
        Submission.id == InspectionPart.submission_id,
        ~exists().where(
            Countersignature.jurisdiction_id == Submission.jurisdiction_id,
            Countersignature.part_id == Submission.part_id,
            cast(Countersignature.inspector_id, Text) == _NAMED.c.inspector_id,
            Submission.operation_sha256.startswith(Countersignature.submission_sha256),
        ),
        ~exists().where(
            CountersignatureWaiver.jurisdiction_id == Submission.jurisdiction_id,
            CountersignatureWaiver.submission_id == Submission.id,
            cast(CountersignatureWaiver.inspector_id, Text) == _NAMED.c.inspector_id,
        ),
    )
    .exists()
)
"""A colleague's signature is awaited, and nobody has said that it is not."""
_WRONG = {
    "inspections.part_waits_in_vain": (InspectionPart.state == "awaiting_photos") & ~_LACKS_PHOTO & ~_AWAITS_COLLEAGUE,
    "inspections.part_lacks_photo": InspectionPart.state.in_(DONE) & _LACKS_PHOTO,
    "inspections.part_without_result": InspectionPart.state.in_((*DONE, "awaiting_photos")) & ~_HAS_RESULT,
}


async def _parts(round: Round) -> AsyncIterator[Finding]:
    for code, wrong in _WRONG.items():
        rows = select(InspectionPart.jurisdiction_id, InspectionPart.id, InspectionPart.inspection_id).where(wrong)
        for row in (await round.session.execute(rows)).all():
            subject = {"jurisdiction_id": row.jurisdiction_id, "part_id": row.id, "inspection_id": row.inspection_id}
            yield Finding(code, {key: str(value) for key, value in subject.items()})


CHECKS = [Check("inspections.parts", _parts)]

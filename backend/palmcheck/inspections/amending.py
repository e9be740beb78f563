"""A result that was entered wrongly: another code stands, with the reason (domain.md 3, Submission)."""

from uuid import UUID

from sqlalchemy import select

from palmcheck.inspections.events import ResultAmended
from palmcheck.inspections.models import InspectionPart, PartOfficer
from palmcheck.inspections.service import lock_part
from palmcheck.kernel.events import Trace
from palmcheck.kernel.unit_of_work import Tx


async def amend_result(
    tx: Tx, by: Trace, jurisdiction_id: UUID, part_id: UUID, result_code: str, reason: str
) -> list[UUID]:
    """Puts another result code on a part; the submission stays as it was signed. Answers the visit's inspectors.

    The same code again changes nothing. Raises NotFound.
    """
    part = await lock_part(tx, jurisdiction_id, part_id)
    if part.result_code != result_code:
        amended = ResultAmended(
            jurisdiction_id=jurisdiction_id,
            part_id=part_id,
            code_before=part.result_code,
            code_now=result_code,
            reason=reason,
        )
        part.result_code = result_code
        tx.record(by, amended)
        await tx.session.flush()
    whole_visit = (
        select(PartOfficer.inspector_id)
        .join(
            InspectionPart,
            (InspectionPart.jurisdiction_id == PartOfficer.jurisdiction_id)
            & (InspectionPart.id == PartOfficer.part_id),
        )
        .where(InspectionPart.jurisdiction_id == jurisdiction_id, InspectionPart.inspection_id == part.inspection_id)
    )
    return sorted(set(await tx.session.scalars(whole_visit)))

"""Selectables that upper slices may join."""

from sqlalchemy import select

from palmcheck.inspections.models import Inspection, InspectionPart, PartOfficer, Submission, SubmissionPhoto

part_rows = select(
    InspectionPart.jurisdiction_id,
    InspectionPart.id,
    InspectionPart.inspection_id,
    InspectionPart.department_id,
    InspectionPart.checklist_id,
    InspectionPart.check_item_ids,
    InspectionPart.state,
    InspectionPart.entry,
    InspectionPart.formed_at,
    InspectionPart.record_id,
    InspectionPart.submission_id,
    InspectionPart.result_code,
    Inspection.method,
    Inspection.target_id,
    Inspection.plan_task_id,
    Inspection.draw_id,
    Inspection.issued_on,
    Inspection.due_on,
    Inspection.visit_on,
).join(
    Inspection,
    (Inspection.jurisdiction_id == InspectionPart.jurisdiction_id) & (Inspection.id == InspectionPart.inspection_id),
)
"""One row a department part, with its inspection."""

officer_rows = select(PartOfficer.jurisdiction_id, PartOfficer.part_id, PartOfficer.inspector_id, PartOfficer.seat)

photo_rows = select(
    SubmissionPhoto.jurisdiction_id,
    SubmissionPhoto.submission_id,
    SubmissionPhoto.photo_id,
    SubmissionPhoto.sha256,
    SubmissionPhoto.arrived_at,
    Submission.part_id,
    Submission.state,
).join(
    Submission,
    (Submission.jurisdiction_id == SubmissionPhoto.jurisdiction_id) & (Submission.id == SubmissionPhoto.submission_id),
)
"""One row a photo that a submission names, with the submission's part and state."""

named_rows = select(SubmissionPhoto.jurisdiction_id, SubmissionPhoto.photo_id)
"""Every photo that any submission names, standing or not."""

submission_rows = select(
    Submission.jurisdiction_id,
    Submission.id,
    Submission.part_id,
    Submission.state,
    Submission.entry,
    Submission.received_at,
)

"""Selectables that upper slices may join."""

from sqlalchemy import Date, case, cast, func, select

from palmcheck.followup.models import FollowUp

problem_rows = select(
    FollowUp.jurisdiction_id,
    FollowUp.id,
    FollowUp.inspection_id,
    FollowUp.part_id,
    FollowUp.department_id,
    FollowUp.target_id,
    FollowUp.finding,
    FollowUp.task_kind.label("kind"),
    FollowUp.kind.label("handling"),
    FollowUp.state,
    FollowUp.due_on,
    FollowUp.found_on,
    case((FollowUp.done_at.is_not(None), cast(func.timezone("Asia/Shanghai", FollowUp.done_at), Date))).label(
        "disposed_on"
    ),
    (FollowUp.state == "verified").label("closed"),
).where(FollowUp.state != "void")
"""One row a found problem, those of set-aside results left out; dates of law."""

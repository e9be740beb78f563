"""Selectables that upper slices may join."""

from sqlalchemy import select

from palmcheck.planning.models import PlanTask

task_rows = select(
    PlanTask.jurisdiction_id,
    PlanTask.id,
    PlanTask.number,
    PlanTask.name,
    PlanTask.lead_department_id,
    PlanTask.deadline,
    PlanTask.state,
)

"""Tables of the slice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from palmcheck.kernel.database import Base


class AnnualPlan(Base):
    """All tasks of a year (年度抽查工作计划)."""

    __tablename__ = "annual_plan"
    __table_args__ = (Index(None, "jurisdiction_id", "year", unique=True),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[str]
    name: Mapped[str]
    published_at: Mapped[datetime | None]


class PlanTask(Base):
    """One task of a plan (抽查任务). `state`: published | frozen | drawn | issued."""

    __tablename__ = "plan_task"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "plan_id"], ["annual_plan.jurisdiction_id", "annual_plan.id"]),
        Index(None, "jurisdiction_id", "number", unique=True),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID]
    number: Mapped[str]
    name: Mapped[str]
    scope: Mapped[str] = mapped_column(comment="joint | internal")
    kind: Mapped[str] = mapped_column(
        server_default="planned",
        comment="planned | special | case_lead | revisit | full_coverage: counted apart (R20, R30)",
    )
    draw_kind: Mapped[str] = mapped_column(comment="directed | undirected")
    item_class: Mapped[str] = mapped_column(comment="general | key")
    method: Mapped[str] = mapped_column(comment="on_site | written | online")
    lead_department_id: Mapped[UUID]
    target_range: Mapped[str]
    target_industry: Mapped[str] = mapped_column(comment="start of the GB/T 4754 code, '' for all")
    ratios: Mapped[dict[str, Any]] = mapped_column(comment="credit risk class -> 1/10,000 (R7)")
    planned_draw_on: Mapped[date]
    deadline: Mapped[date]
    state: Mapped[str]
    draw_id: Mapped[UUID | None]


class PlanTaskPart(Base):
    """A department's share of a task: its items and the form for them."""

    __tablename__ = "plan_task_part"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "plan_task_id"], ["plan_task.jurisdiction_id", "plan_task.id"]),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_task_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    assists_only: Mapped[bool]
    check_item_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    checklist_id: Mapped[UUID]

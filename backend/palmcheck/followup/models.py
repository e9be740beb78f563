"""Tables of the slice."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Computed, Index
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from palmcheck.kernel.database import Base


class FollowUp(Base):
    """What is done about one found problem. `state`: opened | done | verified | void (its result was set aside)."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index(None, "jurisdiction_id", "part_id", "problem_key", unique=True),
        Index(None, "jurisdiction_id", "inspection_id"),
        Index(None, "jurisdiction_id", "state", "due_on"),
        Index(
            "ix_follow_up_found",
            *("jurisdiction_id", "found_on", "id"),
            postgresql_include=["department_id", "task_kind", "state", "due_on", "done_at"],
        ),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[UUID]
    part_id: Mapped[UUID]
    department_id: Mapped[UUID]
    target_id: Mapped[UUID]
    submission_id: Mapped[UUID] = mapped_column(comment="the result that found it last")
    problem_key: Mapped[str] = mapped_column(comment="the question, or the problem's own id")
    question_key: Mapped[str | None]
    finding: Mapped[str]
    photo_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    kind: Mapped[str] = mapped_column(
        comment="on_the_spot | order_to_correct | case | coercive | transfer | referral | hazard_notice"
    )
    state: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(comment="last day of an order to correct")
    opened_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    disposal: Mapped[str | None] = mapped_column(comment="what was done, as recorded")
    disposed_by: Mapped[UUID | None] = mapped_column(comment="the account")
    disposal_sha256: Mapped[str | None] = mapped_column(comment="as first sent")
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[UUID | None] = mapped_column(comment="the account, another than disposed_by")
    verification: Mapped[str | None] = mapped_column(comment="what the second person saw")
    found_on: Mapped[date] = mapped_column(Computed("(opened_at at time zone 'Asia/Shanghai')::date", persisted=True))
    task_kind: Mapped[str] = mapped_column(
        server_default="planned", comment="of the task: planned | special | …; kept by a trigger"
    )

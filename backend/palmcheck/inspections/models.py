"""Tables of the slice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from palmcheck.kernel.database import Base

PART = ["inspection_part.jurisdiction_id", "inspection_part.id"]


class Inspection(Base):
    """One target under one plan task, visited once for all departments (进一次门、查多项事)."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index(None, "jurisdiction_id", "draw_id", "target_id", unique=True),
        Index(None, "plan_task_id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_task_id: Mapped[UUID]
    draw_id: Mapped[UUID]
    target_id: Mapped[UUID]
    method: Mapped[str]
    issued_on: Mapped[date]
    due_on: Mapped[date]
    visit_on: Mapped[date | None] = mapped_column(
        comment="the day on which all departments go; none until the lead sets it"
    )


class InspectionPart(Base):
    """One department's share. `state`: issued | under_way | awaiting_photos | complete | published."""

    __tablename__ = "inspection_part"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "inspection_id"], ["inspection.jurisdiction_id", "inspection.id"]),
        Index(None, "jurisdiction_id", "inspection_id", "department_id", unique=True),
        Index("ix_inspection_part_unfinished", "jurisdiction_id", "id", postgresql_where=text("state <> 'published'")),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[UUID]
    department_id: Mapped[UUID]
    check_item_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    checklist_id: Mapped[UUID]
    state: Mapped[str]
    entry: Mapped[str | None] = mapped_column(comment="mobile | desk")
    submission_id: Mapped[UUID | None]
    result_code: Mapped[str | None]
    formed_at: Mapped[datetime | None] = mapped_column(comment="when the result was formed, as the law counts")
    record_id: Mapped[UUID | None] = mapped_column(comment="the public record, once published")


class PartOfficer(Base):
    """Who goes for a department; the lead's device owns the part."""

    __tablename__ = "part_officer"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "part_id"], PART),
        Index(None, "jurisdiction_id", "inspector_id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(primary_key=True)
    seat: Mapped[int]


class CheckIn(Base):
    """An arrival on site; position and accuracy are evidence, not a lock."""

    __tablename__ = "check_in"
    __table_args__ = (ForeignKeyConstraint(["jurisdiction_id", "part_id"], PART),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="the operation's id")
    part_id: Mapped[UUID]
    entered_at: Mapped[datetime]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    no_position_because: Mapped[str | None]
    distance_note: Mapped[str | None]
    received_at: Mapped[datetime]


class Submission(Base):
    """A result entered for one part. `state`: accepted | disputed | set_aside (nothing that came is dropped)."""

    __tablename__ = "submission"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "part_id"], PART),
        Index(None, "jurisdiction_id", "part_id"),
        Index(None, "page_code_sha256"),
        Index("ix_submission_disputed", "jurisdiction_id", "part_id", postgresql_where=text("state = 'disputed'")),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="the operation's id, or the desk's")
    part_id: Mapped[UUID]
    state: Mapped[str]
    entry: Mapped[str] = mapped_column(comment="mobile | desk")
    device_id: Mapped[UUID | None]
    checklist_id: Mapped[UUID]
    body: Mapped[dict[str, Any]]
    request_sha256: Mapped[str]
    result_code: Mapped[str]
    formed_at: Mapped[datetime]
    received_at: Mapped[datetime]
    operation_sha256: Mapped[str | None] = mapped_column(
        comment="of the phone's signed operation: what a countersignature is for"
    )
    page_code_sha256: Mapped[str | None] = mapped_column(comment="of the code of the party's page (R29)")
    correction_id: Mapped[UUID | None] = mapped_column(comment="the request to correct the registry that it led to")
    decided_by: Mapped[UUID | None] = mapped_column(comment="the account that chose among disputed results")
    decided_because: Mapped[str | None]


class SubmissionPhoto(Base):
    """A photo that a submission names; the part completes when the last has arrived."""

    __tablename__ = "submission_photo"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "submission_id"], ["submission.jurisdiction_id", "submission.id"]),
        Index(None, "jurisdiction_id", "photo_id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(primary_key=True)
    photo_id: Mapped[UUID] = mapped_column(primary_key=True)
    sha256: Mapped[str]
    arrived_at: Mapped[datetime | None]


class RecusalRequest(Base):
    """The enterprise asked on site that officers withdraw (R21)."""

    __tablename__ = "recusal_request"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "part_id"], PART),
        Index(None, "jurisdiction_id", "part_id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="the operation's id")
    part_id: Mapped[UUID]
    asked_by: Mapped[str]
    inspector_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()))
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    goes_on: Mapped[bool] = mapped_column(comment="whether the visit went on")
    received_at: Mapped[datetime]


class CountersignatureWaiver(Base):
    """The lead decided that a result no longer waits for an officer's countersignature, and why (R3, R15)."""

    __tablename__ = "countersignature_waiver"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "submission_id"], ["submission.jurisdiction_id", "submission.id"]),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    submission_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(primary_key=True)
    because: Mapped[str]
    account_id: Mapped[UUID] = mapped_column(comment="who decided")
    waived_at: Mapped[datetime]


class Countersignature(Base):
    """An officer signs a colleague's submission on a phone of his own (R3); it may come before what it signs."""

    __tablename__ = "countersignature"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "part_id"], PART),
        Index(None, "jurisdiction_id", "part_id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="the operation's id")
    part_id: Mapped[UUID]
    inspector_id: Mapped[UUID]
    device_id: Mapped[UUID | None]
    submission_sha256: Mapped[str] = mapped_column(comment="whole as scanned, or its first 20 digits as typed")
    signed_at: Mapped[datetime]
    received_at: Mapped[datetime]

"""Tables of the slice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class PublicRecord(Base):
    """One version of a part's public record: everything in `body` is public, and nothing else is here."""

    __tablename__ = "public_record"
    __table_args__ = (
        Index(None, "jurisdiction_id", "part_id", "version", unique=True),
        Index(
            "ix_public_record_newest",
            *("published_at", "id"),
            postgresql_include=["search_text"],
            postgresql_where="superseded_at is null",
        ),
        Index("ix_public_record_first_versions", "department_id", postgresql_where="version = 1"),
        Index(None, "id"),
        Index(None, "grams", postgresql_using="gin"),
        Index(None, "department_id", "published_at", "id"),
        Index(None, "jurisdiction_id", "published_at", "id"),
        Index(None, "enterprise_key", "published_at", "id"),
        Index(None, "industry_section", "published_at", "id"),
        Index(None, "result_code", "published_at", "id"),
        Index(None, "plan_task_id", "published_at", "id"),
        Index(None, "inspection_id"),
        Index(
            "ix_public_record_first_character",
            *(text('"left"(search_text, 1)'), "published_at", "id"),
            postgresql_where="superseded_at is null",
        ),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    target_name: Mapped[str]
    grams: Mapped[list[str]]
    search_text: Mapped[str] = mapped_column(comment="name, pinyin initials and code, to recheck what the grams found")
    body: Mapped[dict[str, Any]]
    due_on: Mapped[date | None] = mapped_column(comment="last day to publish; none where the calendar ends")
    calendar_version: Mapped[int]
    published_at: Mapped[datetime]
    department_id: Mapped[UUID | None]
    inspection_id: Mapped[UUID | None]
    plan_task_id: Mapped[UUID | None]
    enterprise_key: Mapped[str | None] = mapped_column(
        comment="the credit code, or the target's id where it has none: the address of its page"
    )
    industry_section: Mapped[str | None] = mapped_column(comment="GB/T 4754 section, a letter")
    result_code: Mapped[str | None]
    superseded_at: Mapped[datetime | None] = mapped_column(comment="when a newer version came")


class Publication(Base):
    """A part's way to the public (R10 to R12), one row a part, from its first proposal or its whole result on."""

    __tablename__ = "publication"
    __table_args__ = (
        Index(None, "jurisdiction_id", "stage", "due_on", "part_id"),
        Index(None, "jurisdiction_id", "department_id", "stage"),
        Index(None, "jurisdiction_id", "plan_task_id"),
        Index(None, "record_id", unique=True),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(comment="its address in public, once it is there")
    inspection_id: Mapped[UUID]
    department_id: Mapped[UUID]
    plan_task_id: Mapped[UUID]
    target_id: Mapped[UUID]
    submission_id: Mapped[UUID | None] = mapped_column(comment="the result that was taken up last")
    stage: Mapped[str] = mapped_column(
        comment="expected | in_review | returned | proposed | ready | published | withheld | withdrawn (stages.py)"
    )
    review: Mapped[str] = mapped_column(comment="none | waiting | passed | returned | lapsed")
    withholding: Mapped[str] = mapped_column(comment="none | proposed | confirmed")
    formed_on: Mapped[date | None] = mapped_column(comment="the result's day of law; none while it is not whole")
    due_on: Mapped[date | None] = mapped_column(comment="last day to publish; none where the calendar ends")
    calendar_version: Mapped[int]
    review_by: Mapped[date | None] = mapped_column(comment="last day of the review; then it goes on without")
    reviewed_by: Mapped[UUID | None] = mapped_column(comment="the account")
    reviewed_at: Mapped[datetime | None]
    review_note: Mapped[str | None]
    published_on: Mapped[date | None]
    withheld_on: Mapped[date | None]


class Seconded:
    """What one person proposes and another decides; kept for good."""

    proposed_by: Mapped[UUID] = mapped_column(comment="the account")
    proposed_at: Mapped[datetime]
    request_sha256: Mapped[str] = mapped_column(comment="as first sent")
    verdict: Mapped[str | None] = mapped_column(comment="confirmed | refused | taken_back")
    decided_by: Mapped[UUID | None] = mapped_column(comment="the account; never proposed_by when confirmed")
    decided_at: Mapped[datetime | None]
    because: Mapped[str | None]


class WithholdingProposal(Seconded, Base):
    """That a part's result is not public by law: proposed by one person, decided by another; kept for good."""

    __tablename__ = "withholding_proposal"
    __table_args__ = (
        Index(None, "jurisdiction_id", "part_id"),
        Index(
            "uq_withholding_proposal_open",
            *("jurisdiction_id", "part_id"),
            unique=True,
            postgresql_where="verdict is null",
        ),
        CheckConstraint("verdict is distinct from 'confirmed' or decided_by <> proposed_by", name="second_person"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the console")
    part_id: Mapped[UUID]
    department_id: Mapped[UUID]
    ground: Mapped[str] = mapped_column(comment="of grounds.py")
    note: Mapped[str] = mapped_column(comment="for the second person and the trail; never public")


class RecordCorrection(Seconded, Base):
    """That a part's result is another than was entered: proposed by one person, decided by another."""

    __tablename__ = "record_correction"
    __table_args__ = (
        Index(None, "jurisdiction_id", "part_id"),
        Index(
            "uq_record_correction_open",
            *("jurisdiction_id", "part_id"),
            unique=True,
            postgresql_where="verdict is null",
        ),
        CheckConstraint("verdict is distinct from 'confirmed' or decided_by <> proposed_by", name="second_person"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the console")
    part_id: Mapped[UUID]
    result_code: Mapped[str] = mapped_column(comment="what stands once it is confirmed")
    reason: Mapped[str] = mapped_column(comment="of correction_reasons.py; public")
    note: Mapped[str] = mapped_column(comment="for the second person and the trail; never public")


class PublicPhoto(Seconded, Base):
    """A blurred copy of a photo of the result: public once a second person has confirmed it (R18), until `removed`."""

    __tablename__ = "public_photo"
    __table_args__ = (
        Index(None, "jurisdiction_id", "part_id"),
        Index(None, "record_id"),
        CheckConstraint("verdict is distinct from 'confirmed' or decided_by <> proposed_by", name="second_person"),
        CheckConstraint("jsonb_array_length(places) > 0", name="blurred"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the console")
    part_id: Mapped[UUID]
    record_id: Mapped[UUID]
    photo_id: Mapped[UUID] = mapped_column(comment="the photo that the copy was made of")
    places: Mapped[list[dict[str, int]]] = mapped_column(JSONB, comment="what is blurred, in 1/10,000 of the picture")
    sha256: Mapped[str] = mapped_column(comment="of the copy")
    length: Mapped[int] = mapped_column(comment="bytes of the copy")
    width: Mapped[int]
    height: Mapped[int]


class Tombstone(Base):
    """That a record was public, and by which ground it is no longer; nothing of what it said."""

    __tablename__ = "withdrawn_record"
    __table_args__ = (Index(None, "record_id"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID]
    withdrawn_on: Mapped[date]
    ground: Mapped[str] = mapped_column(comment="of grounds.py")
    version_digests: Mapped[list[str]] = mapped_column(comment="SHA-256 of each version's body, in order")

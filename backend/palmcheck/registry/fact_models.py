"""Tables of what is known about targets: tags, dated facts, standing, merges, correction requests."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class Tag(Base):
    """A word that targets are told apart by; by industry, by level, or free."""

    __tablename__ = "tag"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    family: Mapped[str] = mapped_column(comment="industry | level | free")


class TargetFact(Base):
    """A penalty or an upheld complaint with its day (S1 一(五))."""

    __tablename__ = "target_fact"
    __table_args__ = (Index(None, "jurisdiction_id", "target_id", "happened_on"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    target_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(comment="penalty | upheld_complaint")
    happened_on: Mapped[date]
    source: Mapped[str] = mapped_column(comment="who says so: authority, document number")
    content: Mapped[str]
    recorded_at: Mapped[datetime]
    request_sha256: Mapped[str] = mapped_column(comment="as first sent: repeat or clash?")


class TargetStanding(Base):
    """A change of status or credit-risk class; a trigger writes it, so that imports leave one too."""

    __tablename__ = "target_standing"
    __table_args__ = (Index(None, "jurisdiction_id", "target_id"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    target_id: Mapped[UUID]
    aspect: Mapped[str] = mapped_column(comment="status | credit_risk_class")
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str | None] = mapped_column(comment="null: an import said so")
    changed_at: Mapped[datetime] = mapped_column(server_default=text("now()"))


class TargetMerge(Base):
    """That one target turned out to be another; the merged row as it was."""

    __tablename__ = "target_merge"
    __table_args__ = (
        Index(None, "jurisdiction_id", "from_target_id", unique=True, postgresql_where=text("undone_at is null")),
        Index(None, "jurisdiction_id", "into_target_id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    from_target_id: Mapped[UUID]
    into_target_id: Mapped[UUID]
    reason: Mapped[str]
    merged_by: Mapped[UUID] = mapped_column(comment="an account")
    merged_at: Mapped[datetime]
    row_before: Mapped[dict[str, Any]] = mapped_column(comment="the merged target as it was")
    handed_over: Mapped[dict[str, Any]] = mapped_column(
        server_default="{}", comment="what the kept target got by it, so that it can go back"
    )
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(comment="an account")
    undo_reason: Mapped[str | None]


class TargetTagging(Base):
    """A tag given to, or taken from, all targets that a search found."""

    __tablename__ = "target_tagging"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    tag: Mapped[str]
    action: Mapped[str] = mapped_column(comment="add | remove")
    query: Mapped[dict[str, Any]] = mapped_column(comment="what was searched for")
    count: Mapped[int] = mapped_column(comment="targets that changed")
    skipped: Mapped[int] = mapped_column(comment="targets of other departments, left alone")
    rows_sha256: Mapped[str] = mapped_column(comment="of the ids that changed, in order")
    tagged_by: Mapped[UUID] = mapped_column(comment="an account")
    tagged_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(comment="an account")


class TargetTaggingRow(Base):
    """A target that a bulk action changed."""

    __tablename__ = "target_tagging_row"
    __table_args__ = (Index(None, "jurisdiction_id", "target_id"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    tagging_id: Mapped[UUID] = mapped_column(primary_key=True)
    target_id: Mapped[UUID] = mapped_column(primary_key=True)


class CorrectionRequest(Base):
    """A request to the registering authority to correct its record; draft -> sent -> answered."""

    __tablename__ = "correction_request"
    __table_args__ = (
        Index(None, "jurisdiction_id", "target_id"),
        Index(None, "jurisdiction_id", "state", "id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    target_id: Mapped[UUID]
    authority: Mapped[str]
    field: Mapped[str] = mapped_column(
        comment="name | credit_code | legal_representative | address | industry | status"
    )
    recorded: Mapped[str] = mapped_column(comment="what the record says")
    proposed: Mapped[str] = mapped_column(comment="what it should say")
    grounds: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="draft")
    drafted_by: Mapped[UUID] = mapped_column(comment="an account")
    drafted_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    accepted: Mapped[bool | None]

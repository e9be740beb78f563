"""Tables of people beside the inspector's own row."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class InspectorVersion(Base):
    """An inspector's row as it stood after each change; the trail has no personal data (R18)."""

    __tablename__ = "inspector_version"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    row: Mapped[dict[str, Any]] = mapped_column(comment="as it stood after the change")


class ExpertVersion(Base):
    """An expert's or body's row as it stood after each change."""

    __tablename__ = "expert_version"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    expert_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    row: Mapped[dict[str, Any]] = mapped_column(comment="as it stood after the change")


class InspectorInterest(Base):
    """A declared interest of an inspector in a target: he recuses (R21)."""

    __tablename__ = "inspector_interest"
    __table_args__ = (Index(None, "jurisdiction_id", "inspector_id"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    inspector_id: Mapped[UUID]
    target_id: Mapped[UUID | None] = mapped_column(comment="or its code, if it is in no registry yet")
    credit_code: Mapped[str | None]
    reason: Mapped[str]
    since: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(comment="the last day on which it holds")


class InspectorTraining(Base):
    """A training that an inspector took."""

    __tablename__ = "inspector_training"
    __table_args__ = (Index(None, "jurisdiction_id", "inspector_id"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    inspector_id: Mapped[UUID]
    title: Mapped[str]
    organiser: Mapped[str]
    held_on: Mapped[date]
    hours: Mapped[int]
    result: Mapped[str] = mapped_column(comment="passed | failed | attended")


class Expert(Base):
    """A body or person that assists; responsibility stays with the department (R22)."""

    __tablename__ = "expert"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    department_id: Mapped[UUID] = mapped_column(comment="guides and supervises (R22)")
    kind: Mapped[str] = mapped_column(comment="testing | audit | consulting | institute | person")
    name: Mapped[str]
    credit_code: Mapped[str | None] = mapped_column(comment="of a body")
    field: Mapped[str] = mapped_column(comment="what it is asked about")
    qualification: Mapped[str]
    contact: Mapped[str] = mapped_column(comment="personal data, never public (R18)")
    valid_until: Mapped[date | None] = mapped_column(comment="of the delegation; null: open")
    status: Mapped[str] = mapped_column(comment="active | ended")
    version: Mapped[int] = mapped_column(server_default="1")
    search_text: Mapped[str]
    pinyin: Mapped[str]

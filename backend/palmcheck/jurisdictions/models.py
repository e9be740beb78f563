"""Tables of the slice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class Jurisdiction(Base):
    """A province, city, county or district."""

    __tablename__ = "jurisdiction"
    __table_args__ = (ForeignKeyConstraint(["parent_id"], ["jurisdiction.id"]),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    parent_id: Mapped[UUID | None]
    code: Mapped[str] = mapped_column(unique=True, comment="GB/T 2260")
    name: Mapped[str]
    level: Mapped[str] = mapped_column(comment="province | city | county")


class JurisdictionClosure(Base):
    """Every pair of a jurisdiction and one above it, itself included at depth 0."""

    __tablename__ = "jurisdiction_closure"
    __table_args__ = (Index(None, "descendant_id"),)

    ancestor_id: Mapped[UUID] = mapped_column(primary_key=True)
    descendant_id: Mapped[UUID] = mapped_column(primary_key=True)
    depth: Mapped[int]


class Department(Base):
    """An authority of one jurisdiction (部门)."""

    __tablename__ = "department"
    __table_args__ = (Index(None, "jurisdiction_id", "code", unique=True),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]


class SettingValue(Base):
    """One value that a setting had from an instant on; the newest counts."""

    __tablename__ = "setting_value"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    reason: Mapped[str]


class WorkingDay(Base):
    """Whether one day is a working day, in one version of a jurisdiction's calendar."""

    __tablename__ = "working_day"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]

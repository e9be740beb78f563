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


class DepartmentResponsible(Base):
    """Who answered for a department from an instant on (S3 四(一)); the newest row counts, the trail has no names."""

    __tablename__ = "department_responsible"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    first: Mapped[str | None] = mapped_column(comment="第一责任人")
    leading: Mapped[str | None] = mapped_column(comment="分管责任人")
    direct: Mapped[str | None] = mapped_column(comment="直接责任人")
    author_id: Mapped[UUID | None]
    author_name: Mapped[str | None]


class SettingValue(Base):
    """One value that a setting had from an instant on; the newest counts."""

    __tablename__ = "setting_value"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    reason: Mapped[str]
    author_id: Mapped[UUID | None] = mapped_column(comment="the account; none for the system")
    author_name: Mapped[str | None] = mapped_column(comment="as the person was called then")


class WorkingDay(Base):
    """Whether one day is a working day, in one version of a jurisdiction's calendar."""

    __tablename__ = "working_day"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]


class CalendarVersion(Base):
    """Who changed the working days, why, and which; version 1 is the statutory calendar."""

    __tablename__ = "calendar_version"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
    reason: Mapped[str]
    changes: Mapped[list[Any]] = mapped_column(comment="[day, works now, worked before or null]")
    author_id: Mapped[UUID | None]
    author_name: Mapped[str | None]

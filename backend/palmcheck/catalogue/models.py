"""Tables of the slice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from palmcheck.kernel.database import Base

UPPER = "upper_item_id is not null"


class CheckItem(Base):
    """One thing that may be checked (抽查事项)."""

    __tablename__ = "check_item"
    __table_args__ = (
        Index(None, "jurisdiction_id", "code", unique=True),
        Index(None, "jurisdiction_id", "upper_item_id", unique=True, postgresql_where=text(UPPER)),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str] = mapped_column(comment="分项")
    big_class: Mapped[str] = mapped_column(comment="大类")
    department_id: Mapped[UUID]
    item_class: Mapped[str] = mapped_column(comment="general | key")
    basis: Mapped[str]
    method: Mapped[str]
    ratio_cap: Mapped[int | None] = mapped_column(comment="1/10,000; none for key items (R6)")
    listed_at: Mapped[datetime | None] = mapped_column(comment="since when it is public (R24)")
    version: Mapped[int] = mapped_column(server_default="1")
    area: Mapped[str] = mapped_column(server_default="", comment="抽查领域")
    target_range: Mapped[str] = mapped_column(server_default="", comment="检查对象")
    content: Mapped[str] = mapped_column(server_default="", comment="检查内容")
    method_note: Mapped[str] = mapped_column(server_default="", comment="what goes with the method: a delegation")
    visits_cap: Mapped[int | None] = mapped_column(comment="planned visits of one target a year (R6)")
    ratios: Mapped[dict[str, Any]] = mapped_column(server_default="{}", comment="class -> 1/10,000 (R7)")
    is_joint: Mapped[bool] = mapped_column(server_default="false")
    joint_department_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), server_default="{}")
    standards: Mapped[list[str]] = mapped_column(server_default="{}")
    checklist_code: Mapped[str | None]
    note: Mapped[str] = mapped_column(server_default="", comment="what to look up before it is relied on")
    upper_item_id: Mapped[UUID | None] = mapped_column(comment="the upper level's item that is claimed (认领)")
    retired_at: Mapped[datetime | None]
    request_sha256: Mapped[str | None] = mapped_column(comment="as first sent: repeat or clash?")


class ChecklistVersion(Base):
    """One version of the form that is filled in for an item (检查结果表); never changed."""

    __tablename__ = "checklist_version"
    __table_args__ = (Index(None, "jurisdiction_id", "code", "version", unique=True),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    published_at: Mapped[datetime]


class CheckItemVersion(Base):
    """What an item said from an instant on; an amendment is a new version, never a change of an old one."""

    __tablename__ = "check_item_version"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "check_item_id"], ["check_item.jurisdiction_id", "check_item.id"]),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    check_item_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    since: Mapped[datetime]
    reason: Mapped[str]
    author_name: Mapped[str | None]


class MissingItem(Base):
    """An item that the upper level's list lacks, reported upward (S0 (三)2). `state`: sent | taken_up | declined."""

    __tablename__ = "missing_item"
    __table_args__ = (Index(None, "upper_jurisdiction_id"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    upper_jurisdiction_id: Mapped[UUID]
    department_id: Mapped[UUID]
    name: Mapped[str]
    basis: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    answer: Mapped[str | None]
    sent_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    request_sha256: Mapped[str]


class ImplementationItem(Base):
    """What a department here makes of an item (检查实施清单). `state`: drawn_up | compliant."""

    __tablename__ = "implementation_item"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "check_item_id"], ["check_item.jurisdiction_id", "check_item.id"]),
        Index("ix_implementation_item_department", "jurisdiction_id", "check_item_id", "department_id", unique=True),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    check_item_id: Mapped[UUID]
    department_id: Mapped[UUID]
    version: Mapped[int]
    basis: Mapped[str]
    subject: Mapped[str] = mapped_column(comment="who checks (检查主体)")
    content: Mapped[str]
    method: Mapped[str]
    unit: Mapped[str | None] = mapped_column(comment="the unit that does it; none: not broken down")
    state: Mapped[str]
    drawn_up_at: Mapped[datetime]
    compliant_at: Mapped[datetime | None]


class ChecklistDraft(Base):
    """A checklist that is being written; it may be wrong in any way until it is published."""

    __tablename__ = "checklist_draft"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    version: Mapped[int] = mapped_column(comment="how often it was saved, for If-Match")
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    author_name: Mapped[str | None]
    published_checklist_id: Mapped[UUID | None]

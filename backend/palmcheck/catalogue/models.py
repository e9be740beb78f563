"""Tables of the slice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class CheckItem(Base):
    """One thing that may be checked (抽查事项)."""

    __tablename__ = "check_item"
    __table_args__ = (Index(None, "jurisdiction_id", "code", unique=True),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    name: Mapped[str]
    big_class: Mapped[str] = mapped_column(comment="大类")
    department_id: Mapped[UUID]
    item_class: Mapped[str] = mapped_column(comment="general | key")
    basis: Mapped[str]
    method: Mapped[str]
    ratio_cap: Mapped[int | None] = mapped_column(comment="1/10,000; none for key items (R6)")
    listed_at: Mapped[datetime | None] = mapped_column(comment="since when it is public (R24)")


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

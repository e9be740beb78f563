"""Tables of the slice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class PublicRecord(Base):
    """One version of a part's public record: everything in `body` is public, and nothing else is here."""

    __tablename__ = "public_record"
    __table_args__ = (
        Index(None, "jurisdiction_id", "part_id", "version", unique=True),
        Index(None, "published_at", "id"),
        Index(None, "id"),
        Index(None, "grams", postgresql_using="gin"),
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

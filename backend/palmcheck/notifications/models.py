"""Tables of the slice."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from palmcheck.kernel.database import Base

ACCOUNT = ["account.jurisdiction_id", "account.id"]


class Notification(Base):
    """One thing that one account is told; a cause tells it once, however often its reaction runs."""

    __tablename__ = "notification"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "account_id"], ACCOUNT),
        Index(None, "jurisdiction_id", "account_id", "cause", unique=True),
        Index("ix_notification_newest", "jurisdiction_id", "account_id", "id"),
        Index("ix_notification_unread", "jurisdiction_id", "account_id", postgresql_where=text("read_at is null")),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    cause: Mapped[str] = mapped_column(comment="what it follows from, such as dispute/SUBMISSION")
    kind: Mapped[str] = mapped_column(comment="key of its text in the catalogues")
    values: Mapped[dict[str, Any]] = mapped_column(comment="what the text's places are filled with")
    about: Mapped[str] = mapped_column(comment="inspection | inspections | plan_task | nothing: where it leads")
    subject_id: Mapped[UUID]
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]


class Reminder(Base):
    """That a row was reminded of at one step before its due day; a day that moves is reminded of anew."""

    __tablename__ = "reminder"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True, comment="visit | publication | follow_up")
    subject_id: Mapped[UUID] = mapped_column(primary_key=True, comment="the part, or the follow-up")
    due_on: Mapped[date] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, comment="working days before the due day; 0: it is over")
    told_at: Mapped[datetime]


class OfficerMessage(Base):
    """What a lead wrote to the officers of visits, or to inspectors of his department."""

    __tablename__ = "officer_message"
    __table_args__ = (
        ForeignKeyConstraint(["jurisdiction_id", "account_id"], ACCOUNT),
        Index("ix_officer_message_inspection_ids", "inspection_ids", postgresql_using="gin"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by whoever sends it")
    account_id: Mapped[UUID] = mapped_column(comment="who sent it")
    inspection_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), comment="the visits that it is about")
    inspector_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid()), comment="whom it went to")
    reached: Mapped[int] = mapped_column(comment="those of them who had an account")
    words: Mapped[str]
    sent_at: Mapped[datetime]
    request_sha256: Mapped[str] = mapped_column(comment="as first sent: repeat or clash?")

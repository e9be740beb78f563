"""Tables of the slice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class FeedEpoch(Base):
    """One row: the feed's epoch. It changes after a restore or a promotion and leads to a full resync."""

    __tablename__ = "feed_epoch"

    single: Mapped[bool] = mapped_column(primary_key=True)
    epoch: Mapped[str]


class FeedHead(Base):
    """The number of the newest change in an inspector's feed; taken last in the writing transaction."""

    __tablename__ = "feed_head"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class FeedEntry(Base):
    """One change that an inspector's phone has to hear of; its content is read when it is pulled."""

    __tablename__ = "feed_entry"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(comment="inspection | checklist | part_state")
    subject_id: Mapped[UUID]
    at: Mapped[datetime]


class ReceivedOperation(Base):
    """An operation as it came from a phone, with the verdict. Its bytes never change."""

    __tablename__ = "received_operation"
    __table_args__ = (Index(None, "jurisdiction_id", "device_id", "sequence"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    device_id: Mapped[UUID]
    account_id: Mapped[UUID]
    kind: Mapped[str]
    sequence: Mapped[int] = mapped_column(BigInteger)
    previous_sha256: Mapped[str]
    sha256: Mapped[str]
    operation: Mapped[dict[str, Any]]
    signature: Mapped[str]
    supersedes: Mapped[UUID | None]
    nonce_issued_at: Mapped[datetime]
    captured_at: Mapped[datetime]
    clock_offset_ms: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime]
    verdict: Mapped[str] = mapped_column(comment="accepted | accepted_into_dispute | rejected")
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB)

"""Tables of the import."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class TargetImport(Base):
    """One file of targets and what became of it."""

    __tablename__ = "target_import"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    department_id: Mapped[UUID | None] = mapped_column(comment="of the administrator; null: of the joint office")
    account_id: Mapped[UUID]
    file_name: Mapped[str]
    file_bytes: Mapped[int]
    mode: Mapped[str] = mapped_column(comment="merge | replace: what the file does not name is gone")
    request_sha256: Mapped[str] = mapped_column(comment="as first sent: repeat or clash?")
    state: Mapped[str] = mapped_column(
        comment="received | reading | waiting | merging | done | refused | cancelled | failed"
    )
    rows_read: Mapped[int] = mapped_column(server_default="0")
    progress: Mapped[int] = mapped_column(server_default="0", comment="of the file, 1/10,000")
    new: Mapped[int] = mapped_column(server_default="0")
    changed: Mapped[int] = mapped_column(server_default="0")
    unchanged: Mapped[int] = mapped_column(server_default="0")
    gone: Mapped[int] = mapped_column(server_default="0")
    bad: Mapped[int] = mapped_column(server_default="0", comment="rows, not faults")
    redirected: Mapped[int] = mapped_column(server_default="0", comment="rows that named a merged target")
    cancelled_by: Mapped[UUID | None] = mapped_column(comment="the account that asked the import to stop")
    refusal: Mapped[dict[str, Any] | None] = mapped_column(comment="problem code and its particulars")
    notes: Mapped[list[Any]] = mapped_column(server_default="[]", comment="what a clerk should know, code and words")
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class TargetImportFault(Base):
    """What is wrong with one row of a file; the first 10,000 are kept."""

    __tablename__ = "target_import_fault"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int] = mapped_column(comment="of the file as a spreadsheet shows it, from 1")
    field: Mapped[str] = mapped_column(comment="a field of the import, or row")
    rule: Mapped[str]
    value: Mapped[str] = mapped_column(comment="as found, at most 200 characters")


class TargetImportChunk(Base):
    """A piece of a received file, kept until it is read, so that any worker can read it."""

    __tablename__ = "target_import_chunk"
    __table_args__ = {"prefixes": ["UNLOGGED"]}  # noqa: RUF012 - SQLAlchemy's declaration

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    import_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)

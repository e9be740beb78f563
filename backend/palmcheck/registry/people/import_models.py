"""The table of files of inspectors."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class InspectorImport(Base):
    """One file of inspectors and what became of it."""

    __tablename__ = "inspector_import"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="minted by the client")
    department_id: Mapped[UUID | None] = mapped_column(comment="of the administrator; null: of the joint office")
    account_id: Mapped[UUID]
    file_name: Mapped[str]
    file_bytes: Mapped[int]
    request_sha256: Mapped[str] = mapped_column(comment="as first sent: repeat or clash?")
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, comment="the file, until it is read")
    state: Mapped[str] = mapped_column(
        comment="received | reading | waiting | merging | done | refused | cancelled | failed"
    )
    rows_read: Mapped[int] = mapped_column(server_default="0")
    progress: Mapped[int] = mapped_column(server_default="0", comment="of the rows, 1/10,000")
    new: Mapped[int] = mapped_column(server_default="0")
    changed: Mapped[int] = mapped_column(server_default="0")
    unchanged: Mapped[int] = mapped_column(server_default="0")
    bad: Mapped[int] = mapped_column(server_default="0", comment="rows, not faults")
    faults: Mapped[list[Any]] = mapped_column(
        server_default="[]", deferred=True, comment="line, field, rule, value as found"
    )
    cancelled_by: Mapped[UUID | None] = mapped_column(comment="the account that asked the import to stop")
    refusal: Mapped[dict[str, Any] | None] = mapped_column(comment="problem code and its particulars")
    received_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

"""Tables of the slice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class Upload(Base):
    """A photo on its way or in. `state`: receiving | complete | terminated.

    How much of it is in is not kept here: the object's length in the store is the one truth about that.
    """

    __tablename__ = "upload"
    __table_args__ = (Index(None, "jurisdiction_id", "part_id"),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="the photo's id, minted by the phone")
    part_id: Mapped[UUID]
    account_id: Mapped[UUID]
    device_id: Mapped[UUID]
    sha256: Mapped[str] = mapped_column(comment="of all bytes, as announced and, once complete, as checked")
    length: Mapped[int] = mapped_column(comment="bytes")
    media_type: Mapped[str]
    filename: Mapped[str] = mapped_column(comment="as announced; never used as a path")
    request_sha256: Mapped[str]
    state: Mapped[str]
    created_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]

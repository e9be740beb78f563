"""Tables of the slice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base


class Upload(Base):
    """A photo on its way or in. `state`: receiving | complete | terminated.

    How much of it is in is not kept here: the object's length in the store is the one truth about that.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index(None, "jurisdiction_id", "part_id"),
        Index(None, "expires_at", postgresql_where=text("state = 'receiving'")),
    )

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
    expires_at: Mapped[datetime | None] = mapped_column(comment="when it is given up unless it is complete by then")
    refusal: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, comment="why these bytes are never taken: code, field and params of the problem"
    )


class PhotoFacts(Base):
    """What was found in a complete photo. Never public: EXIF may tell where somebody lives (R18)."""

    __tablename__ = "photo_facts"
    __table_args__ = (ForeignKeyConstraint(["jurisdiction_id", "id"], ["upload.jurisdiction_id", "upload.id"]),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, comment="the upload's id")
    width: Mapped[int] = mapped_column(comment="pixels as stored, before the orientation is applied")
    height: Mapped[int]
    orientation: Mapped[int] = mapped_column(comment="as EXIF counts, 1 to 8")
    exif: Mapped[dict[str, Any]]
    perceptual_hash: Mapped[int | None] = mapped_column(BigInteger, comment="64 bits that alike pictures share")

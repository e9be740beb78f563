"""Tables of the slice."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base

DRAW = ["draw.jurisdiction_id", "draw.id"]


class Draw(Base):
    """One draw for one task and batch. `state`: prepared | drawn | issued."""

    __tablename__ = "draw"
    __table_args__ = (Index(None, "jurisdiction_id", "plan_task_id", unique=True),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    plan_task_id: Mapped[UUID]
    state: Mapped[str]
    request_sha256: Mapped[str]
    k1: Mapped[bytes] = mapped_column(comment="the server's secret; shown to nobody before the reveal")
    k1_sha256: Mapped[str]
    strata: Mapped[list[Any]] = mapped_column(comment="opaque code, internal label, pool, ratio, quota")
    departments: Mapped[list[Any]] = mapped_column(comment="who takes part, frozen: id, code, assists_only")
    shortages: Mapped[list[Any]]
    recusals: Mapped[list[Any]] = mapped_column(
        server_default="[]", comment="who does not visit what (R21), frozen: leaves of target and inspector, hex"
    )
    reserve_size: Mapped[int]
    target_pool_size: Mapped[int]
    target_pool_root: Mapped[str]
    inspector_pool_size: Mapped[int]
    inspector_pool_root: Mapped[str]
    frozen_at: Mapped[datetime]
    drawn_at: Mapped[datetime | None]
    issued_at: Mapped[datetime | None]
    receipt_root: Mapped[str | None]


class DrawTarget(Base):
    """A target as it stood when the pool was frozen. `place`: drawn | reserve | none."""

    __tablename__ = "draw_target"
    __table_args__ = (ForeignKeyConstraint(["jurisdiction_id", "draw_id"], DRAW),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    draw_id: Mapped[UUID] = mapped_column(primary_key=True)
    target_id: Mapped[UUID] = mapped_column(primary_key=True)
    stratum: Mapped[str]
    entry: Mapped[dict[str, Any]]
    salt: Mapped[bytes]
    leaf: Mapped[bytes]
    rank: Mapped[bytes | None]
    place: Mapped[str | None]
    position: Mapped[int | None]
    receipt_salt: Mapped[bytes | None]


class DrawInspector(Base):
    """An inspector as he stood when the pool was frozen."""

    __tablename__ = "draw_inspector"
    __table_args__ = (ForeignKeyConstraint(["jurisdiction_id", "draw_id"], DRAW),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    draw_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID]
    entry: Mapped[dict[str, Any]]
    salt: Mapped[bytes]
    leaf: Mapped[bytes]


class DrawSeat(Base):
    """A place in a visit; without an inspector it is a visible vacancy."""

    __tablename__ = "draw_seat"
    __table_args__ = (ForeignKeyConstraint(["jurisdiction_id", "draw_id"], DRAW),)

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    draw_id: Mapped[UUID] = mapped_column(primary_key=True)
    target_id: Mapped[UUID] = mapped_column(primary_key=True)
    department_id: Mapped[UUID] = mapped_column(primary_key=True)
    seat: Mapped[int] = mapped_column(primary_key=True)
    inspector_id: Mapped[UUID | None]

"""What goes in and out of the slice."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.kernel.clock import Instant
from palmcheck.planning.types import PlanTaskRef

DrawState = Literal["prepared", "drawn", "issued"]


class FreezeDraw(Struct, forbid_unknown_fields=True, frozen=True):
    """Freeze the pools of this task."""

    plan_task_id: UUID


class StratumView(Struct, frozen=True):
    """A stratum: its opaque public code, its internal label, and its numbers. `ratio` in 1/10,000."""

    code: str
    label: str
    pool: int
    ratio: int
    quota: int
    drawn: int


class ShortageView(Struct, frozen=True):
    """A department with fewer eligible inspectors than a visit needs."""

    department_id: UUID
    department_name: str
    needed: int
    available: int


class NamedRef(Struct, frozen=True):
    """An id with a name."""

    id: UUID
    name: str


class DrawnTarget(Struct, frozen=True):
    """A target of the draw."""

    id: UUID
    name: str
    credit_code: str | None


class SeatView(Struct, frozen=True):
    """A place in a visit; `inspector` null is a vacancy."""

    department: NamedRef
    seat: int
    inspector: NamedRef | None


class DrawnRow(Struct, frozen=True):
    """A drawn target with who goes."""

    target: DrawnTarget
    stratum_label: str
    rank: str
    seats: list[SeatView]


class ReserveRow(Struct, frozen=True):
    """A target of the reserve, in its fixed order."""

    target: DrawnTarget
    stratum_label: str
    position: int


class DrawView(Struct, frozen=True):
    """A draw as its lead department and the auditor see it."""

    id: UUID
    plan_task: PlanTaskRef
    state: DrawState
    algorithm: Literal["palmcheck/draw/v1"]
    verified: bool
    fairness: Literal["server_only"]
    k1_sha256: str
    frozen_at: Instant
    drawn_at: Instant | None
    issued_at: Instant | None
    target_pool_root: str
    target_pool_size: int
    inspector_pool_root: str
    inspector_pool_size: int
    strata: list[StratumView]
    reserve_size: int
    receipt_root: str | None
    shortages: list[ShortageView]
    drawn: list[DrawnRow]
    reserve: list[ReserveRow]


class IssuedSeat(Struct, frozen=True):
    """Who goes to a drawn target for a department; seat 1 leads the part."""

    department_id: UUID
    seat: int
    inspector_id: UUID | None


class IssuedVisit(Struct, frozen=True):
    """One drawn target with its seats, as the inspections are made from it."""

    target_id: UUID
    seats: list[IssuedSeat]


class IssuedDraw(Struct, frozen=True):
    """An issued draw, as the inspections are made from it."""

    id: UUID
    plan_task_id: UUID
    drawn_at: Instant
    issued_at: Instant
    visits: list[IssuedVisit]

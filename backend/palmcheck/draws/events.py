"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class DrawFrozen(Event, frozen=True):
    """Pools and parameters are fixed; the server's secret is committed to (R4)."""

    name = "draw.frozen"
    draw_id: UUID
    plan_task_id: UUID
    k1_sha256: str
    target_pool_root: str
    inspector_pool_root: str
    recusals: int
    recusals_sha256: str


class DrawDrawn(Event, frozen=True):
    """Targets and inspectors are drawn; the receipt fixes the result (R4)."""

    name = "draw.drawn"
    draw_id: UUID
    drawn: int
    receipt_root: str


class DrawIssued(Event, frozen=True):
    """The list is confirmed and issued (名单确认下发)."""

    name = "draw.issued"
    draw_id: UUID
    plan_task_id: UUID

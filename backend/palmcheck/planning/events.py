"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class PlanPublished(Event, frozen=True):
    """A year's plan became public (R10, R24)."""

    name = "planning.plan_published"
    plan_id: UUID
    year: int
    task_ids: list[UUID]


class PlanTaskMoved(Event, frozen=True):
    """A task went on to its next state."""

    name = "planning.task_moved"
    plan_task_id: UUID
    state: str
    draw_id: UUID

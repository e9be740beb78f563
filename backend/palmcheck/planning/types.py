"""What goes in and out of the slice."""

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.catalogue.types import ItemClass
from palmcheck.jurisdictions.types import DepartmentRef

DrawKind = Literal["directed", "undirected"]
Method = Literal["on_site", "written", "online"]
Scope = Literal["joint", "internal"]
TaskKind = Literal["planned", "special", "case_lead", "revisit", "full_coverage"]
"""What counts by the plan, and what is counted apart (R20, R30)."""
PlanTaskState = Literal["published", "frozen", "drawn", "issued"]


class PlanTaskRef(Struct, frozen=True):
    """A task as other records name it."""

    id: UUID
    number: str
    name: str


class PlanTaskPartView(Struct, frozen=True):
    """A department's share of a task."""

    department_id: UUID
    assists_only: bool
    check_item_ids: list[UUID]
    checklist_id: UUID


class PlanTaskView(Struct, frozen=True):
    """A task of the plan. `ratios`: credit risk class -> 1/10,000."""

    id: UUID
    number: str
    name: str
    scope: Scope
    kind: TaskKind
    draw_kind: DrawKind
    item_class: ItemClass
    method: Method
    lead_department: DepartmentRef
    participants: list[DepartmentRef]
    target_range: str
    target_industry: str
    ratios: dict[str, int]
    planned_draw_on: date
    deadline: date
    state: PlanTaskState
    draw_id: UUID | None


class NewPlanTask(Struct, frozen=True):
    """A task to put into a plan; its lead department is the first part's."""

    number: str
    name: str
    scope: Scope
    draw_kind: DrawKind
    item_class: ItemClass
    target_range: str
    target_industry: str
    ratios: dict[str, int]
    planned_draw_on: date
    deadline: date
    parts: tuple[PlanTaskPartView, ...]
    method: Method = "on_site"
    kind: TaskKind = "planned"


class NewPlan(Struct, frozen=True):
    """A year's plan to publish."""

    year: int
    number: str
    name: str
    tasks: tuple[NewPlanTask, ...]

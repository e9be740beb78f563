"""The facts that figures are made of. Pure."""

from datetime import date
from typing import get_args

from msgspec import Struct

from palmcheck.planning.types import TaskKind

KINDS: tuple[TaskKind, ...] = get_args(TaskKind)
"""What counts by the plan, and what has a line of its own beside it (R20, R30)."""


class Part(Struct, frozen=True):
    """One department part. The lead department's part (`leads`) stands for the whole visit."""

    kind: TaskKind
    method: str
    leads: bool
    entry: str | None
    formed_on: date | None
    due_on: date
    visit_problem: bool
    visit_counted: bool
    public_by: date | None
    published_on: date | None
    withheld_on: date | None

    @property
    def counted_on(self) -> date:
        """The day that says which quarter it belongs to: formed, else due."""
        return self.formed_on or self.due_on


class Problem(Struct, frozen=True):
    """One found problem. `disposed_on`: its disposal was recorded; `closed`: a second person has verified it."""

    kind: TaskKind
    found_on: date
    due_on: date | None
    disposed_on: date | None
    closed: bool

    @property
    def counted_on(self) -> date:
        """The day that says which quarter it belongs to."""
        return self.found_on

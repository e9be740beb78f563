"""Events: what a verb says happened, and what follows from it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened in one jurisdiction; its fields go into the trail (R15)."""

    name: ClassVar[str]
    jurisdiction_id: UUID


E = TypeVar("E", bound=Event)


class Trace(Protocol):
    """Whoever acts: what the trail writes of him."""

    def trace(self) -> dict[str, str]:
        """The actor as the trail keeps it."""
        ...


@dataclass(frozen=True)
class SystemActor:
    """The system itself: a reaction, a command, a timer."""

    part: str

    def trace(self) -> dict[str, str]:
        """Names the part of the system that acted."""
        return {"system": self.part}


@dataclass(frozen=True)
class Reaction:
    """What follows an event, as a job of its own: it reads the current state, and may run twice in any order.

    `given_up` runs, in a unit of work of its own, once the last try has failed: it says so where people look.
    """

    event: type[Event]
    name: str
    run: Callable[..., Awaitable[None]]
    given_up: Callable[..., Awaitable[None]] | None = None


def reaction(
    event: type[E],
    run: Callable[[Any, E], Awaitable[None]],
    given_up: Callable[[Any, E], Awaitable[None]] | None = None,
) -> Reaction:
    """Names the reaction after its slice, function and event: `inspections.make_inspections/draw.issued`."""
    slice_name = run.__module__.split(".")[1]
    return Reaction(event, f"{slice_name}.{run.__name__}/{event.name}", run, given_up)

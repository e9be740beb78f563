"""Who may do what: a role's permissions, and the guards that every route names one of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import DeviceNeeded, NotAllowed, SignedOut

SignedIn: TypeAlias = NamedDependency[Actor]
"""Whoever calls a guarded route."""

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    "inspector": frozenset({"self.read", "field.sync", "inspection.read", "inspection.enter", "figures.read"}),
    "team_lead": frozenset(
        {
            "self.read",
            "catalogue.read",
            "plan.read",
            "draw.read",
            "draw.run",
            "inspection.read",
            "figures.read",
            "setting.read",
        }
    ),
    "auditor": frozenset(
        {
            "self.read",
            "catalogue.read",
            "plan.read",
            "draw.read",
            "inspection.read",
            "figures.read",
            "jurisdiction.read",
            "setting.read",
        }
    ),
    "joint_office": frozenset(
        {
            "self.read",
            "catalogue.read",
            "catalogue.edit",
            "catalogue.answer",
            "checklist.edit",
            "plan.read",
            "draw.read",
            "inspection.read",
            "target.read",
            "target.import",
            "figures.read",
            "jurisdiction.read",
            "setting.read",
            "setting.change",
            "calendar.change",
            "department.change",
        }
    ),
    "department_administrator": frozenset(
        {
            "self.read",
            "catalogue.read",
            "catalogue.edit",
            "checklist.edit",
            "plan.read",
            "inspection.read",
            "target.read",
            "target.import",
            "figures.read",
            "setting.read",
        }
    ),
    "system_administrator": frozenset({"self.read"}),
}
"""domain.md section 2. The auditor reads everything and changes nothing."""

READS_DOWN = frozenset({"joint_office", "auditor"})
READS_WHOLE_JURISDICTION = frozenset({"team_lead", "joint_office", "auditor"})


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """All that these roles may do together."""
    return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))


@dataclass(frozen=True)
class Who:
    """A guard: the one place where a route says who may call it."""

    permission: str | None
    on_device: bool = False

    def __call__(self, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:  # noqa: ARG002
        """Lets the caller pass, or raises SignedOut, NotAllowed or DeviceNeeded."""
        if self.permission is None:
            return
        actor: Actor | None = connection.scope.get("user")
        if actor is None:
            raise SignedOut
        if self.permission not in permissions_of(actor.roles):
            raise NotAllowed(permission=self.permission)
        if self.on_device and actor.device_id is None:
            raise DeviceNeeded(rule="R17")


def may(permission: str, *, on_device: bool = False) -> Who:
    """Only accounts with a permission; `on_device`: only from an enrolled, active phone."""
    return Who(permission, on_device)


def anybody() -> Who:
    """The route is open to everybody, signed in or not; said aloud, so that none is open by neglect."""
    return Who(None)

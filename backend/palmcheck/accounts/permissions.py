"""Who may do what: a role's permissions, and the guards that every route names one of."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers.base import BaseRouteHandler

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import DeviceNeeded, NotAllowed, PasswordChangeDue, SignedOut

SignedIn: TypeAlias = NamedDependency[Actor]
"""Whoever calls a guarded route."""

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    "inspector": frozenset(
        {
            "self.read",
            "self.manage",
            "field.sync",
            "inspection.read",
            "inspection.enter",
            "figures.read",
            "followup.dispose",
            "publication.read",
            "publication.handle",
        }
    ),
    "team_lead": frozenset(
        {
            "self.read",
            "catalogue.read",
            "self.manage",
            "plan.read",
            "draw.read",
            "draw.run",
            "inspection.read",
            "inspection.decide",
            "message.send",
            "inspection.organise",
            "followup.dispose",
            "followup.verify",
            "target.read",
            "import.read",
            "inspector.read",
            "figures.read",
            "setting.read",
            "publication.read",
            "publication.handle",
            "publication.confirm",
        }
    ),
    "auditor": frozenset(
        {
            "self.read",
            "catalogue.read",
            "self.manage",
            "account.read",
            "device.read",
            "plan.read",
            "draw.read",
            "inspection.read",
            "target.read",
            "import.read",
            "inspector.read",
            "figures.read",
            "jurisdiction.read",
            "setting.read",
            "publication.read",
        }
    ),
    "joint_office": frozenset(
        {
            "self.read",
            "catalogue.read",
            "catalogue.edit",
            "catalogue.answer",
            "checklist.edit",
            "self.manage",
            "account.read",
            "account.administer",
            "device.read",
            "device.administer",
            "token.administer",
            "plan.read",
            "draw.read",
            "inspection.read",
            "target.read",
            "import.read",
            "target.import",
            "inspector.read",
            "inspector.edit",
            "inspector.review",
            "figures.read",
            "jurisdiction.read",
            "setting.read",
            "setting.change",
            "calendar.change",
            "department.change",
            "publication.read",
        }
    ),
    "department_administrator": frozenset(
        {
            "self.read",
            "catalogue.read",
            "catalogue.edit",
            "checklist.edit",
            "self.manage",
            "account.read",
            "account.administer",
            "device.read",
            "device.administer",
            "plan.read",
            "inspection.read",
            "target.read",
            "import.read",
            "target.edit",
            "target.import",
            "inspector.read",
            "inspector.edit",
            "inspector.review",
            "figures.read",
            "followup.verify",
            "setting.read",
            "publication.read",
            "publication.handle",
            "publication.confirm",
        }
    ),
    "system_administrator": frozenset(
        {
            "self.read",
            "self.manage",
            "account.read",
            "account.administer",
            "device.read",
            "device.administer",
            "token.administer",
            "setting.read",
            "jurisdiction.read",
        }
    ),
}
"""domain.md section 2. The auditor reads everything and changes nothing."""

NEEDS_DEPARTMENT = frozenset({"inspector", "team_lead", "department_administrator"})
MAY_GRANT: dict[str, frozenset[str]] = {
    "department_administrator": NEEDS_DEPARTMENT,
    "joint_office": NEEDS_DEPARTMENT | {"joint_office", "auditor"},
    "system_administrator": frozenset(ROLE_PERMISSIONS),
}
"""The roles that a role may give, and whose holders it may administer: nobody makes or takes over a wider account."""


class Reach(Enum):
    """How far a permission reaches.

    `OWN`: what is the account's own, its sessions, its phone, the parts that it goes for; then the own department's
    rows, the whole jurisdiction's, and those of the levels below too.
    """

    OWN = "own"
    DEPARTMENT = "department"
    JURISDICTION = "jurisdiction"
    BELOW = "below"


_OFFICE = {"joint_office": Reach.JURISDICTION}
_ADMINISTRATOR = {"department_administrator": Reach.DEPARTMENT}
_SYSTEM = {"system_administrator": Reach.JURISDICTION}
_LEAD = {"team_lead": Reach.JURISDICTION}
_READING_DOWN = {"joint_office": Reach.BELOW, "auditor": Reach.BELOW}
_ADMINISTERING = _ADMINISTRATOR | _OFFICE | _SYSTEM
_EVERYBODY = {"department_administrator": Reach.JURISDICTION} | _LEAD | _READING_DOWN
REACH: dict[str, dict[str, Reach]] = {
    "self.read": dict.fromkeys(ROLE_PERMISSIONS, Reach.OWN),
    "self.manage": dict.fromkeys(ROLE_PERMISSIONS, Reach.OWN),
    "field.sync": {"inspector": Reach.OWN},
    "account.read": _ADMINISTERING | _READING_DOWN,
    "account.administer": _ADMINISTERING,
    "device.read": _ADMINISTERING | _READING_DOWN,
    "device.administer": _ADMINISTERING,
    "token.administer": _OFFICE | _SYSTEM,
    "catalogue.read": _EVERYBODY,
    "catalogue.edit": _ADMINISTRATOR | _OFFICE,
    "catalogue.answer": _OFFICE,
    "checklist.edit": {"department_administrator": Reach.JURISDICTION} | _OFFICE,
    "plan.read": _EVERYBODY,
    "draw.read": _LEAD | _READING_DOWN,
    "draw.run": {"team_lead": Reach.DEPARTMENT},
    "inspection.read": {"inspector": Reach.DEPARTMENT} | _ADMINISTRATOR | _LEAD | _READING_DOWN,
    "inspection.enter": {"inspector": Reach.OWN},
    "inspection.decide": _LEAD,
    "message.send": {"team_lead": Reach.DEPARTMENT},
    "inspection.organise": {"team_lead": Reach.DEPARTMENT},
    "followup.dispose": {"inspector": Reach.DEPARTMENT, "team_lead": Reach.DEPARTMENT},
    "followup.verify": {"team_lead": Reach.DEPARTMENT} | _ADMINISTRATOR,
    "publication.read": {"inspector": Reach.DEPARTMENT} | _ADMINISTRATOR | _LEAD | _READING_DOWN,
    "publication.handle": {"inspector": Reach.DEPARTMENT, "team_lead": Reach.DEPARTMENT} | _ADMINISTRATOR,
    "publication.confirm": {"team_lead": Reach.DEPARTMENT} | _ADMINISTRATOR,
    "target.read": _EVERYBODY,
    "target.edit": _ADMINISTRATOR,
    "target.import": _ADMINISTRATOR | _OFFICE,
    "import.read": _ADMINISTRATOR | _LEAD | _READING_DOWN,
    "inspector.read": _ADMINISTRATOR | _LEAD | _READING_DOWN,
    "inspector.edit": _ADMINISTRATOR | _OFFICE,
    "inspector.review": {"department_administrator": Reach.JURISDICTION} | _OFFICE,
    "figures.read": {"inspector": Reach.JURISDICTION} | _EVERYBODY,
    "jurisdiction.read": _SYSTEM | _READING_DOWN,
    "setting.read": _SYSTEM | _EVERYBODY,
    "setting.change": _OFFICE,
    "calendar.change": _OFFICE,
    "department.change": _OFFICE,
}
"""Permission -> role -> reach: whose rows a permission is about is said here and nowhere else, and asked for through
accounts/scope.py. A department takes part in a visit, a task or an item that it shares with others: such a row is
in its reach. tests/accounts/test_matrix.py holds every route that has rows against this table."""

MACHINE_SCOPES = frozenset({"plan.read", "draw.read", "inspection.read", "figures.read"})
"""What a machine client's token may be given: to read, in its own jurisdiction."""

WHILE_DRAINING = frozenset({"self.read", "self.manage", "field.sync"})
"""All that a replaced phone may do: bring what it holds, and what concerns the account itself."""

BEFORE_PASSWORD_CHANGE = frozenset({"self.read", "self.manage"})
"""All that an account with a one-time password may do."""


def grantable_by(roles: Iterable[str]) -> frozenset[str]:
    """The roles that these roles may give together."""
    return frozenset().union(*(MAY_GRANT.get(role, frozenset()) for role in roles))


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """All that these roles may do together."""
    return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))


def permissions_at_hand(actor: Actor) -> frozenset[str]:
    """All that this actor may do now: a machine client its scopes, an account what its roles include."""
    if actor.scopes is not None:
        return MACHINE_SCOPES.intersection(actor.scopes)
    granted = permissions_of(actor.roles)
    return granted & WHILE_DRAINING if actor.device_state == "draining" else granted


@dataclass(frozen=True)
class Who:
    """A guard: the one place where a route says who may call it."""

    permission: str | None
    on_device: bool = False

    def __call__(self, connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:  # noqa: ARG002
        """Lets the caller pass, or raises SignedOut, NotAllowed, PasswordChangeDue or DeviceNeeded."""
        if self.permission is None:
            return
        actor: Actor | None = connection.scope.get("user")
        if actor is None:
            raise SignedOut
        if self.permission not in permissions_at_hand(actor):
            raise NotAllowed(permission=self.permission)
        if actor.must_change_password and self.permission not in BEFORE_PASSWORD_CHANGE:
            raise PasswordChangeDue
        if self.on_device and actor.device_id is None:
            raise DeviceNeeded(rule="R17")

    def sentence(self) -> str:
        """Who may call a route with this guard, as the API's document says it."""
        if self.permission is None:
            return "Who: anybody."
        roles = sorted(role for role, granted in ROLE_PERMISSIONS.items() if self.permission in granted)
        phone = ", from an enrolled phone" if self.on_device else ""
        return f"Who: `{self.permission}` ({', '.join(roles)}){phone}."


def may(permission: str, *, on_device: bool = False) -> Who:
    """Only accounts with a permission; `on_device`: only from an enrolled, active phone."""
    return Who(permission, on_device)


def anybody() -> Who:
    """The route is open to everybody, signed in or not; said aloud, so that none is open by neglect."""
    return Who(None)

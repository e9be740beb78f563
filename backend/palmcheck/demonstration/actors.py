"""Whoever acts in the demonstration's past: an officer of the registry, and the trail says that it is demonstration."""

from uuid import UUID

from msgspec import structs

from palmcheck.accounts.actor import Actor

NOBODY = UUID(int=0)


class PastActor(Actor, frozen=True):
    """An actor without an account: the verbs see a department and an inspector, the trail what he is."""

    def trace(self) -> dict[str, str]:
        """Names the demonstration, and the inspector it acts for."""
        return {"system": "demonstration"} | ({"inspector_id": str(self.inspector_id)} if self.inspector_id else {})


def past_actor(jurisdiction_id: UUID, department_id: UUID, inspector_id: UUID | None = None) -> PastActor:
    """A team lead of a department, or one of its inspectors."""
    return PastActor(
        account_id=NOBODY,
        jurisdiction_id=jurisdiction_id,
        department_id=department_id,
        inspector_id=inspector_id,
        device_id=None,
        session_id=NOBODY,
        username="demonstration",
        display_name="demonstration",
        roles=("inspector",) if inspector_id else ("team_lead",),
    )


def past_administrator(jurisdiction_id: UUID, department_id: UUID) -> PastActor:
    """A department's administrator, who looks after its items, targets and people."""
    return structs.replace(past_actor(jurisdiction_id, department_id), roles=("department_administrator",))


def past_office(jurisdiction_id: UUID, department_id: UUID) -> PastActor:
    """The joint meeting office, which sits in a department."""
    return structs.replace(past_actor(jurisdiction_id, department_id), roles=("joint_office",))

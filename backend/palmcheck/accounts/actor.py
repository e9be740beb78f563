"""Whoever acts in a request."""

from uuid import UUID

from msgspec import Struct


class Actor(Struct, frozen=True):
    """A signed-in account, with the device that it acts from. `device_state`: active | draining (R17)."""

    account_id: UUID
    jurisdiction_id: UUID
    department_id: UUID | None
    inspector_id: UUID | None
    device_id: UUID | None
    session_id: UUID
    username: str
    display_name: str
    roles: tuple[str, ...]
    device_state: str | None = None
    must_change_password: bool = False
    scopes: tuple[str, ...] | None = None

    @property
    def is_machine(self) -> bool:
        """Whether a machine client acts: its id stands for the account's and the session's."""
        return self.scopes is not None

    def trace(self) -> dict[str, str]:
        """The actor as the trail keeps it: ids only, for names change and are personal data (R18)."""
        if self.is_machine:
            return {"token_id": str(self.account_id)}
        ids = {"account_id": self.account_id, "device_id": self.device_id, "session_id": self.session_id}
        return {key: str(value) for key, value in ids.items() if value}

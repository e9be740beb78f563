"""Whoever acts in a request."""

from uuid import UUID

from msgspec import Struct


class Actor(Struct, frozen=True):
    """A signed-in account, with the device that it acts from."""

    account_id: UUID
    jurisdiction_id: UUID
    department_id: UUID | None
    inspector_id: UUID | None
    device_id: UUID | None
    session_id: UUID
    username: str
    display_name: str
    roles: tuple[str, ...]

    def trace(self) -> dict[str, str]:
        """The actor as the trail keeps it: ids only, for names change and are personal data (R18)."""
        ids = {"account_id": self.account_id, "device_id": self.device_id, "session_id": self.session_id}
        return {key: str(value) for key, value in ids.items() if value}

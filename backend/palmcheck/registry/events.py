"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class TargetsEntered(Event, frozen=True):
    """Targets entered the registry; a digest stands for their rows."""

    name = "registry.targets_entered"
    count: int
    rows_sha256: str


class InspectorEntered(Event, frozen=True):
    """An inspector entered the registry."""

    name = "registry.inspector_entered"
    inspector_id: UUID
    department_id: UUID

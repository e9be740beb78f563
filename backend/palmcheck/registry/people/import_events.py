"""What happens to a file of inspectors."""

from uuid import UUID

from palmcheck.kernel.events import Event


class InspectorImportReceived(Event, frozen=True):
    """A file of inspectors arrived whole; it will be read by a job."""

    name = "registry.inspector_import_received"
    import_id: UUID
    file_sha256: str


class InspectorImportRefused(Event, frozen=True):
    """A file as a whole was refused or stopped; the registry is as it was."""

    name = "registry.inspector_import_refused"
    import_id: UUID
    code: str


class InspectorImportCancelled(Event, frozen=True):
    """Somebody asked an import to stop before its rows were in."""

    name = "registry.inspector_import_cancelled"
    import_id: UUID


class InspectorImportFailed(Event, frozen=True):
    """The system could not finish an import, however often it tried; the registry is as it was."""

    name = "registry.inspector_import_failed"
    import_id: UUID
    tries: int


class InspectorImportRetried(Event, frozen=True):
    """An import that had failed is started again with the same file."""

    name = "registry.inspector_import_retried"
    import_id: UUID

"""What happens in the import."""

from uuid import UUID

from palmcheck.kernel.events import Event


class TargetImportReceived(Event, frozen=True):
    """A file of targets arrived whole; it will be read by a job."""

    name = "registry.target_import_received"
    import_id: UUID
    mode: str
    file_sha256: str


class TargetsImported(Event, frozen=True):
    """The good rows of a file are in the registry; one digest stands for all of them."""

    name = "registry.targets_imported"
    import_id: UUID
    rows_sha256: str
    new: int
    changed: int
    unchanged: int
    gone: int
    bad: int
    redirected: int


class TargetImportRefused(Event, frozen=True):
    """A file as a whole was refused; the registry is as it was."""

    name = "registry.target_import_refused"
    import_id: UUID
    code: str


class TargetImportCancelled(Event, frozen=True):
    """Somebody asked an import to stop before its rows were in."""

    name = "registry.target_import_cancelled"
    import_id: UUID


class TargetImportFailed(Event, frozen=True):
    """The system could not finish an import, however often it tried; the registry is as it was."""

    name = "registry.target_import_failed"
    import_id: UUID
    tries: int


class TargetImportRetried(Event, frozen=True):
    """An import that had failed is started again with the same file."""

    name = "registry.target_import_retried"
    import_id: UUID

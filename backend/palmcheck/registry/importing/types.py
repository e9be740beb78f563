"""What goes out of the import."""

from typing import Literal
from uuid import UUID

from msgspec import Struct

from palmcheck.kernel.clock import Instant

ImportMode = Literal["merge", "replace"]
ImportState = Literal["received", "reading", "waiting", "merging", "done", "refused", "cancelled", "failed"]
ENDED = frozenset({"done", "refused", "cancelled", "failed"})


class ImportRefusal(Struct, frozen=True):
    """Why a file as a whole was refused, in the reader's language."""

    code: str
    title: str
    detail: str


class TargetImportView(Struct, frozen=True):
    """An import; `progress` in 1/10,000 of the file. Counts are of rows, `gone` of targets.

    `waiting`: until another import is done; `failed`: the system gave up, it can be started again; `redirected`: rows
    that named a target which was merged into another; `stopping`: somebody asked it to stop, it will soon.
    """

    id: UUID
    file_name: str
    file_bytes: int
    mode: ImportMode
    state: ImportState
    rows_read: int
    progress: int
    new: int
    changed: int
    unchanged: int
    gone: int
    bad: int
    redirected: int
    stopping: bool
    refusal: ImportRefusal | None
    notes: list[str]
    received_at: Instant
    finished_at: Instant | None


class InspectorImportView(Struct, frozen=True):
    """An import of inspectors; `progress` in 1/10,000 of its rows. Counts are of rows; states as those of targets."""

    id: UUID
    file_name: str
    file_bytes: int
    state: ImportState
    rows_read: int
    progress: int
    new: int
    changed: int
    unchanged: int
    bad: int
    stopping: bool
    refusal: ImportRefusal | None
    received_at: Instant
    finished_at: Instant | None


class ImportFaultView(Struct, frozen=True):
    """What is wrong with one row, in the reader's language: where, what stands there, what to do."""

    line: int
    field: str
    rule: str
    column: str
    message: str
    value: str

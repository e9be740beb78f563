"""What happens in this slice."""

from uuid import UUID

from palmcheck.kernel.events import Event


class UploadCreated(Event, frozen=True):
    """A photo was announced with its hash and length."""

    name = "evidence.upload_created"
    upload_id: UUID
    part_id: UUID
    sha256: str
    length: int


class UploadReopened(Event, frozen=True):
    """A terminated upload was announced again with the same content."""

    name = "evidence.upload_reopened"
    upload_id: UUID
    part_id: UUID


class UploadCompleted(Event, frozen=True):
    """All bytes of a photo are in, and their SHA-256 is the announced one."""

    name = "evidence.upload_completed"
    upload_id: UUID
    part_id: UUID
    sha256: str


class UploadTerminated(Event, frozen=True):
    """An upload was given up and its bytes were deleted. `because`: asked | checksum | refused | expired | orphan."""

    name = "evidence.upload_terminated"
    upload_id: UUID
    part_id: UUID
    because: str

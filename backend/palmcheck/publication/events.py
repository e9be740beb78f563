"""What happens in this slice."""

from datetime import date
from uuid import UUID

from palmcheck.kernel.events import Event


class RecordPublished(Event, frozen=True):
    """A part's result is public (R10, R11)."""

    name = "publication.record_published"
    record_id: UUID
    part_id: UUID
    version: int
    body_sha256: str


class DeadlineRecounted(Event, frozen=True):
    """A record's last day to publish moved with the working-day table (R12); none where a table ends."""

    name = "publication.deadline_recounted"
    record_id: UUID
    part_id: UUID
    due_before: date | None
    due_now: date | None
    calendar_version: int


class DeadlinesRecounted(Event, frozen=True):
    """All open deadlines were held against a version of the calendar; `moved` of them are entries of their own."""

    name = "publication.deadlines_recounted"
    calendar_version: int
    looked_at: int
    moved: int


class PublicationOpened(Event, frozen=True):
    """A whole result is on its way to the public, with its last day; `stage` says what it waits for."""

    name = "publication.opened"
    part_id: UUID
    record_id: UUID
    stage: str
    due_on: date | None
    review_by: date | None


class PublicationReleased(Event, frozen=True):
    """Nothing holds a result back any more: it is published next."""

    name = "publication.released"
    part_id: UUID
    because: str


class ReviewGiven(Event, frozen=True):
    """A second officer of the department has looked at a result: passed | returned."""

    name = "publication.review_given"
    part_id: UUID
    verdict: str
    note: str


class ReviewLapsed(Event, frozen=True):
    """Nobody reviewed a result within the limit: it goes on without, for a review eats no days (S2 三(三))."""

    name = "publication.review_lapsed"
    part_id: UUID
    review_by: date


class WithholdingProposed(Event, frozen=True):
    """Somebody says that a law keeps a result from the public."""

    name = "publication.withholding_proposed"
    part_id: UUID
    proposal_id: UUID
    ground: str


class WithholdingDecided(Event, frozen=True):
    """A proposal was confirmed by a second person, refused, or taken back by who made it."""

    name = "publication.withholding_decided"
    part_id: UUID
    proposal_id: UUID
    ground: str
    verdict: str
    because: str


class ResultWithheld(Event, frozen=True):
    """A whole result is not made public, by law (R10)."""

    name = "publication.result_withheld"
    part_id: UUID
    ground: str


class RecordWithdrawn(Event, frozen=True):
    """A public record is gone by law; a tombstone stands at its address (R10)."""

    name = "publication.record_withdrawn"
    part_id: UUID
    record_id: UUID
    ground: str
    version_digests: list[str]


class CorrectionProposed(Event, frozen=True):
    """Somebody says that a result was entered wrongly."""

    name = "publication.correction_proposed"
    part_id: UUID
    correction_id: UUID
    result_code: str
    reason: str


class CorrectionDecided(Event, frozen=True):
    """A correction was confirmed by a second person, refused, or taken back."""

    name = "publication.correction_decided"
    part_id: UUID
    correction_id: UUID
    verdict: str
    because: str


class RecordCorrected(Event, frozen=True):
    """A new version of a public record stands; the earlier ones stay readable (R10)."""

    name = "publication.record_corrected"
    record_id: UUID
    part_id: UUID
    version: int
    reason: str
    body_sha256: str


class PhotoProposed(Event, frozen=True):
    """A blurred copy of a photo was made and waits for a second person (R18)."""

    name = "publication.photo_proposed"
    part_id: UUID
    public_photo_id: UUID
    photo_id: UUID
    copy_sha256: str


class PhotoDecided(Event, frozen=True):
    """A copy was released by a second person, refused, taken back, or removed from public."""

    name = "publication.photo_decided"
    part_id: UUID
    public_photo_id: UUID
    verdict: str
    because: str

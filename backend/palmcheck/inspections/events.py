"""What happens in this slice."""

from datetime import date, datetime
from uuid import UUID

from palmcheck.kernel.events import Event


class InspectionsIssued(Event, frozen=True):
    """A draw's inspections exist; their inspectors learn of them (R19)."""

    name = "inspections.issued"
    draw_id: UUID
    inspection_ids: list[UUID]


class CheckedIn(Event, frozen=True):
    """An officer is on site (R25)."""

    name = "inspections.checked_in"
    part_id: UUID
    entered_at: datetime


class PartSubmitted(Event, frozen=True):
    """A result was entered for a part; `disputed` when another was there already."""

    name = "inspections.part_submitted"
    part_id: UUID
    submission_id: UUID
    entry: str
    disputed: bool


class PartCompleted(Event, frozen=True):
    """A part's result is whole: its submission and all its photos are in (R11)."""

    name = "inspections.part_completed"
    part_id: UUID


class PhotoArrived(Event, frozen=True):
    """A photo that a submission names is in."""

    name = "inspections.photo_arrived"
    part_id: UUID
    photo_id: UUID


class RecusalAsked(Event, frozen=True):
    """The enterprise asked on site that officers withdraw (R21)."""

    name = "inspections.recusal_asked"
    part_id: UUID
    request_id: UUID
    inspector_ids: list[UUID]
    goes_on: bool


class DisputeDecided(Event, frozen=True):
    """The lead chose one of several results of a part, with a reason; the others are kept, set aside."""

    name = "inspections.dispute_decided"
    part_id: UUID
    chosen_id: UUID
    set_aside: list[UUID]
    because: str


class CountersignatureWaived(Event, frozen=True):
    """The lead decided that a part no longer waits for an officer who does not countersign, with a reason (R3)."""

    name = "inspections.countersignature_waived"
    part_id: UUID
    submission_id: UUID
    inspector_id: UUID
    because: str


class PartCountersigned(Event, frozen=True):
    """An officer signed his colleague's submission, known by its hash, on his own phone (R3)."""

    name = "inspections.part_countersigned"
    part_id: UUID
    inspector_id: UUID
    submission_sha256: str


class VisitsDated(Event, frozen=True):
    """The lead set the day of visits, moved it, or took it back (none); all departments go on it (R8)."""

    name = "inspections.visits_dated"
    change_id: UUID
    inspection_ids: list[UUID]
    visit_on: date | None


class ResultAmended(Event, frozen=True):
    """A part's result was entered wrongly: another code stands, what was sent stays as it was (domain.md 3)."""

    name = "inspections.result_amended"
    part_id: UUID
    code_before: str | None
    code_now: str
    reason: str

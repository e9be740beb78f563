"""What goes in and out of the slice."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.catalogue.types import CheckItemRef, ChecklistVersionView
from palmcheck.inspections.on_site_types import (
    CertificateShown,
    ExpertFinding,
    FoundProblem,
    MeasuredPosition,
    NoPosition,
    Outcome,
    PartyRefused,
    PartySigned,
    Sha256,
    Strokes,
    Words,
)
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.clock import Instant
from palmcheck.planning.types import Method, PlanTaskRef
from palmcheck.registry.types import TargetRef

PartState = Literal["issued", "under_way", "awaiting_photos", "complete", "published"]
Entry = Literal["mobile", "desk"]


class CheckInBody(Struct, forbid_unknown_fields=True, frozen=True):
    """An arrival on site; without a position it says why there is none."""

    part_id: UUID
    entered_at: Instant
    position: MeasuredPosition | None
    no_position_because: NoPosition | None
    distance_note: Annotated[str, Meta(max_length=500)] | None


class PhotoRef(Struct, forbid_unknown_fields=True, frozen=True):
    """A photo that comes by upload: SHA-256 of the bytes uploaded and of the original before shrinking.

    `annotates`: the photo of the same submission that this is a copy of, drawn upon; that photo stays as it was.
    """

    id: UUID
    question_key: Annotated[str, Meta(max_length=80)] | None
    sha256: Sha256
    original_sha256: Sha256
    media_type: Literal["image/jpeg", "image/png", "image/webp"]
    bytes: Annotated[int, Meta(gt=0, le=20_000_000)]
    width: Annotated[int, Meta(gt=0, le=20_000)]
    height: Annotated[int, Meta(gt=0, le=20_000)]
    captured_at: Instant
    annotates: UUID | None = None


class OfficerSignature(Struct, forbid_unknown_fields=True, frozen=True):
    """An officer's signature on the screen."""

    inspector_id: UUID
    strokes: Strokes
    signed_at: Instant


class SubmitBody(Struct, forbid_unknown_fields=True, frozen=True):
    """The result of one part as entered on the phone, on site.

    With an `outcome` the checklist was not asked for. `page_code_sha256`: of the code of the party's page (R29).
    `countersigners`: officers who sign on their own phones instead of on this screen; the part waits for them.
    A phone from before these fields is told what lacks, in words that it knows how to show.
    """

    part_id: UUID
    checklist_id: UUID
    answers: dict[str, Any]
    photos: Annotated[list[PhotoRef], Meta(max_length=100)]
    officer_signatures: Annotated[list[OfficerSignature], Meta(max_length=10)]
    party: PartySigned | PartyRefused | None
    statement: Annotated[str, Meta(max_length=4000)] | None
    rights_read_at: Instant | None
    entered_at: Instant
    left_at: Instant
    result_code: str
    outcome: Outcome | None = None
    problems: Annotated[list[FoundProblem], Meta(max_length=50)] = []
    certificates_shown: Annotated[list[CertificateShown], Meta(max_length=10)] = []
    expert_findings: Annotated[list[ExpertFinding], Meta(max_length=20)] = []
    page_code_sha256: Sha256 | None = None
    countersigners: Annotated[list[UUID], Meta(max_length=10)] = []


class DeskEntry(Struct, forbid_unknown_fields=True, frozen=True):
    """The result of one part as entered at a desk; of a visit on site it says why it was not entered on the phone."""

    submission_id: UUID
    checklist_id: UUID
    answers: dict[str, Any]
    result_code: str
    entered_at: Instant
    left_at: Instant
    desk_reason: Words | None = None


class OfficerView(Struct, frozen=True):
    """Who goes for a department."""

    inspector_id: UUID
    name: str
    certificate_number: str
    is_lead: bool


class PartView(Struct, frozen=True):
    """A department's part as lists show it."""

    id: UUID
    department: DepartmentRef
    state: PartState
    entry: Entry | None
    officers: list[OfficerView]
    formed_at: Instant | None
    result_code: str | None
    record_url: str | None
    may_enter: bool


class InspectionView(Struct, frozen=True):
    """An inspection as lists show it. `late`: past its due date with a part not formed.

    `visit_on`: the day that the lead set; `organise_by`: the last day for it, counted in working days from the draw,
    none where the calendar does not reach. `may_organise`: whether the caller sets its day.
    """

    id: UUID
    plan_task: PlanTaskRef
    target: TargetRef
    method: Method
    issued_on: date
    due_on: date
    late: bool
    parts: list[PartView]
    visit_on: date | None
    organise_by: date | None
    may_organise: bool


class CheckInView(Struct, frozen=True):
    """An arrival on site."""

    entered_at: Instant
    position: MeasuredPosition | None
    no_position_because: str | None
    distance_note: str | None


class SubmissionView(Struct, frozen=True):
    """A submission as those with a right to it see it; `photos_arrived` names photos that are in."""

    id: UUID
    entry: Entry
    device_signed: bool
    received_at: Instant
    body: dict[str, Any]
    photos_arrived: list[UUID]
    state: Literal["accepted", "disputed", "set_aside"]
    result_code: str
    decided_because: str | None
    correction_id: UUID | None


class RecusalView(Struct, frozen=True):
    """The enterprise asked that officers withdraw (R21)."""

    id: UUID
    asked_by: str
    inspector_ids: list[UUID]
    reason: str
    asked_at: Instant
    goes_on: bool


class CountersignatureView(Struct, frozen=True):
    """An officer signed on his own phone; `submission_id`: null while what he signed has not come."""

    id: UUID
    inspector_id: UUID
    signed_at: Instant
    received_at: Instant
    submission_id: UUID | None


class WaiveCountersignature(Struct, forbid_unknown_fields=True, frozen=True):
    """Why a result no longer waits for an officer's countersignature. `submission_id`: the result it was given for."""

    submission_id: UUID
    because: Words


class WaiverView(Struct, frozen=True):
    """The part does not wait for this officer any more; his signature lacks, and that stays visible."""

    submission_id: UUID
    inspector_id: UUID
    because: str
    waived_at: Instant


class DecideDispute(Struct, forbid_unknown_fields=True, frozen=True):
    """Which of a part's results stands, and why."""

    submission_id: UUID
    because: Words


class PartDetail(Struct, frozen=True):
    """A part with its form, its arrival and its result. `others`: results beside it, disputed or set aside.

    `awaited_countersigners`: officers on whose countersignature it still waits.
    """

    part: PartView
    items: list[CheckItemRef]
    checklist: ChecklistVersionView
    check_in: CheckInView | None
    submission: SubmissionView | None
    others: list[SubmissionView]
    recusals: list[RecusalView]
    countersignatures: list[CountersignatureView]
    awaited_countersigners: list[UUID]
    waivers: list[WaiverView]


class SetVisitDays(Struct, forbid_unknown_fields=True, frozen=True):
    """The day of some visits, or none; all of them get the same."""

    inspection_ids: Annotated[list[UUID], Meta(min_length=1, max_length=500)]
    visit_on: date | None


class VisitDays(Struct, frozen=True):
    """The visits whose day changed, with the day that each had before: what it takes to undo."""

    changed: dict[UUID, date | None]


class InspectionDetail(Struct, frozen=True):
    """An inspection with all its parts."""

    inspection: InspectionView
    parts: list[PartDetail]


class CompletePart(Struct, frozen=True):
    """A complete part with all that a public record is built from."""

    jurisdiction_id: UUID
    id: UUID
    inspection_id: UUID
    plan_task_id: UUID
    target_id: UUID
    department_id: UUID
    method: str
    checklist: ChecklistVersionView
    items: list[CheckItemRef]
    answers: dict[str, Any]
    result_code: str
    formed_at: Instant
    officer_ids: list[UUID]
    submission_id: UUID

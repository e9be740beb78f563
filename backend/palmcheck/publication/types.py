"""What goes in and out of the slice."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.catalogue.result_codes import ResultCode
from palmcheck.inspections.on_site_types import Words
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.clock import Instant
from palmcheck.planning.types import PlanTaskRef
from palmcheck.publication.correction_reasons import Reason
from palmcheck.publication.grounds import Ground
from palmcheck.publication.stages import Review, Stage

Note = Annotated[str, Meta(max_length=1000)]
Undecided = Literal["withholding", "correction", "photo"]


class RecordTask(Struct, frozen=True):
    """The plan task that led to the inspection."""

    number: str
    name: str


class RecordTarget(Struct, frozen=True):
    """Who was inspected; the name is masked where the law asks for it (R18)."""

    name: str
    credit_code: str | None


class RecordItem(Struct, frozen=True):
    """The result of one item, as a code and its fixed sentence."""

    code: str
    name: str
    result_code: str
    result_sentence: str


class PublicRecordView(Struct, frozen=True):
    """A department's result on one target, public. `working_days_used`: from the result to its publication.

    `enterprise_key`: all records of the same entity have it, and its page is at `/enterprises/<key>`.
    `industry_section`: GB/T 4754, a letter. `corrected_because`: the fixed sentence of why this version replaced
    the one before; none of a first version.
    """

    id: UUID
    version: int
    plan_task: RecordTask
    draw_kind: str
    department: str
    jurisdiction: str
    method: str
    completed_on: date
    published_at: Instant
    target: RecordTarget
    result_code: str
    result_sentence: str
    items: list[RecordItem]
    channel: str
    working_days_used: int | None
    url: str
    jurisdiction_id: UUID | None = None
    department_id: UUID | None = None
    plan_task_id: UUID | None = None
    enterprise_key: str | None = None
    industry_section: str | None = None
    corrected_because: str | None = None


class GiveReview(Struct, frozen=True, forbid_unknown_fields=True):
    """What a second officer says of a result; returned ones need a word why."""

    verdict: Literal["passed", "returned"]
    note: Note


class ProposeWithholding(Struct, frozen=True, forbid_unknown_fields=True):
    """That a law keeps a part's result from the public. `note`: for colleagues and the trail, never public."""

    part_id: UUID
    ground: Ground
    note: Note


class DecideWithholding(Struct, frozen=True, forbid_unknown_fields=True):
    """What a second person says of a proposal, and why."""

    verdict: Literal["confirmed", "refused"]
    because: Words


class ProposeCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """What a result should say. `result_code`: as it is, where only the target's name or code was put right.

    `reason` is public, as its fixed sentence; `note` is for the second person and never public.
    """

    part_id: UUID
    result_code: ResultCode
    reason: Reason
    note: Note


class SecondWord(Struct, frozen=True, forbid_unknown_fields=True):
    """What a second person says of what somebody else proposed, and why."""

    verdict: Literal["confirmed", "refused"]
    because: Note


class BlurredPlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A rectangle to blur, in 1/10,000 of the upright picture's width and height; at least a hundredth each way."""

    left: Annotated[int, Meta(ge=0, le=9_900)]
    top: Annotated[int, Meta(ge=0, le=9_900)]
    width: Annotated[int, Meta(ge=100, le=10_000)]
    height: Annotated[int, Meta(ge=100, le=10_000)]


class ProposePhoto(Struct, frozen=True, forbid_unknown_fields=True):
    """A photo of the result that may go public, and what of it is blurred: something always is (R18)."""

    part_id: UUID
    photo_id: UUID
    places: Annotated[list[BlurredPlace], Meta(min_length=1, max_length=50)]


class GroundView(Struct, frozen=True):
    """A ground of the table; `note_needed`: it says nothing without the article or the decision."""

    key: Ground
    sentence: str
    law: str
    note_needed: bool


class WithholdingView(Struct, frozen=True):
    """A proposal to withhold, and what came of it."""

    id: UUID
    part_id: UUID
    ground: Ground
    note: str
    proposed_by: UUID
    proposed_at: Instant
    verdict: Literal["confirmed", "refused", "taken_back"] | None
    decided_at: Instant | None
    because: str | None


class RecordCorrectionView(Struct, frozen=True):
    """A correction, and what came of it. `mine`: the caller proposed it, so another has to confirm it."""

    id: UUID
    part_id: UUID
    result_code: ResultCode
    reason: Reason
    note: str
    proposed_at: Instant
    verdict: Literal["confirmed", "refused", "taken_back"] | None
    decided_at: Instant | None
    because: str | None
    mine: bool


class PhotoView(Struct, frozen=True):
    """A blurred copy, and what came of it; pixels. `mine`: the caller made it, so another has to release it."""

    id: UUID
    part_id: UUID
    photo_id: UUID
    width: int
    height: int
    proposed_at: Instant
    verdict: Literal["confirmed", "refused", "taken_back", "removed"] | None
    decided_at: Instant | None
    because: str | None
    mine: bool


class PublicationRow(Struct, frozen=True):
    """A result on its way to the public. `days_left`: working days to its last day; negative: so many past it.

    `ground`: of the proposal that is open or was confirmed. `undecided`: what waits for a second person.
    """

    part_id: UUID
    inspection_id: UUID
    jurisdiction_id: UUID
    department: DepartmentRef
    task: PlanTaskRef
    target_name: str
    stage: Stage
    review: Review
    result_code: str | None
    formed_on: date | None
    due_on: date | None
    days_left: int | None
    overdue: bool
    review_by: date | None
    ground: Ground | None
    published_on: date | None
    withheld_on: date | None
    record_url: str | None
    undecided: list[Undecided]


class PublicationDetail(Struct, frozen=True):
    """One result on its way, with its review and every proposal. `own_visit`: the caller went on it himself.

    `mine`: the open proposal is the caller's own, so another has to confirm it. `result_photos`: the photos that
    the result names, of which a blurred copy may go public.
    """

    row: PublicationRow
    review_note: str | None
    reviewed_at: Instant | None
    withholdings: list[WithholdingView]
    own_visit: bool
    mine: bool
    corrections: list[RecordCorrectionView]
    photos: list[PhotoView]
    result_photos: list[UUID]


class OverduePublications(Struct, frozen=True):
    """Results of a department in a task whose last day is over: what is reported to the office (R23)."""

    department: DepartmentRef
    task: PlanTaskRef
    count: int
    oldest_due_on: date


class OverdueReport(Struct, frozen=True):
    """The report to the office, counted at this moment."""

    as_of: Instant
    total: int
    rows: list[OverduePublications]


class RecordFilter(Struct, frozen=True, kw_only=True):
    """What public records are narrowed by; all of it together. Days are those of publication, both included."""

    q: str = ""
    jurisdiction_id: UUID | None = None
    department_id: UUID | None = None
    plan_task_id: UUID | None = None
    enterprise_key: str | None = None
    industry_section: str | None = None
    result_code: str | None = None
    published_from: date | None = None
    published_until: date | None = None


class RecordVersion(Struct, frozen=True):
    """One version of a record, as its page lists it, and what it said. `because`: why it replaced the one before."""

    version: int
    published_at: Instant
    target_name: str
    result_code: ResultCode
    result_sentence: str
    because: str | None


class PublicPhotoView(Struct, frozen=True):
    """A photo that is public: a blurred copy. `width` and `height` in pixels."""

    url: str
    width: int
    height: int


class RecordPage(Struct, frozen=True):
    """A record with what stands around it: its versions, and the other departments' records of the same visit."""

    record: PublicRecordView
    versions: list[RecordVersion]
    same_visit: list[PublicRecordView]
    part_id: UUID
    photos: list[PublicPhotoView]

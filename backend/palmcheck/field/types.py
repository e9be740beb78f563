"""What goes in and out of the slice: the feed, the operation envelope, the verdicts."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.catalogue.types import CheckItemRef, ChecklistVersionView, ItemClass
from palmcheck.inspections.on_site_types import CountersignBody, RecusalBody, Sha256
from palmcheck.inspections.types import CheckInBody, OfficerView, PartState, SubmitBody
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.clock import Instant
from palmcheck.kernel.sealing import SealedBox
from palmcheck.planning.types import DrawKind
from palmcheck.registry.types import TargetView

MOST_OPERATIONS = 50
Verdict = Literal["accepted", "already_accepted", "accepted_into_dispute", "blocked_by", "rejected", "retry_later"]


class Envelope(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True, tag_field="kind"):
    """A signed fact from a phone. The signature covers the RFC 8785 bytes of all of it.

    `sequence` counts the device's operations from 1, `previous_sha256` chains them, `nonce` is the newest pull's,
    `clock_offset_ms` the phone's clock minus the server's at that pull; `supersedes` names the rejected operation
    that this one corrects.
    """

    id: UUID
    device_id: UUID
    account_id: UUID
    sequence: Annotated[int, Meta(ge=1)]
    previous_sha256: Sha256
    nonce: Annotated[str, Meta(max_length=200)]
    captured_at: Instant
    clock_offset_ms: int
    depends_on: Annotated[list[UUID], Meta(max_length=50)]
    supersedes: UUID | None
    alg: Literal["ES256"]
    schema: Literal["palmcheck/operation/v1"]


class CheckInOperation(Envelope, frozen=True, kw_only=True, tag="part.check_in"):
    """An officer arrives on site."""

    body: CheckInBody


class RecusalOperation(Envelope, frozen=True, kw_only=True, tag="part.recusal"):
    """The enterprise asks that officers withdraw (R21)."""

    body: RecusalBody


class SubmitOperation(Envelope, frozen=True, kw_only=True, tag="part.submit"):
    """An officer submits the result of a part."""

    body: SubmitBody


class CountersignOperation(Envelope, frozen=True, kw_only=True, tag="part.countersign"):
    """An officer signs his colleague's submission on his own phone (R3)."""

    body: CountersignBody


Operation = CheckInOperation | CountersignOperation | RecusalOperation | SubmitOperation


class SignedOperation(Struct, forbid_unknown_fields=True, frozen=True):
    """An operation with the device's signature (ES256: raw r||s, unpadded base64url)."""

    operation: CheckInOperation | CountersignOperation | RecusalOperation | SubmitOperation
    signature: str


class PushOperations(Struct, forbid_unknown_fields=True, frozen=True):
    """A batch; each operation is read on its own, so that a malformed one stops no other."""

    operations: Annotated[list[dict[str, Any]], Meta(max_length=MOST_OPERATIONS)]


class OperationVerdict(Struct, frozen=True, omit_defaults=True):
    """What became of one operation; `problem` as RFC 9457 when it was rejected or must wait."""

    operation_id: UUID | None
    verdict: Verdict
    server_time: Instant
    problem: dict[str, Any] | None = None
    blocked_by: UUID | None = None


class PushVerdicts(Struct, frozen=True):
    """One verdict an operation, in the batch's order."""

    verdicts: list[OperationVerdict]


class OpenVault(Struct, forbid_unknown_fields=True, frozen=True):
    """The key of a phone's drafts, sealed to the server, and the account's password."""

    password: Annotated[str, Meta(max_length=200)]
    sealed: SealedBox


class OpenedVault(Struct, frozen=True):
    """The key of a phone's drafts or of a file, base64url without padding."""

    key: str


class OpenUnsentFile(Struct, forbid_unknown_fields=True, frozen=True):
    """The key of a file of unsent work, sealed to the server by the phone that wrote it."""

    device_id: UUID
    sealed: SealedBox


class FieldPlanTask(Struct, frozen=True):
    """The task behind an inspection."""

    id: UUID
    number: str
    name: str
    draw_kind: DrawKind
    item_class: ItemClass


class DrawnBecause(Struct, frozen=True):
    """Why the target was drawn, for the officer to say on site."""

    stratum_label: str
    drawn_at: Instant


class FieldPart(Struct, frozen=True):
    """A department's part as a phone keeps it; `mine`: this inspector's device owns it."""

    id: UUID
    department: DepartmentRef
    checklist_id: UUID
    items: list[CheckItemRef]
    officers: list[OfficerView]
    mine: bool
    state: PartState
    record_url: str | None


class InspectionTask(Struct, frozen=True):
    """An inspection as a phone keeps it. `show_code`: what the enterprise scans to see who comes (R25)."""

    id: UUID
    plan_task: FieldPlanTask
    target: TargetView
    method: str
    issued_on: date
    due_on: date
    draw_id: UUID
    drawn_because: DrawnBecause
    parts: list[FieldPart]
    show_code: str


class InspectionChange(Struct, frozen=True, tag="inspection", tag_field="kind"):
    """An inspection is new or has changed."""

    number: int
    inspection: InspectionTask


class ChecklistChange(Struct, frozen=True, tag="checklist", tag_field="kind"):
    """A checklist version that an inspection needs; it comes before the first that names it."""

    number: int
    checklist: ChecklistVersionView


class PartStateChange(Struct, frozen=True, tag="part_state", tag_field="kind"):
    """A part has moved on."""

    number: int
    inspection_id: UUID
    part_id: UUID
    state: PartState
    record_url: str | None


Change = InspectionChange | ChecklistChange | PartStateChange


class Nonce(Struct, frozen=True):
    """A value that only this server could give to this device, and when it did."""

    value: str
    issued_at: Instant


class FieldRules(Struct, frozen=True):
    """What the phone needs of the jurisdiction's settings to work alone.

    `correct_by`: for a visit on this day, the last day that is proposed for an order to correct; days that the
    calendar does not reach are left out. A kept photo has at most `photo_long_side` pixels on its longer side and
    is a JPEG of `photo_quality` per cent.
    """

    contact_attempts: int
    party_page_days: int
    photo_long_side: int
    photo_quality: int
    correct_by: dict[str, date]


class Changes(Struct, frozen=True):
    """What an inspector's phone has to hear of since its cursor. `resync`: take this as the whole."""

    epoch: str
    cursor: str
    more: bool
    resync: bool
    server_time: Instant
    nonce: Nonce
    rules: FieldRules
    changes: list[InspectionChange | ChecklistChange | PartStateChange]

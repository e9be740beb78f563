"""What an on-site record holds beside the checklist's answers: results of their own, problems, who was there."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.kernel.clock import Instant

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Sha256Start = Annotated[str, Meta(pattern="^([0-9a-f]{20}|[0-9a-f]{64})$")]
"""A SHA-256 as it is scanned, or its first 20 digits (80 bits) as they are typed."""
Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
PhotoIds = Annotated[list[UUID], Meta(max_length=30)]
Stroke = Annotated[list[Annotated[int, Meta(ge=0, le=1000)]], Meta(max_length=4000)]
Strokes = Annotated[list[Stroke], Meta(min_length=1, max_length=400)]
"""A signature: polylines x,y,x,y,.. in a box 1000 wide and 400 high."""
NoPosition = Literal["denied", "unavailable", "timeout"]
OutcomeKind = Literal["closed", "not_found", "refused", "unreachable"]
ContactWay = Literal["phone", "letter", "visit", "message", "other"]
Handling = Literal["on_the_spot", "order_to_correct", "case"]


class MeasuredPosition(Struct, forbid_unknown_fields=True, frozen=True):
    """A measured WGS-84 position in degrees, its accuracy in metres."""

    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]
    accuracy_m: Annotated[float, Meta(ge=0)]


class Witness(Struct, forbid_unknown_fields=True, frozen=True):
    """Somebody who saw it and signs for that (R29). `role`: what he is there, such as a neighbour."""

    name: Name
    role: Annotated[str, Meta(max_length=80)]
    strokes: Strokes
    signed_at: Instant


class ContactAttempt(Struct, forbid_unknown_fields=True, frozen=True):
    """One attempt to reach the party: when, how, and what came of it."""

    at: Instant
    way: ContactWay
    note: Annotated[str, Meta(max_length=500)]


class Outcome(Struct, forbid_unknown_fields=True, frozen=True):
    """A result of its own: no inspection by the checklist took place. `on_site_rules` says what each kind needs.

    `registry_doubt`: the registry's facts look wrong; a request to correct them is opened.
    """

    kind: OutcomeKind
    note: Annotated[str, Meta(max_length=2000)] | None
    photo_ids: PhotoIds
    position: MeasuredPosition | None
    no_position_because: NoPosition | None
    witness: Witness | None
    attempts: Annotated[list[ContactAttempt], Meta(max_length=20)]
    registry_doubt: bool


class FoundProblem(Struct, forbid_unknown_fields=True, frozen=True):
    """A problem found (R13), at a question answered no or anywhere; an order to correct has its last day."""

    id: UUID
    question_key: Annotated[str, Meta(max_length=80)] | None
    what: Annotated[str, Meta(max_length=2000)]
    handling: Handling
    due_on: date | None
    photo_ids: PhotoIds


class CertificateShown(Struct, forbid_unknown_fields=True, frozen=True):
    """An officer showed this certificate on entering (R25)."""

    inspector_id: UUID
    certificate_number: Annotated[str, Meta(min_length=1, max_length=80)]


class PartySigned(Struct, forbid_unknown_fields=True, frozen=True, tag="signed", tag_field="kind"):
    """The inspected party signs the record (R29)."""

    name: Name
    strokes: Strokes
    signed_at: Instant


class PartyRefused(Struct, forbid_unknown_fields=True, frozen=True, tag="refused", tag_field="kind"):
    """The inspected party refuses to sign: the reason is noted, a witness or a photo stands for it (R29)."""

    reason: Words
    refused_at: Instant
    witness: Witness | None = None
    photo_ids: PhotoIds = []


class ExpertFinding(Struct, forbid_unknown_fields=True, frozen=True):
    """What an expert found (R22): attached to a question or the part; he signs nothing, the department answers."""

    id: UUID
    expert_id: UUID | None
    expert_name: Name
    question_key: Annotated[str, Meta(max_length=80)] | None
    text: Words
    photo_ids: PhotoIds


class RecusalBody(Struct, forbid_unknown_fields=True, frozen=True):
    """The enterprise asks that officers withdraw (R21); the visit goes on or stops until the lead has decided."""

    part_id: UUID
    asked_by: Name
    inspector_ids: Annotated[list[UUID], Meta(min_length=1, max_length=10)]
    reason: Words
    asked_at: Instant
    goes_on: bool


class CountersignBody(Struct, forbid_unknown_fields=True, frozen=True):
    """An officer signs his colleague's submission on his own phone (R3): by the hash of the signed operation."""

    part_id: UUID
    submission_sha256: Sha256Start
    signed_at: Instant

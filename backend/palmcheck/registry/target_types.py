"""What goes in and out where targets are looked after."""

from datetime import date, datetime
from typing import Annotated, Literal, get_args
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.registry.tagging_types import TaggingView
from palmcheck.registry.target_words import Line, Prose, TargetName
from palmcheck.registry.types import CreditRiskClass, Industry, Position, TargetKind, TargetStatus

FactKind = Literal["penalty", "upheld_complaint"]
TagFamily = Literal["industry", "level", "free"]
DuplicateSign = Literal["organisation_code", "registration_number", "name_and_address"]
CorrectableField = Literal["name", "credit_code", "legal_representative", "address", "industry", "status"]
CorrectionState = Literal["draft", "sent", "answered"]
ENTITY_KINDS = frozenset({"enterprise", "individual_business", "cooperative"})
"""Kinds that answer for themselves; the others name a responsible entity (S1 一(四))."""
TAG_FAMILIES: tuple[str, ...] = get_args(TagFamily)


class TargetRow(Struct, frozen=True):
    """A target as a list shows it."""

    id: UUID
    name: str
    kind: TargetKind
    credit_code: str | None
    registration_number: str | None
    address: str
    industry: Industry
    status: TargetStatus
    credit_risk_class: CreditRiskClass
    tags: list[str]


class TargetPage(Struct, frozen=True):
    """A page of targets. `capped`: more rows fit the query than are ranked; some words more would find them."""

    items: list[TargetRow]
    next: str | None
    capped: bool


class SaveTarget(Struct, frozen=True, forbid_unknown_fields=True):
    """A target as a clerk enters or changes it. `reason`: needed when status or class change."""

    name: Line
    kind: TargetKind
    address: Annotated[str, Meta(max_length=300)]
    industry: Industry
    status: TargetStatus
    credit_risk_class: CreditRiskClass
    credit_code: str | None = None
    registration_number: Annotated[str, Meta(max_length=30)] | None = None
    legal_representative: Annotated[str, Meta(max_length=100)] | None = None
    position: Position | None = None
    responsible_id: UUID | None = None
    reason: Annotated[str, Meta(max_length=500)] | None = None


class SaveTags(Struct, frozen=True, forbid_unknown_fields=True):
    """All tags of a target."""

    tags: Annotated[list[str], Meta(max_length=30)]


class SaveTag(Struct, frozen=True, forbid_unknown_fields=True):
    """The family of a tag."""

    family: TagFamily


class TagView(Struct, frozen=True):
    """A tag of the jurisdiction."""

    name: str
    family: TagFamily


class SaveFact(Struct, frozen=True, forbid_unknown_fields=True):
    """A penalty or an upheld complaint."""

    kind: FactKind
    happened_on: date
    source: Line
    content: Prose


class FactView(Struct, frozen=True):
    """A dated fact. `counts`: it lies in the years that count (R7, S1 一(五))."""

    id: UUID
    target_id: UUID
    kind: FactKind
    happened_on: date
    source: str
    content: str
    recorded_at: datetime
    counts: bool


class FactCount(Struct, frozen=True):
    """Facts that count, and since when those of each kind do (settings of the jurisdiction)."""

    penalties: int
    penalties_since: date
    upheld_complaints: int
    upheld_complaints_since: date


class StandingView(Struct, frozen=True):
    """A change of status or class; `reason` null: an import said so."""

    aspect: Literal["status", "credit_risk_class"]
    before: str
    after: str
    reason: str | None
    changed_at: datetime


class MergeTargets(Struct, frozen=True, forbid_unknown_fields=True):
    """`from_target_id` turned out to be `into_target_id`."""

    from_target_id: UUID
    into_target_id: UUID
    reason: Prose


class UndoMerge(Struct, frozen=True, forbid_unknown_fields=True):
    """Why the two are two after all."""

    reason: Prose


class MergeView(Struct, frozen=True):
    """One merge; once undone, when, by whom and why."""

    id: UUID
    from_target: TargetName
    into_target: TargetName
    reason: str
    merged_by: str
    merged_at: datetime
    undone_by: str | None
    undone_at: datetime | None
    undo_reason: str | None


class DraftCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """A request to the registering authority."""

    authority: Line
    field: CorrectableField
    proposed: Annotated[str, Meta(min_length=1, max_length=300)]
    grounds: Prose


class AnswerCorrection(Struct, frozen=True, forbid_unknown_fields=True):
    """What the authority answered."""

    accepted: bool
    answer: Prose


class CorrectionView(Struct, frozen=True):
    """A correction request in its state."""

    id: UUID
    target: TargetName
    authority: str
    field: CorrectableField
    recorded: str
    proposed: str
    grounds: str
    state: CorrectionState
    drafted_by: str
    drafted_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    answer: str | None
    accepted: bool | None


class TargetDetail(Struct, frozen=True):
    """A target whole, with what is known about it. `version`: the ETag that an edit names by If-Match."""

    target: TargetRow
    version: str
    legal_representative: str | None
    position: Position | None
    responsible: TargetName | None
    answers_for: list[TargetName]
    merged_into: TargetName | None
    facts: list[FactView]
    fact_count: FactCount
    standing: list[StandingView]
    merges: list[MergeView]
    taggings: list[TaggingView]
    corrections: list[CorrectionView]
    may_edit: bool


class DuplicateGroup(Struct, frozen=True):
    """Targets that may be one. `because`: same organisation code, registration number, or name and address."""

    because: DuplicateSign
    targets: list[TargetRow]

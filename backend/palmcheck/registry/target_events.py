"""What happens to targets one by one. Names and persons stay out of the trail (R18): it keeps ids and digests."""

from datetime import date
from uuid import UUID

from palmcheck.kernel.events import Event


class TargetEntered(Event, frozen=True):
    """A clerk entered a target."""

    name = "registry.target_entered"
    target_id: UUID
    row_sha256: str


class TargetChanged(Event, frozen=True):
    """A clerk changed a target: which fields, and why."""

    name = "registry.target_changed"
    target_id: UUID
    fields: list[str]
    row_sha256: str
    reason: str | None


class TargetTagged(Event, frozen=True):
    """A target has these tags now."""

    name = "registry.target_tagged"
    target_id: UUID
    tags: list[str]


class TagNamed(Event, frozen=True):
    """A tag belongs to a family."""

    name = "registry.tag_named"
    tag: str
    family: str


class FactRecorded(Event, frozen=True):
    """A penalty or an upheld complaint was recorded."""

    name = "registry.fact_recorded"
    target_id: UUID
    fact_id: UUID
    kind: str
    happened_on: date


class TargetsMerged(Event, frozen=True):
    """One of two targets turned out to be the other, into which it was merged."""

    name = "registry.targets_merged"
    merge_id: UUID
    targets: list[UUID]
    into_target_id: UUID
    reason: str


class MergeUndone(Event, frozen=True):
    """Two merged targets are two again; `from_target_id` is its own once more."""

    name = "registry.merge_undone"
    merge_id: UUID
    targets: list[UUID]
    from_target_id: UUID
    reason: str


class TargetsTagged(Event, frozen=True):
    """Many targets got or lost a tag by one action; a digest stands for their ids in order."""

    name = "registry.targets_tagged"
    tagging_id: UUID
    tag: str
    action: str
    count: int
    rows_sha256: str


class TaggingUndone(Event, frozen=True):
    """A bulk action was taken back where its effect still stood; a digest stands for the rows that changed."""

    name = "registry.tagging_undone"
    tagging_id: UUID
    count: int
    rows_sha256: str


class CorrectionMoved(Event, frozen=True):
    """A correction request is in another state."""

    name = "registry.correction_moved"
    target_id: UUID
    correction_id: UUID
    state: str

"""What goes in and out where many targets are tagged at once."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.registry.target_words import TargetQuery

TaggingAction = Literal["add", "remove"]


class TagMany(Struct, frozen=True, forbid_unknown_fields=True):
    """A tag for all targets that `query` finds, or one to take from them; its order does not matter."""

    tag: Annotated[str, Meta(min_length=1, max_length=40)]
    action: TaggingAction
    query: TargetQuery


class TaggingView(Struct, frozen=True):
    """One bulk action. `count`: targets that changed; `skipped`: those that other departments look after."""

    id: UUID
    tag: str
    action: TaggingAction
    count: int
    skipped: int
    tagged_by: str
    tagged_at: datetime
    undone_at: datetime | None

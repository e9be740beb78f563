"""What several kinds of input and output about targets are made of."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from palmcheck.registry.types import CreditRiskClass, TargetKind, TargetStatus

Line = Annotated[str, Meta(min_length=1, max_length=200)]
Prose = Annotated[str, Meta(min_length=1, max_length=2000)]
TargetSort = Literal["match", "name", "-name", "credit_code", "-credit_code", "newest"]


class TargetQuery(Struct, frozen=True):
    """What a list of targets is narrowed down to, and its order; `match` puts names that begin with `q` first."""

    q: str | None = None
    kind: TargetKind | None = None
    status: TargetStatus | None = None
    credit_risk_class: CreditRiskClass | None = None
    industry: str | None = None
    tag: str | None = None
    sort: TargetSort | None = None


class TargetName(Struct, frozen=True):
    """A target that another one points to."""

    id: UUID
    name: str
    credit_code: str | None

"""Where a part's publication stands (domain.md 3): one function of four facts. Pure."""

from dataclasses import dataclass
from typing import Literal

Stage = Literal["expected", "in_review", "returned", "proposed", "ready", "published", "withheld", "withdrawn"]
Review = Literal["none", "waiting", "passed", "returned", "lapsed"]
Withholding = Literal["none", "proposed", "confirmed"]
WAITING: tuple[Stage, ...] = ("in_review", "returned", "proposed", "ready")
"""What has a last day and is neither public nor withheld."""


@dataclass(frozen=True)
class Facts:
    """`complete`: the result is whole. `review`: none where the setting asks for none, lapsed past its limit."""

    complete: bool
    review: Review
    withholding: Withholding
    published: bool


def stage_of(facts: Facts) -> Stage:
    """The one stage that four facts come to.

    A proposal holds back what is not yet public, and takes nothing out of public before a second person confirms it.
    """
    if facts.published:
        return "withdrawn" if facts.withholding == "confirmed" else "published"
    if not facts.complete:
        return "expected"
    if facts.withholding != "none":
        return "withheld" if facts.withholding == "confirmed" else "proposed"
    if facts.review == "returned":
        return "returned"
    return "in_review" if facts.review == "waiting" else "ready"

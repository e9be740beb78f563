"""Every threshold, cap and day count that a jurisdiction may set: its key, default and source (domain.md 5)."""

from dataclasses import dataclass
from typing import Generic, TypeVar

V = TypeVar("V", int, bool, str)


@dataclass(frozen=True)
class Setting(Generic[V]):
    """A typed setting. `source` names the notice or page that its default comes from."""

    key: str
    default: V
    unit: str
    source: str


PUBLICATION_DAYS = Setting("publication.days", 20, "working days", "S1 二(四)")
PALM_RATE_THRESHOLD = Setting("palm_rate.threshold", 9000, "1/10,000", "S0 二(二)3")
DRAW_AT_LEAST_ONE = Setting("draw.at_least_one", True, "", "ours")
DRAW_RESERVE_PERCENT = Setting("draw.reserve_percent", 50, "% of the quota", "ours")

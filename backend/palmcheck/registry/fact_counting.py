"""Which facts count towards ratio and frequency (R7, S1 一(五)). Pure.

How many years count is set by the jurisdiction, apart for penalties and complaints; S1's three years are the default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


def counts_since(on: date, years: int) -> date:
    """The first day whose facts count on a day: so many years before it; 29 February counts as 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 3, 1)


def counts(happened_on: date, on: date, years: int) -> bool:
    """Whether a fact counts on a day."""
    return counts_since(on, years) <= happened_on <= on


@dataclass(frozen=True)
class Counting:
    """How facts count on a day: the years of each kind (settings risk.penalty_years, risk.complaint_years)."""

    on: date
    years: Mapping[str, int]

    def counts(self, kind: str, happened_on: date) -> bool:
        """Whether a fact of this kind counts."""
        return counts(happened_on, self.on, self.years[kind])

    def since(self, kind: str) -> date:
        """The first day whose facts of this kind count."""
        return counts_since(self.on, self.years[kind])

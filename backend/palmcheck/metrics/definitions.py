"""Every figure's definition (domain.md 5): how one fact counts, and why. Pure; the twin in SQL is counting.py.

A rule answers the reason by which a fact counts, or None where it is no matter of the figure. The reasons say
what is in the numerator, what is in the denominator alone, and what is shown apart; so a numerator can never
hold what its denominator has not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from palmcheck.metrics.facts import Part, Problem

WHOLE = 10_000
FigureKey = Literal[
    "palm_rate",
    "due_on_time",
    "target_completion",
    "publication_rate",
    "on_time_publication",
    "follow_up_rate",
    "follow_up_closed",
    "problem_rate",
]
Reason = Literal[
    "mobile",
    "desk",
    "overdue",
    "on_time",
    "late",
    "pending",
    "counted",
    "published",
    "unpublished",
    "withheld",
    "disposed",
    "disposed_late",
    "closed",
    "open",
    "problem",
    "no_problem",
]
Counting = Literal["numerator", "denominator", "apart"]


@dataclass(frozen=True)
class Figure:
    """A figure: its unit, its reasons and how each counts, where it comes from, which way is good."""

    key: FigureKey
    unit: Literal["part", "visit", "problem"]
    reasons: dict[Reason, Counting]
    source: str
    rule: str | None

    def counts(self, reasons: dict[Reason, int]) -> tuple[int, int]:
        """Numerator and denominator of so many facts by reason."""
        over = sum(n for reason, n in reasons.items() if self.reasons[reason] == "numerator")
        return over, over + sum(n for reason, n in reasons.items() if self.reasons[reason] == "denominator")


def palm_rate(part: Part, today: date) -> Reason | None:
    """On-site parts entered in the mobile app / on-site parts done or overdue, desk entries included."""
    if part.method != "on_site":
        return None
    if part.formed_on is None:
        return "overdue" if part.due_on < today else None
    return "mobile" if part.entry == "mobile" else "desk"


def due_on_time(part: Part, today: date) -> Reason | None:
    """Parts done by their deadline / parts whose deadline has passed."""
    if part.due_on >= today:
        return "pending"
    if part.formed_on is None:
        return "overdue"
    return "on_time" if part.formed_on <= part.due_on else "late"


def target_completion(part: Part, today: date) -> Reason | None:
    """Drawn targets of which every part is published or withheld (R12) / drawn targets; the lead counts them."""
    if not part.leads:
        return None
    if part.visit_counted:
        return "counted"
    return "overdue" if part.due_on < today else "pending"


def publication_rate(part: Part, today: date) -> Reason | None:
    """Published results / formed results that no law withholds; those still within their days are among the latter."""
    if part.formed_on is None:
        return None
    if part.withheld_on is not None:
        return "withheld"
    if part.published_on is not None:
        return "published"
    return "unpublished" if part.public_by is not None and part.public_by < today else "pending"


def on_time_publication(part: Part, today: date) -> Reason | None:
    """Results published by their last day / results published or past it; without a known last day none is late."""
    if part.formed_on is None:
        return None
    if part.withheld_on is not None:
        return "withheld"
    if part.published_on is not None:
        return "late" if part.public_by is not None and part.published_on > part.public_by else "on_time"
    return "unpublished" if part.public_by is not None and part.public_by < today else "pending"


def problem_rate(part: Part, today: date) -> Reason | None:
    """Visits on which any department found a problem / visits of which the lead's result is formed."""
    del today
    if not part.leads or part.formed_on is None:
        return None
    return "problem" if part.visit_problem else "no_problem"


def follow_up_rate(problem: Problem, today: date) -> Reason | None:
    """Found problems whose disposal was recorded by its due day / found problems (R13)."""
    due = problem.due_on
    if problem.disposed_on is not None:
        return "disposed" if due is None or problem.disposed_on <= due else "disposed_late"
    return "overdue" if due is not None and due < today else "pending"


def follow_up_closed(problem: Problem, today: date) -> Reason | None:
    """Found problems whose handling a second person has verified / found problems: the second figure."""
    del today
    return "closed" if problem.closed else "open"


FIGURES: dict[FigureKey, Figure] = {
    each.key: each
    for each in (
        Figure(
            "palm_rate",
            "part",
            {"mobile": "numerator", "desk": "denominator", "overdue": "denominator"},
            "S0 二(二)3; S4",
            None,
        ),
        Figure(
            "due_on_time",
            "part",
            {"on_time": "numerator", "late": "denominator", "overdue": "denominator", "pending": "apart"},
            "S0",
            "R23",
        ),
        Figure(
            "target_completion",
            "visit",
            {"counted": "numerator", "overdue": "denominator", "pending": "denominator"},
            "S2",
            "R12",
        ),
        Figure(
            "publication_rate",
            "part",
            {
                "published": "numerator",
                "unpublished": "denominator",
                "pending": "denominator",
                "withheld": "apart",
            },
            "S0; S2; S4",
            "R12",
        ),
        Figure(
            "on_time_publication",
            "part",
            {
                "on_time": "numerator",
                "late": "denominator",
                "unpublished": "denominator",
                "pending": "apart",
                "withheld": "apart",
            },
            "S0; S1",
            "R12",
        ),
        Figure(
            "follow_up_rate",
            "problem",
            {
                "disposed": "numerator",
                "disposed_late": "denominator",
                "overdue": "denominator",
                "pending": "denominator",
            },
            "S0; S2",
            "R13",
        ),
        Figure("follow_up_closed", "problem", {"closed": "numerator", "open": "denominator"}, "S0; S2", "R13"),
        Figure("problem_rate", "visit", {"problem": "numerator", "no_problem": "denominator"}, "S0; S2", None),
    )
}
PART_RULES: dict[FigureKey, Callable[[Part, date], Reason | None]] = {
    "palm_rate": palm_rate,
    "due_on_time": due_on_time,
    "target_completion": target_completion,
    "publication_rate": publication_rate,
    "on_time_publication": on_time_publication,
    "problem_rate": problem_rate,
}
PROBLEM_RULES: dict[FigureKey, Callable[[Problem, date], Reason | None]] = {
    "follow_up_rate": follow_up_rate,
    "follow_up_closed": follow_up_closed,
}


def rate(numerator: int, denominator: int) -> int | None:
    """Numerator over denominator in 1/10,000, rounded down so that 90 % is never shown before it is reached."""
    return numerator * WHOLE // denominator if denominator else None

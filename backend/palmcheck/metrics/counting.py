"""The figures in SQL: each definition once more, over whole tables (its pure twin is definitions.py).

tests/metrics holds both against each other on facts that a machine made up.
"""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Boolean, ColumnElement, Select, case, func, literal, literal_column, null, select
from sqlalchemy.sql.selectable import Subquery

from palmcheck.followup import reads as followup
from palmcheck.metrics.definitions import PART_RULES, PROBLEM_RULES, FigureKey, Reason
from palmcheck.metrics.models import PartFact, PartTally, ProblemTally
from palmcheck.planning.types import TaskKind


def facts_of(figure: FigureKey) -> Subquery:
    """The facts that a figure is counted over: a department part each, or a found problem each."""
    if figure not in PROBLEM_RULES:
        return select(*PartFact.__table__.c, PartFact.part_id.label("id")).subquery("fact")
    problems = followup.problem_rows.subquery("problems")
    return select(*problems.c, problems.c.found_on.label("counted_on")).subquery("fact")


def alike_of(figure: FigureKey) -> Subquery:
    """The same facts by quarter, those together that are alike to every figure, with how many they are (`count`)."""
    tally = PartTally if figure not in PROBLEM_RULES else ProblemTally
    return select(*tally.__table__.c).subquery("alike")


def reason_of(figure: FigureKey, fact: Any, today: date) -> ColumnElement[str]:
    """The reason by which a fact counts, null where it is no matter of the figure."""
    day = literal(today)
    rules = _rules_of_problems(fact, day) if figure in PROBLEM_RULES else _rules_of_parts(fact, day)
    *whens, otherwise = rules[figure]
    return case(*whens, else_=otherwise)


def _rules_of_parts(fact: Any, day: ColumnElement[date]) -> dict[FigureKey, tuple[Any, ...]]:
    """The first condition that holds gives the reason; the last entry is the reason when none does."""
    open_, late_now = fact.formed_on.is_(None), fact.due_on < day
    withheld, published = (fact.withheld_on.is_not(None), "withheld"), fact.published_on.is_not(None)
    unpublished = (fact.public_by < day, "unpublished")
    late = (published & (fact.published_on > fact.public_by), "late")
    return {
        "palm_rate": (
            (fact.method != "on_site", null()),
            (open_ & late_now, "overdue"),
            (open_, null()),
            (fact.entry == "mobile", "mobile"),
            "desk",
        ),
        "due_on_time": (
            (fact.due_on >= day, "pending"),
            (open_, "overdue"),
            (fact.formed_on <= fact.due_on, "on_time"),
            "late",
        ),
        "target_completion": (
            (~fact.leads, null()),
            (fact.visit_counted, "counted"),
            (late_now, "overdue"),
            "pending",
        ),
        "publication_rate": ((open_, null()), withheld, (published, "published"), unpublished, "pending"),
        "on_time_publication": ((open_, null()), withheld, late, (published, "on_time"), unpublished, "pending"),
        "problem_rate": ((~fact.leads | open_, null()), (fact.visit_problem, "problem"), "no_problem"),
    }


def _rules_of_problems(fact: Any, day: ColumnElement[date]) -> dict[FigureKey, tuple[Any, ...]]:
    disposed = fact.disposed_on.is_not(None)
    return {
        "follow_up_rate": (
            (disposed & (fact.disposed_on > fact.due_on), "disposed_late"),
            (disposed, "disposed"),
            (fact.due_on < day, "overdue"),
            "pending",
        ),
        "follow_up_closed": ((fact.closed, "closed"), "open"),
    }


RARELY: dict[tuple[FigureKey, Reason], str] = {
    ("palm_rate", "desk"): "entry is distinct from 'mobile'",
    ("palm_rate", "overdue"): "formed_on is null",
    ("due_on_time", "overdue"): "formed_on is null",
    ("due_on_time", "late"): "formed_on > due_on",
    ("target_completion", "overdue"): "not visit_counted",
    ("target_completion", "pending"): "not visit_counted",
    ("publication_rate", "unpublished"): "published_on is null",
    ("publication_rate", "pending"): "published_on is null",
    ("publication_rate", "withheld"): "withheld_on is not null",
    ("on_time_publication", "late"): "published_on > public_by",
    ("on_time_publication", "unpublished"): "published_on is null",
    ("on_time_publication", "pending"): "published_on is null",
    ("on_time_publication", "withheld"): "withheld_on is not null",
}
"""What a rare reason implies, word for word as models.RARE has it: so PostgreSQL sees that its index suffices."""
APART = "kind <> 'planned'"


def implied(figure: FigureKey, reason: Reason | None, kind: TaskKind) -> list[ColumnElement[bool]]:
    """Conditions that hold for every such fact anyway, and lead to the index of what is rare."""
    found = [RARELY[figure, reason]] if reason and (figure, reason) in RARELY else []
    if figure in PART_RULES and kind != "planned":
        found.append(APART)
    return [literal_column(each, Boolean) for each in found]


class Span(Struct, frozen=True):
    """Which facts: of these jurisdictions, counted in the quarters of [first, after), as the day `today` sees them."""

    places: list[UUID]
    first: date
    after: date
    today: date
    kind: TaskKind | None = None
    department_id: UUID | None = None


def counted(figure: FigureKey, span: Span, *by: str) -> Select[Any]:
    """How many facts count by which reason, for each value of the columns `by`; `counted_on` is the quarter's first.

    A fact that is no matter of the figure has no reason and is left to the caller to drop: one pass, nothing twice.
    """
    alike = alike_of(figure)
    columns = [alike.c[name] for name in by]
    reason = reason_of(figure, alike.c, span.today).label("reason")
    chosen = select(*columns, reason, func.sum(alike.c.count).label("count")).group_by(*columns, reason)
    return chosen.where(*_within(alike.c, span))


def _within(alike: Any, span: Span) -> list[ColumnElement[bool]]:
    where = [
        alike.jurisdiction_id.in_(span.places),
        alike.counted_on >= span.first,
        alike.counted_on < span.after,
        *([] if span.kind is None else [alike.kind == span.kind]),
    ]
    return where if span.department_id is None else [*where, alike.department_id == span.department_id]


def counted_together(span: Span) -> Select[Any]:
    """How many parts count by which reasons, for all figures of parts in one pass; a column of reasons a figure."""
    alike = alike_of("palm_rate")
    reasons: list[Any] = [reason_of(key, alike.c, span.today).label(key) for key in PART_RULES]
    counts = select(*reasons, func.sum(alike.c.count).label("count")).group_by(*reasons)
    return counts.where(*_within(alike.c, span))

"""The figures in SQL: each definition once more, over whole tables (its pure twin is definitions.py).

tests/metrics holds both against each other on facts that a machine made up.
"""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, Date, Select, case, column, func, literal, null, select, values
from sqlalchemy.sql.selectable import Subquery

from palmcheck.followup import reads as followup
from palmcheck.metrics.definitions import FIGURES, PART_RULES, PROBLEM_RULES, FigureKey
from palmcheck.metrics.models import PartFact
from palmcheck.planning.types import TaskKind


def facts_of(figure: FigureKey) -> Subquery:
    """The facts that a figure is counted over: a department part each, or a found problem each."""
    if figure not in PROBLEM_RULES:
        return select(*PartFact.__table__.c, PartFact.part_id.label("id")).subquery("fact")
    problems = followup.problem_rows.subquery("problems")
    return select(*problems.c, problems.c.found_on.label("counted_on")).subquery("fact")


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


class Span(Struct, frozen=True):
    """Which facts: of these jurisdictions, counted in [first, after), as the day `today` sees them."""

    places: list[UUID]
    first: date
    after: date
    today: date
    kind: TaskKind | None = None
    department_id: UUID | None = None


def counted(figure: FigureKey, span: Span, *by: str) -> Select[Any]:
    """How many facts count by which reason, for each value of the columns `by`.

    A fact that is no matter of the figure has no reason and is left to the caller to drop: one pass, nothing twice.
    """
    fact = facts_of(figure)
    columns = [fact.c[name] for name in by]
    reason = reason_of(figure, fact.c, span.today).label("reason")
    chosen = (
        select(*columns, reason, func.count().label("count"))
        .where(fact.c.jurisdiction_id.in_(span.places), fact.c.counted_on >= span.first, fact.c.counted_on < span.after)
        .group_by(*columns, reason)
    )
    return chosen.where(*_narrowed(fact.c, span))


def counted_by_quarter(figure: FigureKey, span: Span, quarters: list[tuple[date, date]]) -> Select[Any]:
    """Numerator and denominator of each quarter [first, after), in their order; no grouping, so a million go fast."""
    fact, how = facts_of(figure), FIGURES[figure].reasons
    reason = reason_of(figure, fact.c, span.today)
    over = reason.in_([each for each, counting in how.items() if counting == "numerator"])
    under = reason.in_([each for each, counting in how.items() if counting != "apart"])
    asked = values(column("first", Date), column("after", Date), name="asked").data(quarters)
    counts = (
        select(func.count().filter(over).label("numerator"), func.count().filter(under).label("denominator"))
        .where(
            fact.c.jurisdiction_id.in_(span.places),
            fact.c.counted_on >= asked.c.first,
            fact.c.counted_on < asked.c.after,
            *_narrowed(fact.c, span),
        )
        .lateral("counts")
    )
    return select(asked.c.first, counts.c.numerator, counts.c.denominator).join_from(asked, counts, literal(True))


def _narrowed(fact: Any, span: Span) -> list[ColumnElement[bool]]:
    kind = [] if span.kind is None else [fact.kind == span.kind]
    return kind if span.department_id is None else [*kind, fact.department_id == span.department_id]


def counted_together(span: Span) -> Select[Any]:
    """How many parts count by which reasons, for all figures of parts in one pass; a column of reasons a figure."""
    fact = facts_of("palm_rate")
    reasons: list[Any] = [reason_of(key, fact.c, span.today).label(key) for key in PART_RULES]
    return (
        select(*reasons, func.count().label("count"))
        .where(fact.c.jurisdiction_id.in_(span.places), fact.c.counted_on >= span.first, fact.c.counted_on < span.after)
        .where(*_narrowed(fact.c, span))
        .group_by(*reasons)
    )

"""Tables of the slice."""

from datetime import date
from uuid import UUID

from sqlalchemy import Computed, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.database import Base

RARE = """formed_on is null or formed_on > due_on or published_on is null or published_on > public_by
  or withheld_on is not null or not visit_counted or entry is distinct from 'mobile' or kind <> 'planned'"""
"""What of a quarter may want a person's eye; the rest is on the phone, on time, published. An index holds it alone."""
COVERED = [
    *("department_id", "kind", "method", "leads", "entry", "formed_on", "due_on", "visit_problem"),
    *("visit_counted", "public_by", "published_on", "withheld_on"),
]


class PartFact(Base):
    """All that the figures ask of one department part, narrow enough to count a million.

    The database keeps it in the transaction of the fact (triggers of migration 0025); nothing else writes it.
    """

    __tablename__ = "part_fact"
    __table_args__ = (
        Index(
            "ix_part_fact_counted",
            *("jurisdiction_id", "counted_on", "part_id"),
            postgresql_include=COVERED,
        ),
        Index(
            "ix_part_fact_rare",
            *("jurisdiction_id", "counted_on", "part_id"),
            postgresql_include=COVERED,
            postgresql_where=text(RARE),
        ),
        Index("ix_part_fact_department", "jurisdiction_id", "department_id", "counted_on", "part_id"),
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    part_id: Mapped[UUID] = mapped_column(primary_key=True)
    inspection_id: Mapped[UUID]
    department_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(comment="of the task: planned | special | case_lead | …")
    method: Mapped[str]
    leads: Mapped[bool] = mapped_column(comment="the lead department's part stands for the visit")
    entry: Mapped[str | None]
    formed_on: Mapped[date | None]
    due_on: Mapped[date]
    visit_problem: Mapped[bool] = mapped_column(comment="a part of the visit found a problem")
    visit_counted: Mapped[bool] = mapped_column(comment="every part is published or withheld (R12)")
    public_by: Mapped[date | None] = mapped_column(comment="last day to publish")
    published_on: Mapped[date | None]
    withheld_on: Mapped[date | None]
    counted_on: Mapped[date] = mapped_column(Computed("coalesce(formed_on, due_on)", persisted=True))


class PartTally(Base):
    """So many department parts of a quarter that are alike to every figure; a change adds a row, folding joins them.

    The columns are those of PartFact, and the same rules read them: a day that has been decided upon keeps only its
    order to the others (migration 0063). The database alone writes here; docs/decisions/0063 says why.
    """

    __tablename__ = "part_tally"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    counted_on: Mapped[date] = mapped_column(primary_key=True, comment="the quarter's first day")
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    department_id: Mapped[UUID]
    kind: Mapped[str]
    method: Mapped[str]
    leads: Mapped[bool]
    entry: Mapped[str | None]
    formed_on: Mapped[date | None] = mapped_column(comment="the due day when on time, the day after when late")
    due_on: Mapped[date]
    visit_problem: Mapped[bool]
    visit_counted: Mapped[bool]
    public_by: Mapped[date | None]
    published_on: Mapped[date | None]
    withheld_on: Mapped[date | None]
    count: Mapped[int] = mapped_column(comment="so many more, or fewer below 0")


class ProblemTally(Base):
    """So many found problems of a quarter that are alike to every figure."""

    __tablename__ = "problem_tally"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    counted_on: Mapped[date] = mapped_column(primary_key=True, comment="the quarter's first day")
    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    department_id: Mapped[UUID]
    kind: Mapped[str]
    due_on: Mapped[date | None]
    disposed_on: Mapped[date | None]
    closed: Mapped[bool]
    count: Mapped[int] = mapped_column(comment="so many more, or fewer below 0")

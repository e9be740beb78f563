"""What the doctor looks at: facts are what their inspections say, and tallies what their facts say."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Date, cast, func, literal, select, text, union_all

from palmcheck.kernel.clock import law_date
from palmcheck.kernel.doctor import Check, Finding, Round
from palmcheck.metrics.counting import alike_of, facts_of, reason_of
from palmcheck.metrics.definitions import FIGURES, FigureKey
from palmcheck.metrics.models import PartFact

KEY = ("jurisdiction_id", "part_id")
KEPT = [column.name for column in PartFact.__table__.c if column.name not in {*KEY, "counted_on"}]
DIFFERENT = text(
    f"""select coalesce(f.jurisdiction_id, n.jurisdiction_id) as place, coalesce(f.part_id, n.part_id) as part_id,
      f.part_id is null as missing, n.part_id is null as stray, to_jsonb(f) as kept, to_jsonb(n) as found
    from part_fact f full join part_fact_now n on n.jurisdiction_id = f.jurisdiction_id and n.part_id = f.part_id
    where f.part_id is null or n.part_id is null
      or ({", ".join(f"f.{name}" for name in KEPT)}) is distinct from ({", ".join(f"n.{name}" for name in KEPT)})"""  # noqa: S608
)


async def _facts(round: Round) -> AsyncIterator[Finding]:
    for row in (await round.session.execute(DIFFERENT)).all():
        subject = {"jurisdiction_id": str(row.place), "part_id": str(row.part_id)}
        if row.missing or row.stray:
            yield Finding("metrics.fact_missing" if row.missing else "metrics.fact_stray", subject)
            continue
        for name in KEPT:
            if row.kept[name] != row.found[name]:
                particulars = {"column": name, "kept": str(row.kept[name]), "found": str(row.found[name])}
                yield Finding("metrics.fact_differs", subject | particulars)


async def _tallies(round: Round) -> AsyncIterator[Finding]:
    for key in FIGURES:
        for row in (await round.session.execute(_off_by(key, round))).all():
            subject = {"jurisdiction_id": str(row.jurisdiction_id), "figure": key, "quarter": str(row.quarter)}
            yield Finding("metrics.tally_differs", subject | {"reason": str(row.reason), "off_by": f"{row.off_by:+d}"})


def _off_by(key: FigureKey, round: Round) -> Any:
    """By how much the tallies of a figure are not what its facts are, by place, quarter, department, kind, reason."""
    today, sides = law_date(round.at), []
    for side, count in ((alike_of(key), None), (facts_of(key), literal(-1))):
        quarter = cast(func.date_trunc("quarter", side.c.counted_on), Date)
        columns = (side.c.jurisdiction_id, quarter.label("quarter"), side.c.department_id, side.c.kind)
        counts = side.c.count if count is None else count
        sides.append(select(*columns, reason_of(key, side.c, today).label("reason"), counts.label("change")))
    both = union_all(*sides).subquery("both")
    by = [each for each in both.c if each.key != "change"]
    off_by = func.sum(both.c.change)
    return select(*by, off_by.label("off_by")).group_by(*by).having(off_by != 0)


CHECKS = [Check("metrics.facts", _facts), Check("metrics.tallies", _tallies)]

"""The pure definitions and the SQL give the same numbers, on a county that chance made up."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import Boolean, func, insert, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from palmcheck.followup.models import FollowUp
from palmcheck.kernel.doctor import Round
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.unit_of_work import Database
from palmcheck.metrics import tallies
from palmcheck.metrics.checks import CHECKS
from palmcheck.metrics.counting import RARELY, Span, counted, facts_of, implied, reason_of
from palmcheck.metrics.definitions import FIGURES, PART_RULES, PROBLEM_RULES, FigureKey
from palmcheck.metrics.facts import KINDS, Part, Problem
from palmcheck.metrics.models import RARE, PartFact
from tests.metrics.made_up import TODAY

PLACES = [UUID(int=1), UUID(int=2)]
DEPARTMENTS = [UUID(int=11), UUID(int=12), UUID(int=13)]
FIRST, AFTER = date(2026, 7, 1), date(2026, 10, 1)
FACTS = 3000


def some_day(chance: random.Random) -> date:
    return TODAY + timedelta(chance.randint(-200, 60))


def maybe_day(chance: random.Random) -> date | None:
    return some_day(chance) if chance.random() < 0.7 else None


def part_of(chance: random.Random) -> Part:
    return Part(
        kind=chance.choice(KINDS),
        method=chance.choice(["on_site", "on_site", "written", "online"]),
        leads=chance.random() < 0.6,
        entry=chance.choice([None, "mobile", "desk"]),
        formed_on=maybe_day(chance),
        due_on=chance.choice([TODAY, some_day(chance)]),
        visit_problem=chance.random() < 0.3,
        visit_counted=chance.random() < 0.6,
        public_by=chance.choice([TODAY, None, some_day(chance)]),
        published_on=maybe_day(chance),
        withheld_on=some_day(chance) if chance.random() < 0.1 else None,
    )


def problem_of(chance: random.Random, kind: Any) -> Problem:
    disposed = maybe_day(chance)
    due = chance.choice([TODAY, disposed, some_day(chance), None])
    return Problem(kind, some_day(chance), due, disposed, disposed is not None and chance.random() < 0.5)


@pytest.fixture
async def made_up(database: Database) -> Any:
    """A session with invented facts in it, thrown away afterwards; beside them the same facts as plain values."""
    chance = random.Random(6)
    async with database.reading() as session:
        parts = [(chance.choice(PLACES), chance.choice(DEPARTMENTS), part_of(chance)) for _ in range(FACTS)]
        ids = [new_id() for _ in parts]
        rows = [
            {"jurisdiction_id": place, "part_id": id, "inspection_id": new_id(), "department_id": department}
            | {name: getattr(part, name) for name in Part.__struct_fields__}
            for id, (place, department, part) in zip(ids, parts, strict=True)
        ]
        await session.execute(insert(PartFact), rows)
        problems = [
            (id, place, department, problem_of(chance, part.kind))
            for id, (place, department, part) in zip(ids, parts, strict=True)
            if chance.random() < 0.3
        ]
        await session.execute(insert(FollowUp), [_follow_up(*each) for each in problems])
        yield session, parts, [(place, department, problem) for _, place, department, problem in problems]


def _follow_up(part_id: UUID, place: UUID, department: UUID, problem: Problem) -> dict[str, Any]:
    ids = {name: new_id() for name in ("id", "inspection_id", "target_id", "submission_id")}
    at = f"{problem.found_on}T00:30:00+08:00"
    done = problem.disposed_on and f"{problem.disposed_on}T23:30:00+08:00"
    return {
        **ids,
        "jurisdiction_id": place,
        "department_id": department,
        "part_id": part_id,
        "problem_key": "q1",
        "question_key": "q1",
        "finding": "样本",
        "photo_ids": [],
        "kind": "order_to_correct",
        "state": "verified" if problem.closed else "done" if done else "opened",
        "due_on": problem.due_on,
        "opened_at": datetime.fromisoformat(at),
        "done_at": datetime.fromisoformat(done) if done else None,
    }


async def test_every_figure_counts_the_same_both_ways(
    made_up: tuple[AsyncSession, list[tuple[UUID, UUID, Part]], list[tuple[UUID, UUID, Problem]]],
) -> None:
    session, parts, problems = made_up
    for key in FIGURES:
        facts: list[tuple[UUID, UUID, Any]] = [*(parts if key in PART_RULES else problems)]
        expected = _expected(key, facts)
        assert len(expected) > 10
        span = Span([PLACES[0]], FIRST, AFTER, TODAY)
        rows = await session.execute(counted(key, span, "department_id", "kind"))
        found = {(row.department_id, row.kind, row.reason): row.count for row in rows if row.reason}
        assert found == expected, key


async def test_a_rare_reason_implies_what_its_index_holds(made_up: tuple[AsyncSession, Any, Any]) -> None:
    session, *_ = made_up
    rare = literal_column(f"({RARE})", Boolean)
    for figure, reason in RARELY:
        fact = facts_of(figure).c
        (implies,) = implied(figure, reason, "planned")
        found = select(func.count(), func.count().filter(implies), func.count().filter(rare))
        every, implied_by, indexed = (
            await session.execute(found.where(reason_of(figure, fact, TODAY) == reason))
        ).one()
        assert 0 < every == implied_by == indexed, (figure, reason)


async def test_what_changes_and_what_is_folded_counts_the_same(
    made_up: tuple[AsyncSession, list[tuple[UUID, UUID, Part]], list[tuple[UUID, UUID, Problem]]],
) -> None:
    session, *_ = made_up
    connection = await session.connection()
    await connection.execute(text("update part_fact set formed_on = due_on + 1 where formed_on is null"))
    await connection.execute(text("update part_fact set published_on = public_by where leads"))
    await connection.execute(text("delete from part_fact where method = 'online'"))
    await connection.execute(text("update follow_up set state = 'void' where state = 'verified'"))
    many = await _tallies(connection)
    assert await _off(session, TODAY) == []

    await tallies.fold(connection, TODAY)

    assert await _tallies(connection) < many / 2
    for later in (0, 1, 40, 400):
        assert await _off(session, TODAY + timedelta(later)) == []
    await connection.execute(text("update part_fact set withheld_on = due_on where visit_counted"))
    await connection.execute(text("delete from part_fact"))
    await connection.execute(text("delete from follow_up"))
    await tallies.fold(connection, TODAY + timedelta(1000))
    assert await _tallies(connection) == 0


async def _tallies(connection: AsyncConnection) -> int:
    sql = "select (select count(*) from part_tally) + (select count(*) from problem_tally)"
    return int(await connection.scalar(text(sql)))


async def _off(session: AsyncSession, day: date) -> list[Any]:
    at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    round = Round(session, cast("ObjectStore", None), at, deep=False)
    (check,) = [each for each in CHECKS if each.name == "metrics.tallies"]
    return [each async for each in check.run(round)]


def _expected(key: FigureKey, facts: list[tuple[UUID, UUID, Any]]) -> dict[tuple[UUID, str, str], int]:
    rule: Any = PART_RULES.get(key) or PROBLEM_RULES[key]
    counts: Counter[tuple[UUID, str, str]] = Counter()
    for place, department, fact in facts:
        reason = rule(fact, TODAY)
        if place == PLACES[0] and FIRST <= fact.counted_on < AFTER and reason is not None:
            counts[department, fact.kind, reason] += 1
    return dict(counts)

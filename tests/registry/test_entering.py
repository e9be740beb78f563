"""Entering targets and inspectors: all or none, and who of them may be drawn."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import text

from palmcheck.demonstration.targets import demonstration_targets
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.unit_of_work import Database
from palmcheck.registry import service as registry
from palmcheck.registry.problems import CreditCodeInvalid
from palmcheck.registry.types import NewInspector, NewTarget
from tests.world.neighbours import found

CLERK = SystemActor("tests")
TODAY = date(2026, 11, 23)
TARGETS = demonstration_targets()


@dataclass
class Place:
    database: Database
    id: UUID

    async def enter(self, *targets: NewTarget) -> list[UUID]:
        async with self.database.unit_of_work() as tx:
            return await registry.enter_targets(tx, CLERK, self.id, targets)

    async def drawable(self, industry: str = "") -> list[str]:
        async with self.database.reading() as session:
            return [each.name for each in await registry.drawable_targets(session, self.id, industry)]


@pytest.fixture
async def place(database_url: str) -> AsyncIterator[Place]:
    """A county without a target."""
    engine = open_engine(database_url)
    database = Database(engine)
    yield Place(database, await found(database, "510101"))
    await engine.dispose()


@pytest.mark.parametrize(
    "code", ["92510198MA000001X9", "92510198MA000001X", "", "92510198MI000001X8", "92510198MA000001X8 9"]
)
async def test_a_bad_credit_code_is_refused_and_nothing_is_entered(place: Place, code: str) -> None:
    bad = msgspec.structs.replace(TARGETS[1], credit_code=code)

    with pytest.raises(CreditCodeInvalid) as refused:
        await place.enter(TARGETS[0], bad, TARGETS[2])

    assert (refused.value.field, refused.value.params["credit_code"]) == ("credit_code", code)
    assert await place.drawable() == []
    async with place.database.reading() as session:
        assert await session.scalar(text("select count(*) from audit_event where name like 'registry.%'")) == 0


async def test_a_target_without_a_code_is_one_too(place: Place) -> None:
    """An unlicensed business has none (S3 三(七))."""
    await place.enter(msgspec.structs.replace(TARGETS[0], credit_code=None))

    assert await place.drawable() == [TARGETS[0].name]


async def test_what_is_entered_is_what_is_read_and_the_trail_has_a_digest(place: Place) -> None:
    ids = await place.enter(*TARGETS[:2])

    async with place.database.reading() as session:
        read = await registry.targets(session, place.id, ids)
        entry = (await session.execute(text("select payload from audit_event where name like 'registry.%'"))).one()
    first = read[ids[0]]
    assert (first.name, first.credit_code, first.position) == (
        TARGETS[0].name,
        TARGETS[0].credit_code,
        TARGETS[0].position,
    )
    assert (entry.payload["count"], len(entry.payload["rows_sha256"])) == (2, 64)
    assert TARGETS[0].name not in str(entry.payload)


async def test_only_what_operates_in_the_industry_is_drawable(place: Place) -> None:
    closed = [
        msgspec.structs.replace(TARGETS[number], status=status)
        for number, status in ((0, "deregistered"), (1, "revoked"), (2, "moved"))
    ]
    await place.enter(*closed, *TARGETS[3:])

    assert set(await place.drawable()) == {each.name for each in TARGETS[3:]}
    assert set(await place.drawable("6233")) == {each.name for each in TARGETS[3:] if each.industry.code == "6233"}
    assert await place.drawable("%") == []


async def test_only_who_may_be_drawn_is_drawable(place: Place) -> None:
    async with place.database.unit_of_work() as tx:
        home = next(iter(await jurisdictions.departments(tx.session, place.id)))
        for number, (kind, expires) in enumerate(
            [
                ("enforcement", TODAY),
                ("qualified", date(2030, 1, 1)),
                ("enforcement", date(2026, 11, 22)),
                ("daily_supervision", date(2030, 1, 1)),
            ]
        ):
            new = msgspec.convert(
                {"department_id": home, "name": f"{number}", "post": "", "certificate_number": f"川{number}",
                 "certificate_expires_on": expires, "staff_kind": kind}, NewInspector)  # fmt: skip
            await registry.enter_inspector(tx, CLERK, place.id, new)

    async with place.database.reading() as session:
        found = await registry.drawable_inspectors(session, place.id, [home], TODAY)
    assert [each.name for each in found] == ["0", "1"]

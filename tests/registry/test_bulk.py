"""Many targets at once."""

import pytest

from palmcheck.demonstration.county import DEMONSTRATION
from palmcheck.demonstration.targets import demonstration_targets
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.registry import service as registry
from palmcheck.registry.bulk import enter_targets_in_bulk
from palmcheck.registry.problems import CreditCodeInvalid
from palmcheck.registry.types import NewTarget


def faulty() -> NewTarget:
    first = demonstration_targets()[0]
    assert first.credit_code
    return NewTarget(first.name, first.kind, first.address, first.industry, "A", first.credit_code[:-1] + "0")


async def test_all_of_them_come_in_and_one_event_stands_for_them(database: Database) -> None:
    county = new_id()
    async with database.unit_of_work() as tx:
        count = await enter_targets_in_bulk(tx, DEMONSTRATION, county, iter(demonstration_targets()))
        assert len(tx.recorded) == 1
    assert count == 12
    async with database.reading() as session:
        entered = await registry.drawable_targets(session, county, "")
    by_name = {each.name: each for each in entered}
    for each in demonstration_targets():
        kept = by_name[each.name]
        assert (kept.credit_code, kept.address, kept.position) == (each.credit_code, each.address, each.position)
        assert (kept.industry, kept.credit_risk_class, kept.kind) == (each.industry, each.credit_risk_class, each.kind)


async def test_one_faulty_code_and_none_comes_in(database: Database) -> None:
    county = new_id()
    with pytest.raises(CreditCodeInvalid):
        async with database.unit_of_work() as tx:
            await enter_targets_in_bulk(tx, DEMONSTRATION, county, [*demonstration_targets()[1:], faulty()])
    async with database.reading() as session:
        assert await registry.drawable_targets(session, county, "") == []


async def test_no_targets_are_no_trouble(database: Database) -> None:
    async with database.unit_of_work() as tx:
        assert await enter_targets_in_bulk(tx, DEMONSTRATION, new_id(), []) == 0

"""The tree of jurisdictions: who is below whom, and what that opens."""

from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import select, text

from palmcheck.jurisdictions import reads
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.models import Department
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Database
from tests.world.neighbours import found

Tree = dict[str, UUID]


@pytest.fixture
async def bare(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    engine = open_engine(database_url)
    yield Database(engine)
    await engine.dispose()


@pytest.fixture
async def tree(bare: Database) -> Tree:
    """A province with two cities, one of them with two counties, and a province beside it."""
    tree = {"province": await found(bare, "510000", "province"), "elsewhere": await found(bare, "500000", "province")}
    for name, code, parent in (("city", "510100", "province"), ("other city", "510300", "province")):
        tree[name] = await found(bare, code, "city", tree[parent])
    for name, code in (("county", "510198"), ("district", "510199")):
        tree[name] = await found(bare, code, "county", tree["city"])
    return tree


async def below(database: Database, tree: Tree, name: str) -> set[str]:
    async with database.reading() as session:
        ids = set(await session.scalars(reads.levels_below(tree[name])))
    return {each for each, id in tree.items() if id in ids}


async def test_everybody_is_below_himself_and_all_above(bare: Database, tree: Tree) -> None:
    assert await below(bare, tree, "province") == set(tree) - {"elsewhere"}
    assert await below(bare, tree, "city") == {"city", "county", "district"}
    assert await below(bare, tree, "county") == {"county"}
    assert await below(bare, tree, "elsewhere") == {"elsewhere"}


async def test_depth_is_the_number_of_steps(bare: Database, tree: Tree) -> None:
    async with bare.reading() as session:
        rows = await session.execute(
            text("select ancestor_id, depth from jurisdiction_closure where descendant_id = :id"),
            {"id": tree["county"]},
        )
        assert {(row.ancestor_id, row.depth) for row in rows} == {
            (tree["county"], 0),
            (tree["city"], 1),
            (tree["province"], 2),
        }


@pytest.mark.parametrize(
    ("who", "reads_down", "sees"),
    [
        ("city", True, {"city", "county", "district"}),
        ("city", False, {"city"}),
        ("county", True, {"county"}),
    ],
)
async def test_rows_are_open_to_their_own_place_and_to_who_reads_down(
    bare: Database, tree: Tree, who: str, reads_down: bool, sees: set[str]
) -> None:
    column = cast("Any", Department.jurisdiction_id)
    async with bare.reading() as session:
        scope = reads.in_scope(column, tree[who], reads_down=reads_down)
        seen = set(await session.scalars(select(Department.jurisdiction_id).where(scope)))

    assert seen == {tree[name] for name in sees}


async def test_a_place_has_its_departments_and_its_calendar(bare: Database, tree: Tree) -> None:
    async with bare.reading() as session:
        departments = await jurisdictions.departments(session, tree["county"])
        others = await jurisdictions.departments(session, tree["district"])
        assert {each.code for each in departments.values()} == {"market_regulation", "health"}
        assert set(departments) & set(others) == set()
        assert (await jurisdictions.jurisdiction(session, tree["county"])).name == "邻510198"
        with pytest.raises(NotFound):
            await jurisdictions.jurisdiction(session, new_id())

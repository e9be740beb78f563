"""A city's figures contain its counties', each once; nobody sees those beside or above."""

from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from tests.world.county import World, assert_problem
from tests.world.neighbours import account, found

FIGURES = "/api/metrics/figures"


@pytest.fixture
async def city(world: World) -> dict[str, UUID]:
    """A city with two counties: one, two and four on-site parts done in 2026Q3, one of each on the phone."""
    city = await found(world.database, "510900", "city")
    places = [city, await found(world.database, "510901", parent_id=city)]
    places.append(await found(world.database, "510902", parent_id=city))
    elsewhere = await found(world.database, "520100", "city")
    async with world.database.engine.begin() as connection:
        for place, count in zip([*places, elsewhere], (1, 2, 4, 8), strict=True):
            for number in range(count):
                await connection.execute(
                    text(
                        "insert into part_fact (jurisdiction_id, part_id, inspection_id, department_id, kind, method,"
                        " leads, entry, formed_on, due_on, visit_problem, visit_counted) select :place, :id, :id, id,"
                        " 'planned', 'on_site', true, :entry, '2026-08-03', '2026-09-30', false, true from department"
                        " where jurisdiction_id = :place and code = 'health'"
                    ),
                    {"place": place, "id": new_id(), "entry": "desk" if number else "mobile"},
                )
    return {"city": city, "county": places[1], "elsewhere": elsewhere}


async def test_the_levels_below_are_in_it_once(world: World, city: dict[str, UUID]) -> None:
    office = await world.sign_in(await account(world.database, city["city"], "joint_office"))

    shown = (await office.get(f"{FIGURES}/palm_rate", params={"quarter": "2026Q3"})).json()
    sheet = (await office.get(FIGURES, params={"quarter": "2026Q3"})).json()
    rows = (await office.get(f"{FIGURES}/palm_rate/rows", params={"quarter": "2026Q3"})).json()["items"]

    lines = [(row["scope"], row["name"], row["numerator"], row["denominator"]) for row in shown["rows"]]
    assert lines == [
        ("whole", "邻510900", 3, 7),
        ("department", "卫生健康局", 1, 1),
        ("department", "市场监督管理局", 0, 0),
        ("jurisdiction", "邻510900", 1, 1),
        ("jurisdiction", "邻510901", 1, 2),
        ("jurisdiction", "邻510902", 1, 4),
    ]
    assert (sheet["levels_below"], sheet["items"][0]["whole"]["denominator"], len(rows)) == (2, 7, 7)


async def test_a_county_below_is_asked_for_by_name_and_one_beside_is_not_there(
    world: World, city: dict[str, UUID]
) -> None:
    office = await world.sign_in(await account(world.database, city["city"], "joint_office"))
    paths = ["", *(f"/palm_rate{rest}" for rest in ("", "/trend", "/rows", "/rows/export"))]

    for path in paths:
        below = {"quarter": "2026Q3", "jurisdiction_id": str(city["county"])}
        assert (await office.get(f"{FIGURES}{path}", params=below)).status_code == 200
        beside = await office.get(f"{FIGURES}{path}", params=below | {"jurisdiction_id": str(city["elsewhere"])})
        assert_problem(beside, "not_found", field="jurisdiction_id")
    own = (await office.get(f"{FIGURES}/palm_rate", params=below)).json()
    assert own["rows"][0]["denominator"] == 2


async def test_who_does_not_read_down_has_the_own_level(world: World, city: dict[str, UUID]) -> None:
    lead: httpx.AsyncClient = await world.sign_in(await account(world.database, city["city"], "team_lead", "health"))

    shown = (await lead.get(f"{FIGURES}/palm_rate", params={"quarter": "2026Q3"})).json()

    assert [row["scope"] for row in shown["rows"]] == ["whole", "department", "department"]
    assert shown["rows"][0]["denominator"] == 1

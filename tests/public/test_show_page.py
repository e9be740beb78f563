"""`/s/CODE`: the enterprise sees on its own phone who comes and by what task (R25)."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from palmcheck.field import show_codes
from tests.world.county import Json, World


async def tasks_of(world: World) -> list[Json]:
    phone, _ = await world.phone_with_parts()
    return [each["inspection"] for each in (await phone.pull())["changes"] if each["kind"] == "inspection"]


async def opened(world: World, code: str, language: str = "zh-CN") -> httpx.Response:
    return await world.client().get(f"/s/{code}", headers={"Accept-Language": language})


async def test_it_names_every_officer_with_his_certificate_and_the_law(world: World) -> None:
    (task, *_) = await tasks_of(world)

    page = await opened(world, task["show_code"])

    assert page.status_code == 200
    assert task["target"]["name"] in page.text
    assert task["plan_task"]["number"] in page.text
    for part in task["parts"]:
        assert part["department"]["name"] in page.text
        for officer in part["officers"]:
            assert officer["name"] in page.text
            assert officer["certificate_number"] in page.text
    assert "《食品安全法》" in page.text
    assert "信用风险" not in page.text


async def test_nothing_keeps_or_lists_it(world: World) -> None:
    (task, *_) = await tasks_of(world)

    page = await opened(world, task["show_code"], "en")

    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert "These officers may inspect" in page.text


@pytest.mark.parametrize("code", ["x", "A" * 62, "../records", "%00"])
async def test_a_code_that_was_never_given_leads_nowhere(world: World, code: str) -> None:
    page = await opened(world, code)

    assert page.status_code == 404


async def test_a_code_that_ran_out_says_so_and_shows_nobody(world: World) -> None:
    (task, *_) = await tasks_of(world)
    key = world.app.state.show_key
    said = show_codes.read_show_code(key, task["show_code"])
    assert said is not None
    assert said.inspection_id == UUID(task["id"])
    past = show_codes.ShowCode(said.jurisdiction_id, said.inspection_id, said.last_day - timedelta(days=900))

    page = await opened(world, show_codes.make_show_code(key, past))

    assert page.status_code == 410
    assert task["target"]["name"] not in page.text

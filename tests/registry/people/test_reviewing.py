"""The justice department's review: what changed, many together, refused, taken back (S1 一(四))."""

import httpx
from sqlalchemy import text

from tests.registry.desks import desk
from tests.registry.people.staff import HEALTH, INSPECTORS, edited, entered, home_of, listed, review
from tests.world.county import Json, World, assert_problem

BOARD = f"{INSPECTORS}/reviews"


async def board(client: httpx.AsyncClient) -> list[Json]:
    """What waits or was refused, as a desk sees it."""
    items: list[Json] = (await client.get(BOARD)).json()["items"]
    return items


def decision(*details: Json, decision: str = "accept", words: str = "临司审〔2026〕9号") -> Json:
    """A decision on rows as they were seen."""
    rows = [{"id": each["inspector"]["id"], "version": each["inspector"]["version"]} for each in details]
    return {"decision": decision, "words": words, "rows": rows}


async def test_the_board_shows_what_changed_since_the_last_review(world: World) -> None:
    clerk, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    detail = await review(office, await entered(clerk, await home_of(world)))
    url = f"{INSPECTORS}/{detail['inspector']['id']}"
    moved = (await clerk.put(url, json=edited(detail, unit="特种设备股"))).json()
    await clerk.put(url, json=edited(moved, name="欧阳知夏", staff_kind="qualified"))
    await entered(clerk, await home_of(world), name="新来", certificate_number="川51019099002")

    changed, new = await board(office)

    assert [tuple(each.values()) for each in changed["changes"]] == [
        ("name", "欧阳知秋", "欧阳知夏"),
        ("staff_kind", "enforcement", "qualified"),
    ]
    assert not changed["first"]
    assert new["first"]
    assert new["changes"][0] == {"field": "department_id", "before": "", "after": "市场监督管理局"}


async def test_many_are_accepted_together_or_none_and_it_is_taken_back(world: World) -> None:
    clerk, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    home = await home_of(world)
    one = await entered(clerk, home)
    two = await entered(clerk, home, name="阿里木", certificate_number="川51019099002")
    seen = await clerk.put(f"{INSPECTORS}/{two['inspector']['id']}", json=edited(two, unit="二股"))
    assert_problem(await office.post(BOARD, json=decision(one, two)), "conflict", field="version")
    assert len(await board(office)) == 2, "none was decided"

    answer = await office.post(BOARD, json=decision(one, seen.json()))

    assert await board(office) == []
    assert (await office.post(BOARD, json=decision(one, seen.json()))).json() == answer.json(), "a repeat is the same"
    assert (await office.post(f"{BOARD}/undo", json=answer.json())).status_code == 204
    assert [each["inspector"]["review_state"] for each in await board(office)] == ["changed", "changed"]
    assert_problem(await office.post(f"{BOARD}/undo", json=answer.json()), "registry.nothing_to_undo")


async def test_a_refusal_says_why_and_waits_again_once_mended(world: World) -> None:
    clerk, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    detail = await entered(clerk, await home_of(world))
    refusal = decision(detail, decision="refuse", words="证号与档案不符")
    assert (await office.post(BOARD, json=refusal)).status_code == 200

    (refused,) = await board(clerk)

    stands = (await clerk.get(f"{INSPECTORS}/{detail['inspector']['id']}")).json()
    assert (stands["review_reason"], stands["review_reference"]) == ("证号与档案不符", None)
    assert (refused["refused_because"], refused["may_decide"], refused["may_open"]) == ("证号与档案不符", False, True)
    assert refused["inspector"]["not_drawable"] == ["not_reviewed"]
    await clerk.put(f"{INSPECTORS}/{detail['inspector']['id']}", json=edited(refused, unit="一股"))
    (waiting,) = await board(clerk)
    assert (waiting["inspector"]["review_state"], waiting["refused_because"]) == ("changed", None)


async def test_the_justice_department_reviews_and_then_nobody_else(world: World) -> None:
    clerk, office = await desk(world, "department_administrator", "health"), await desk(world, "joint_office")
    detail = await entered(clerk, await home_of(world, HEALTH))
    async with world.database.engine.begin() as connection:  # a place that has a justice department
        await connection.execute(text("update department set code = 'justice' where code = 'market_regulation'"))
    justice = await desk(world, "department_administrator", "justice")

    assert_problem(await office.post(BOARD, json=decision(detail)), "accounts.not_allowed")
    assert_problem(await clerk.post(BOARD, json=decision(detail)), "accounts.not_allowed")
    (case,) = await board(justice)
    assert (case["may_decide"], case["may_open"]) == (True, False)
    assert (await justice.post(BOARD, json=decision(detail))).status_code == 200


async def test_a_retirement_taken_back_at_once_leaves_the_review_as_it_was(world: World) -> None:
    clerk, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    detail = await review(office, await entered(clerk, await home_of(world)))
    url = f"{INSPECTORS}/{detail['inspector']['id']}"
    await clerk.post(f"{url}/retire", json={"reason": "退休"})

    assert (await clerk.post(f"{url}/return")).json()["inspector"]["not_drawable"] == []


async def test_the_list_is_narrowed_by_what_keeps_out_by_region_and_expertise(world: World) -> None:
    clerk, home = await desk(world, "department_administrator"), await home_of(world)
    await entered(clerk, home, region="城关镇", expertise=["特种设备"])

    assert await listed(clerk, drawable="not_reviewed") == ["欧阳知秋"]
    assert await listed(clerk, region="城关镇") == await listed(clerk, expertise="特种设备") == ["欧阳知秋"]
    assert "欧阳知秋" not in await listed(clerk, drawable="yes")
    standing = (await clerk.get(f"{INSPECTORS}/standing")).json()
    assert "城关镇" in standing["regions"]
    assert "特种设备" in standing["expertise"]

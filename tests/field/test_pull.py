"""Pull: what an inspector is told, and nobody else."""

from sqlalchemy import text

from tests.world.county import World, assert_problem


async def test_a_checklist_comes_before_the_inspection_that_names_it(world: World) -> None:
    phone, _ = await world.phone_with_parts()

    kinds = [change["kind"] for change in (await phone.pull())["changes"]]

    assert kinds.index("checklist") < kinds.index("inspection")


async def test_nothing_is_told_twice_to_a_cursor(world: World) -> None:
    phone, _ = await world.phone_with_parts()
    first = await phone.pull()

    again = await phone.pull(first["cursor"])

    assert again["changes"] == []
    assert again["cursor"] == first["cursor"]


async def test_before_the_issue_nobody_knows_a_target(world: World) -> None:
    phone = await world.phone(world.login("inspector"))

    assert (await phone.pull())["changes"] == []


async def test_a_new_epoch_leads_to_a_full_resync(world: World) -> None:
    phone, _ = await world.phone_with_parts()
    first = await phone.pull()
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update feed_epoch set epoch = 'after-a-restore'"))

    again = await phone.pull(first["cursor"])

    assert again["resync"] is True
    assert len(again["changes"]) == len(first["changes"])


async def test_a_desk_pulls_nothing(world: World) -> None:
    desk = await world.sign_in(world.login("inspector"))

    assert_problem(await desk.get("/api/field/changes"), "accounts.device_needed", rule="R17")

"""Inspections as the console lists them: who sees what, how they are found, page by page."""

from uuid import UUID

from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from tests.inspections.entries import enter, entry, officer_with_part
from tests.world.county import World, assert_problem
from tests.world.neighbours import account, found

LIST = "/api/inspections"


async def test_each_step_shows_in_the_list(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    lead, part = await world.team_lead(), parts[0]

    async def state() -> tuple[str, str | None]:
        item = (await lead.get(f"{LIST}/{part['inspection']['id']}")).json()["inspection"]
        return next((each["state"], each["entry"]) for each in item["parts"] if each["id"] == part["id"])

    assert await state() == ("issued", None)
    check_in = phone.check_in(part)
    await phone.push(check_in)
    assert await state() == ("under_way", None)
    await phone.push(phone.submission(part, depends_on=[check_in["operation"]["id"]]))
    assert await state() == ("awaiting_photos", "mobile")
    detail = (await lead.get(f"{LIST}/{part['inspection']['id']}")).json()
    mine = next(each for each in detail["parts"] if each["part"]["id"] == part["id"])
    assert mine["check_in"]["position"]["accuracy_m"] == 12.5
    assert (mine["submission"]["device_signed"], mine["submission"]["photos_arrived"]) == (True, [])
    for wanted, count in (("awaiting_photos", 1), ("published", 0)):
        assert len((await lead.get(LIST, params={"state": wanted})).json()["items"]) == count


async def test_a_joint_visit_is_seen_by_its_departments_and_by_no_other_place(world: World) -> None:
    await world.issued_draw()
    desk, item, _ = await officer_with_part(world, "health")
    place = UUID((await desk.get("/api/accounts/me")).json()["jurisdiction"]["id"])
    abroad = await found(world.database, "510101")
    homeless = await world.sign_in(await account(world.database, place, "inspector"))
    strangers = [
        await world.sign_in(await account(world.database, abroad, role, "health"))
        for role in ("team_lead", "auditor", "inspector")
    ]

    assert {each["department"]["code"] for each in item["parts"]} == {"health", "market_regulation"}
    for client in (homeless, *strangers):
        assert (await client.get(LIST)).json() == {"items": [], "next": None}
        assert_problem(await client.get(f"{LIST}/{item['id']}"), "not_found")


async def test_who_reads_down_sees_the_county_below_and_finds_in_it(world: World) -> None:
    await world.issued_draw()
    lead = await world.team_lead()
    place = UUID((await lead.get("/api/accounts/me")).json()["jurisdiction"]["id"])
    city = await found(world.database, "510100", "city")
    async with world.database.engine.begin() as connection:
        await connection.execute(text("insert into jurisdiction_closure values (:a, :d, 1)"), {"a": city, "d": place})
    auditor = await world.sign_in(await account(world.database, city, "auditor"))
    lead_above = await world.sign_in(await account(world.database, city, "team_lead"))
    everything = (await lead.get(LIST)).json()["items"]

    assert [each["id"] for each in (await auditor.get(LIST)).json()["items"]] == [each["id"] for each in everything]
    name = everything[0]["target"]["name"]
    assert name in [e["target"]["name"] for e in (await auditor.get(LIST, params={"q": name})).json()["items"]]
    assert (await auditor.get(f"{LIST}/{everything[0]['id']}")).status_code == 200
    assert (await lead_above.get(LIST)).json()["items"] == []


async def test_two_characters_find_a_target_and_so_do_initials_and_code(world: World) -> None:
    await world.issued_draw()
    lead = await world.team_lead()
    everything = (await lead.get(LIST)).json()["items"]
    target = everything[0]["target"]

    for q in (target["name"][3:5], target["name"], "ljx", target["credit_code"][-6:], f" {target['name'][:4]} ", "临"):
        names = [each["target"]["name"] for each in (await lead.get(LIST, params={"q": q})).json()["items"]]
        assert target["name"] in names, q
    for q in ("没有这家", "%", "_", "zzzz"):
        assert (await lead.get(LIST, params={"q": q})).json()["items"] == [], q
    assert len((await lead.get(LIST, params={"q": "  "})).json()["items"]) == len(everything)


async def test_pages_follow_each_other_without_a_gap_or_a_repeat(world: World) -> None:
    await world.issued_draw()
    lead = await world.team_lead()
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text(
                "insert into inspection select i.jurisdiction_id, uuidv7(), plan_task_id, uuidv7(), target_id, method,"
                " issued_on, due_on + (n % 3)::int from (select * from inspection limit 1) i, generate_series(1, 120) n"
            )
        )
    seen, cursor, pages = [], None, 0
    while pages == 0 or cursor:
        page = (await lead.get(LIST, params={"cursor": cursor} if cursor else {})).json()
        seen += [(each["due_on"], each["id"]) for each in page["items"]]
        assert len(page["items"]) <= 50
        cursor, pages = page["next"], pages + 1

    assert pages == 3
    assert len(seen) == len(set(seen)) > 120
    assert seen == sorted(seen)


async def test_what_is_past_its_day_with_a_part_open_is_late(world: World) -> None:
    await world.issued_draw()
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update inspection set due_on = current_date - 3"))
    desk, item, part = await officer_with_part(world)

    assert item["late"] is True
    await enter(desk, part, entry(item, part))
    assert (await desk.get(f"{LIST}/{item['id']}")).json()["inspection"]["late"] is True
    async with world.database.engine.begin() as connection:
        # Of this visit alone: all rows at once would take locks in another order than a job that is forming one.
        await connection.execute(
            text("update inspection_part set formed_at = now() where inspection_id = :visit"), {"visit": item["id"]}
        )
    assert (await desk.get(f"{LIST}/{item['id']}")).json()["inspection"]["late"] is False
    assert_problem(await desk.get(f"{LIST}/{new_id()}"), "not_found")

"""From a whole part to its public record: at once, each department's for itself, and nothing that is not public."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from palmcheck.inspections.events import PartCompleted
from palmcheck.publication.events import PublicationReleased
from palmcheck.publication.publishing import publish_record
from palmcheck.publication.taking_up import take_up
from tests.inspections.entries import enter, entry, officer_with_part
from tests.world.county import World
from tests.world.phone import CHILL_PHOTO, Json

ALLOWED = {
    "id", "version", "plan_task", "draw_kind", "department", "jurisdiction", "method", "completed_on", "published_at",
    "target", "result_code", "result_sentence", "items", "channel", "working_days_used", "url",
    "jurisdiction_id", "department_id", "plan_task_id", "enterprise_key", "industry_section", "corrected_because",
}  # fmt: skip


async def records(world: World) -> list[Json]:
    found: list[Json] = (await world.client().get("/api/public/records")).json()["items"]
    return found


async def row(world: World, columns: str = "*") -> Any:
    async with world.database.reading() as session:
        return (await session.execute(text(f"select {columns} from public_record"))).one()


async def publish_one(world: World, department: str = "health") -> tuple[httpx.AsyncClient, Json, Json]:
    await world.issued_draw()
    desk, item, part = await officer_with_part(world, department)
    assert (await enter(desk, part, entry(item, part))).status_code == 200
    await world.settle()
    return desk, item, part


async def test_one_department_is_public_while_the_other_is_not(world: World) -> None:
    desk, item, part = await publish_one(world)

    (record,) = await records(world)
    assert (record["department"], record["target"]["name"]) == ("卫生健康局", item["target"]["name"])
    assert record["plan_task"]["number"] == item["plan_task"]["number"]
    view = (await desk.get(f"/api/inspections/{item['id']}")).json()["inspection"]
    states = {each["department"]["code"]: (each["state"], each["record_url"]) for each in view["parts"]}
    assert states == {"health": ("published", record["url"]), "market_regulation": ("issued", None)}
    _, _, other = await officer_with_part(world, "market_regulation")
    assert other["id"] != part["id"]


async def test_only_what_is_public_by_law_is_in_it(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    check_in = phone.check_in(parts[0])
    submission = phone.submission(parts[0], depends_on=[check_in["operation"]["id"]], statement="店主说：绝密陈述")
    await phone.push(check_in, submission)
    assert await records(world) == []  # not before the last photo is in
    await phone.upload(parts[0], submission["operation"]["body"]["photos"][0], CHILL_PHOTO)
    await world.settle()

    (record,) = await records(world)
    assert set(record) == ALLOWED
    assert (set(record["target"]), set(record["plan_task"])) == ({"name", "credit_code"}, {"number", "name"})
    assert {key for item in record["items"] for key in item} == {"code", "name", "result_code", "result_sentence"}
    kept = str(tuple(await row(world)))
    async with world.database.reading() as session:
        people = (await session.scalars(text("select legal_representative from target"))).all()
    officers = [each["name"] for part in parts for each in part["officers"]]
    private = [
        "绝密陈述",
        "店主",
        parts[0]["inspection"]["target"]["address"],
        str(phone.device_id),
        *officers,
        *people,
    ]
    assert [each for each in private if each in kept or each in str(record)] == []
    assert "credit_risk" not in kept


async def test_a_private_person_s_name_is_masked_wherever_it_is_kept(world: World) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text("update target set name = '欧阳明华', kind = 'individual_business', credit_code = null")
        )

    await publish_one(world)

    (record,) = await records(world)
    assert record["target"] == {"name": "欧***", "credit_code": None}
    async with world.database.reading() as session:
        kept = str(await session.scalar(text("select row_to_json(public_record)::text from public_record")))
    assert not any(secret in kept for secret in ("欧阳", "阳明", "明华", "oymh", "ym"))


async def test_the_last_day_and_the_days_used_are_counted_by_the_calendar(world: World) -> None:
    await publish_one(world)

    kept = await row(world, "due_on, calendar_version, body ->> 'completed_on' as formed, jurisdiction_id")
    async with world.database.reading() as session:
        working = await session.scalar(
            text(
                "select count(*) from working_day where jurisdiction_id = :place and version = :version and is_working "
                "and day > cast(:formed as text)::date and day <= :due"
            ),
            {
                "place": kept.jurisdiction_id,
                "version": kept.calendar_version,
                "formed": kept.formed,
                "due": kept.due_on,
            },
        )
    (record,) = await records(world)
    if kept.due_on is not None:  # the calendar of the next year may not be announced yet
        assert working == 20
    assert record["working_days_used"] in {0, 1}


async def test_a_county_without_a_calendar_publishes_with_no_days(world: World) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update working_day set day = day - 4000"))
        await connection.execute(text("delete from working_day where day > current_date"))
    await world.issued_draw()
    desk, item, part = await officer_with_part(world)
    body = entry(item, part)
    early = {"entered_at": "2026-11-20T01:00:00.000Z", "left_at": "2026-11-20T02:00:00.000Z"}  # days before today
    assert (await enter(desk, part, body | early)).status_code == 200
    await world.settle()

    (record,) = await records(world)
    assert record["working_days_used"] is None
    assert (await row(world, "due_on")).due_on is None
    assert (await world.client().get(record["url"])).status_code == 200


async def test_a_reaction_that_runs_twice_publishes_once(world: World) -> None:
    _, _, part = await publish_one(world)
    place = (await row(world, "jurisdiction_id")).jurisdiction_id
    before = await records(world)

    for _ in range(2):
        async with world.database.unit_of_work() as tx:
            await take_up(tx, PartCompleted(jurisdiction_id=place, part_id=UUID(part["id"])))
        async with world.database.unit_of_work() as tx:
            released = PublicationReleased(jurisdiction_id=place, part_id=UUID(part["id"]), because="")
            await publish_record(tx, released)
    await world.settle()

    assert await records(world) == before
    async with world.database.reading() as session:
        told = "select count(*) from audit_event where name = 'publication.record_published'"
        assert await session.scalar(text(told)) == 1

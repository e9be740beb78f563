"""Who goes is told of the day, once, and never of a day that was moved meanwhile."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx

from palmcheck.inspections.events import VisitsDated
from palmcheck.kernel.ids import new_id
from palmcheck.notifications.reactions import tell_of_days
from tests.notifications.inboxes import going, officers, rows
from tests.world.county import World
from tests.world.phone import Json

DAYS = "/api/inspections/visit-days"
SOON, LATER = (datetime.now(UTC).date() + timedelta(days=ahead) for ahead in (3, 4))


async def _set(lead: httpx.AsyncClient, visits: list[Json], day: object) -> None:
    body = {"inspection_ids": [each["id"] for each in visits], "visit_on": day and f"{day}"}
    answer = await lead.put(DAYS, json=body)
    assert answer.status_code == 200, answer.text


async def test_each_officer_hears_of_the_days_of_his_visits_and_that_one_is_taken_back(world: World) -> None:
    await world.issued_draw()
    lead = await world.team_lead()
    items: list[Json] = (await lead.get("/api/inspections")).json()["items"]

    await _set(lead, items, SOON)
    await _set(lead, items[:1], None)

    for inspector_id, desk in (await officers(world)).items():
        own = [item["id"] for item in items if inspector_id in going(item)]
        said = await rows(desk, "visits_dated")
        assert [(each["values"]["count"], each["values"]["day"]) for each in said] == (
            [(len(own), f"{SOON}")] if own else []
        )
        back = await rows(desk, "visits_undated")
        assert [each["subject_id"] for each in back] == ([items[0]["id"]] if items[0]["id"] in own else [])


async def test_a_day_that_was_moved_before_the_telling_is_not_told(world: World) -> None:
    await world.issued_draw()
    lead = await world.team_lead()
    items: list[Json] = (await lead.get("/api/inspections")).json()["items"]
    place = UUID((await lead.get("/api/accounts/me")).json()["jurisdiction"]["id"])
    await _set(lead, items[:1], LATER)
    overtaken = VisitsDated(
        jurisdiction_id=place, change_id=new_id(), inspection_ids=[UUID(items[0]["id"])], visit_on=SOON
    )

    async with world.database.unit_of_work() as tx:
        await tell_of_days(tx, overtaken)

    for desk in (await officers(world)).values():
        assert f"{SOON}" not in [each["values"]["day"] for each in await rows(desk, "visits_dated")]

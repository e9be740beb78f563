"""What accounts are told, once, and how they read it."""

from uuid import UUID

from palmcheck.inspections.events import InspectionsIssued
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.trail import verify
from palmcheck.notifications.reactions import tell_of_issue
from tests.notifications.inboxes import INBOX, going, officers, rows
from tests.world.county import World


async def test_each_officer_hears_once_of_the_visits_that_are_his(world: World) -> None:
    draw = await world.issued_draw()
    lead = await world.team_lead()
    items = (await lead.get("/api/inspections")).json()["items"]
    told = 0
    for inspector_id, desk in (await officers(world)).items():
        own = [item for item in items if inspector_id in going(item)]
        said = await rows(desk, "visits_issued")
        assert [each["values"]["count"] for each in said] == ([len(own)] if own else [])
        told += len(said)
        if len(own) == 1:
            assert (said[0]["about"], said[0]["subject_id"]) == ("inspection", own[0]["id"])
    assert told > 0
    assert await rows(lead, "draw_made") == []  # who has drawn knows

    place = UUID((await lead.get("/api/accounts/me")).json()["jurisdiction"]["id"])
    event = InspectionsIssued(
        jurisdiction_id=place, draw_id=UUID(draw["id"]), inspection_ids=[UUID(item["id"]) for item in items]
    )
    async with world.database.unit_of_work() as tx:
        await tell_of_issue(tx, event)
    again = [len(await rows(desk, "visits_issued")) for desk in (await officers(world)).values()]
    assert sum(again) == told
    async with world.database.reading() as session:
        assert await verify(session, place) == []


async def test_the_office_hears_of_a_draw_but_not_who_was_drawn(world: World) -> None:
    await world.issued_draw()
    office = await world.sign_in(world.login("joint_office"))

    [said] = await rows(office, "draw_made")

    assert set(said["values"]) == {"task", "count", "lead"}
    assert said["about"] == "plan_task"


async def test_reading_is_repeated_without_harm_and_taken_back(world: World) -> None:
    await world.issued_draw()
    office = await world.sign_in(world.login("joint_office"))
    [row] = await rows(office)
    ids = {"ids": [row["id"], str(new_id())]}

    assert (await office.get(f"{INBOX}/unread-count")).json() == {"unread": 1}
    assert (await office.put(f"{INBOX}/read", json=ids)).json() == {"ids": [row["id"]]}
    assert (await office.put(f"{INBOX}/read", json=ids)).json() == {"ids": []}
    assert (await office.get(f"{INBOX}/unread-count")).json() == {"unread": 0}
    assert (await office.get(INBOX, params={"unread": True})).json()["items"] == []
    assert (await office.put(f"{INBOX}/unread", json=ids)).json() == {"ids": [row["id"]]}
    assert (await office.put(f"{INBOX}/all-read", json={"newest_id": row["id"]})).json() == {"ids": [row["id"]]}
    assert (await rows(office))[0]["read_at"] is not None


async def test_nobody_reads_or_marks_another_s_inbox(world: World) -> None:
    await world.issued_draw()
    office, lead = await world.sign_in(world.login("joint_office")), await world.team_lead()
    [row] = await rows(office)

    assert (await lead.put(f"{INBOX}/read", json={"ids": [row["id"]]})).json() == {"ids": []}
    assert (await lead.put(f"{INBOX}/all-read", json={"newest_id": row["id"]})).json()["ids"] == []
    assert row["id"] not in [each["id"] for each in await rows(lead)]
    assert (await rows(office))[0]["read_at"] is None


async def test_a_phone_is_not_sent_what_it_has_and_hears_of_what_was_read_elsewhere(world: World) -> None:
    await world.issued_draw()
    office = await world.sign_in(world.login("joint_office"))
    first = (await office.get(f"{INBOX}/newest")).json()

    same = (await office.get(f"{INBOX}/newest", params={"known": first["version"]})).json()
    await office.put(f"{INBOX}/read", json={"ids": [first["items"][0]["id"]]})
    after = (await office.get(f"{INBOX}/newest", params={"known": first["version"]})).json()

    assert (same["version"], same["items"]) == (first["version"], None)
    assert (after["unread"], after["items"][0]["read_at"] is None) == (0, False)

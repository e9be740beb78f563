"""What a lead writes reaches those whom it is for, once, and nobody else."""

import asyncio

import pytest

from palmcheck.kernel.ids import new_id
from tests.notifications.inboxes import going, officers, rows
from tests.world.county import World, assert_problem
from tests.world.neighbours import account, found
from tests.world.phone import Json

MESSAGES = "/api/messages"
WORDS = "上午九点在门口集合，请带执法记录仪。"


@pytest.fixture
async def visit(world: World) -> Json:
    """A visit that market regulation leads."""
    await world.issued_draw()
    item: Json = (await (await world.team_lead()).get("/api/inspections")).json()["items"][0]
    return item


async def test_all_who_go_find_it_in_their_inbox_and_on_the_visit(world: World, visit: Json) -> None:
    lead = await world.team_lead()
    body = {"words": WORDS, "inspection_ids": [visit["id"]]}
    address = f"{MESSAGES}/{new_id()}"

    first, again = await asyncio.gather(lead.put(address, json=body), lead.put(address, json=body))

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json()
    assert first.json()["officers"] == len(going(visit))
    for inspector_id, desk in (await officers(world)).items():
        said = await rows(desk, "message")
        assert [each["values"]["words"] for each in said] == ([WORDS] if inspector_id in going(visit) else [])
        assert all(each["subject_id"] == visit["id"] for each in said)
    shown = (await lead.get(f"{MESSAGES}/of-inspection/{visit['id']}")).json()
    assert [each["words"] for each in shown] == [WORDS]
    assert_problem(await lead.put(address, json=body | {"words": "别的"}), "id_reuse", field="id")


async def test_one_of_them_alone_may_be_written_to(world: World, visit: Json) -> None:
    lead, chosen = await world.team_lead(), min(going(visit))
    body = {"words": WORDS, "inspection_ids": [visit["id"]], "inspector_ids": [chosen]}

    sent = (await lead.put(f"{MESSAGES}/{new_id()}", json=body)).json()

    assert sent["officers"] == 1
    told = {id for id, desk in (await officers(world)).items() if await rows(desk, "message")}
    assert told <= {chosen}
    assert len(told) == sent["reached"]


async def test_whom_a_lead_may_not_write_to(world: World, visit: Json) -> None:
    lead = await world.team_lead()
    home = (await lead.get("/api/accounts/me")).json()["department"]["id"]
    own = {o["inspector_id"] for p in visit["parts"] for o in p["officers"] if p["department"]["id"] == home}
    other = going(visit) - own

    async def send(**body: object) -> object:
        return await lead.put(f"{MESSAGES}/{new_id()}", json={"words": WORDS, "inspection_ids": []} | body)

    assert_problem(await send(), "notifications.nobody_named", status=422)  # type: ignore[arg-type]
    assert_problem(await send(inspection_ids=[str(new_id())]), "not_found")  # type: ignore[arg-type]
    stranger = await send(inspection_ids=[visit["id"]], inspector_ids=[str(new_id())])
    assert_problem(stranger, "notifications.not_going")  # type: ignore[arg-type]
    theirs = await send(inspector_ids=sorted(other))
    assert_problem(theirs, "notifications.inspector_not_yours", status=403)  # type: ignore[arg-type]
    assert (await send(inspector_ids=sorted(own))).status_code == 200  # type: ignore[attr-defined]


async def test_a_lead_elsewhere_neither_writes_nor_reads(world: World, visit: Json) -> None:
    abroad = await found(world.database, "510101")
    stranger = await world.sign_in(await account(world.database, abroad, "team_lead", "market_regulation"))
    lead = await world.team_lead()
    place = (await lead.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    participant = await world.sign_in(await account(world.database, place, "team_lead", "health"))
    body = {"words": WORDS, "inspection_ids": [visit["id"]]}

    assert_problem(await stranger.put(f"{MESSAGES}/{new_id()}", json=body), "not_found")
    assert_problem(await stranger.get(f"{MESSAGES}/of-inspection/{visit['id']}"), "not_found")
    refused = await participant.put(f"{MESSAGES}/{new_id()}", json=body)
    assert_problem(refused, "notifications.not_lead_of_visit", status=403)

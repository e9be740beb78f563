"""Disputes, their decisions and recusals reach whoever has something to do about them, once, and nobody else."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from palmcheck.inspections.events import DisputeDecided, PartSubmitted, RecusalAsked
from palmcheck.kernel.ids import new_id
from palmcheck.notifications.reactions import tell_of_decision, tell_of_dispute, tell_of_recusal
from tests.notifications.inboxes import officers, rows
from tests.world.county import World
from tests.world.phone import Json

HEALTH = "卫生健康局"
Tell = Callable[[Any, Any], Awaitable[None]]


@pytest.fixture
async def part(world: World) -> Json:
    """A part of the department that takes part in another's task, with its inspection and jurisdiction."""
    await world.issued_draw()
    lead = await world.team_lead()
    place = (await lead.get("/api/accounts/me")).json()["jurisdiction"]["id"]
    item = (await lead.get("/api/inspections")).json()["items"][0]
    of_health = next(each for each in item["parts"] if each["department"]["code"] == "health")
    found: Json = of_health | {"inspection": item, "place": UUID(place)}
    return found


async def twice(world: World, tell: Tell, event: Any) -> None:
    """As a job that is run again."""
    for _ in range(2):
        async with world.database.unit_of_work() as tx:
            await tell(tx, event)


async def counts(world: World, kind: str) -> dict[str, int]:
    """Who was told of a kind how often: role, or inspector."""
    lead, office = await world.team_lead(), await world.sign_in(world.login("joint_office"))
    desks: dict[str, httpx.AsyncClient] = {"lead": lead, "office": office} | await officers(world)
    found = {name: len(await rows(desk, kind)) for name, desk in desks.items()}
    return {name: count for name, count in found.items() if count}


async def test_the_lead_of_the_task_hears_once_of_a_second_result(world: World, part: Json) -> None:
    about = {"jurisdiction_id": part["place"], "part_id": UUID(part["id"]), "entry": "mobile"}
    plain = PartSubmitted(submission_id=new_id(), disputed=False, **about)
    second = PartSubmitted(submission_id=new_id(), disputed=True, **about)

    await twice(world, tell_of_dispute, plain)
    assert await counts(world, "dispute_to_decide") == {}
    await twice(world, tell_of_dispute, second)

    assert await counts(world, "dispute_to_decide") == {"lead": 1}
    [said] = await rows(await world.team_lead(), "dispute_to_decide")
    assert (said["about"], said["subject_id"]) == ("inspection", part["inspection"]["id"])
    assert said["values"]["target"] == part["inspection"]["target"]["name"]


async def test_the_officers_of_the_part_hear_the_verdict_and_why(world: World, part: Json) -> None:
    decided = DisputeDecided(
        jurisdiction_id=part["place"],
        part_id=UUID(part["id"]),
        chosen_id=new_id(),
        set_aside=[],
        because="以现场录入为准",
    )

    await twice(world, tell_of_decision, decided)

    told = await counts(world, "dispute_decided")
    going = {each["inspector_id"] for each in part["officers"]}
    assert told
    assert set(told) <= going  # not the other department's, nor the lead who decided
    assert set(told.values()) == {1}
    desks = await officers(world)
    [said] = await rows(desks[next(iter(told))], "dispute_decided")
    assert said["values"]["because"] == "以现场录入为准"


async def test_the_lead_hears_that_a_party_asked_officers_to_withdraw(world: World, part: Json) -> None:
    asked = RecusalAsked(
        jurisdiction_id=part["place"],
        part_id=UUID(part["id"]),
        request_id=new_id(),
        inspector_ids=[UUID(part["officers"][0]["inspector_id"])],
        goes_on=False,
    )

    await twice(world, tell_of_recusal, asked)
    assert await counts(world, "recusal_asked") == {"lead": 1}

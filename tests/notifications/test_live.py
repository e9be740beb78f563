"""Screens hear of what changes, in a stream that goes on after a cut, a restart and never beyond a session."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from palmcheck.demonstration.county import DemoAccount
from palmcheck.notifications.live import position_of
from tests.notifications.inboxes import INBOX, rows
from tests.world.county import World
from tests.world.served import served_app

LIVE, DAYS = "/api/live", "/api/inspections/visit-days"
SOON = f"{datetime.now(UTC).date() + timedelta(days=3)}"


async def news(desk: httpx.AsyncClient, after: int | None = None) -> Any:
    answer = await desk.get(LIVE, params={} if after is None else {"after": after})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_each_hears_what_he_may_and_of_an_inbox_only_its_owner(world: World) -> None:
    await world.issued_draw()
    lead, office = await world.team_lead(), await world.sign_in(world.login("joint_office"))
    visits = (await lead.get("/api/inspections")).json()["items"]
    people = {login.username: await world.sign_in(login) for login in world.logins if login.role == "inspector"}
    before = (await news(lead))["position"]
    assert (await news(lead, before))["topics"] == []

    await lead.put(DAYS, json={"inspection_ids": [visits[0]["id"]], "visit_on": SOON})
    await world.settle()

    assert (await news(lead, before))["topics"] == ["inspections"]
    told = [name for name, desk in people.items() if await rows(desk, "visits_dated")]
    heard = [name for name, desk in people.items() if (await news(desk, before))["topics"] == ["inbox", "inspections"]]
    assert (heard, len(heard) > 0) == (told, True)
    at = (await news(office))["position"]
    await office.put(f"{INBOX}/all-read", json={"newest_id": (await rows(office))[0]["id"]})
    assert (await news(office, at))["topics"] == ["inbox"]
    assert "inbox" not in (await news(lead, before))["topics"]


async def test_a_position_that_no_trail_has_means_that_everything_may_have_changed(world: World) -> None:
    lead = await world.team_lead()

    everything = (await news(lead, (await news(lead))["position"] + 1000))["topics"]

    assert {"inspections", "draws", "inbox"} <= set(everything)
    assert "accounts" not in everything
    assert [position_of("12", 3), position_of("x", 3), position_of(None, None)] == [12, 3, None]


@asynccontextmanager
async def streaming(desk: httpx.AsyncClient, last: str | None = None) -> AsyncIterator[AsyncIterator[dict[str, str]]]:
    """Events as a browser reads them."""
    headers = {"accept": "text/event-stream"} | ({"last-event-id": last} if last else {})
    async with desk.stream("GET", LIVE, headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"

        async def events() -> AsyncIterator[dict[str, str]]:
            event: dict[str, str] = {}
            async for line in answer.aiter_lines():
                name, _, value = line.partition(": ")
                if line == "" and "data" in event:
                    yield event
                    event = {}
                elif name and line != "":
                    event[name] = value

        yield events()


async def next_of(events: AsyncIterator[dict[str, str]]) -> dict[str, str]:
    async with asyncio.timeout(30):
        return await anext(events)


async def signed_in(base: str, login: DemoAccount) -> httpx.AsyncClient:
    desk = httpx.AsyncClient(base_url=base, timeout=30)
    body = {"username": login.username, "password": login.password}
    assert (await desk.post("/api/accounts/sessions", json=body)).status_code == 201
    return desk


async def test_the_stream_goes_on_after_a_cut_and_a_restart_and_ends_with_the_session(
    world: World, database_url: str, tmp_path: Path
) -> None:
    await world.issued_draw()
    lead = await world.team_lead()
    visit = (await lead.get("/api/inspections")).json()["items"][0]["id"]

    async def date_it(day: str | None) -> None:
        assert (await lead.put(DAYS, json={"inspection_ids": [visit], "visit_on": day})).status_code == 200

    async with AsyncExitStack() as left_open:
        async with served_app(database_url, tmp_path) as base:
            desk = await signed_in(base, world.login("team_lead"))
            async with streaming(desk) as events:
                first = await next_of(events)
                await date_it(SOON)
                heard = await next_of(events)
            assert (json.loads(first["data"]), json.loads(heard["data"])) == ([], ["inspections"])
            assert int(heard["id"]) > int(first["id"])
            await date_it(None)  # while nobody listens
            events = await left_open.enter_async_context(streaming(desk, heard["id"]))
            missed = await next_of(events)
            assert json.loads(missed["data"]) == ["inspections"]
            rest = asyncio.create_task(anext(events, None))
        assert await rest is None, "the server lets go of what listens: nothing is cut off by its end"

    await date_it(SOON)
    async with served_app(database_url, tmp_path) as base:
        desk.base_url = httpx.URL(base)
        async with streaming(desk, missed["id"]) as events:
            assert json.loads((await next_of(events))["data"]) == ["inspections"]
            await desk.delete("/api/accounts/sessions/current")
            assert await anext(events, None) is None
        assert (await desk.get(LIVE, headers={"accept": "text/event-stream"})).status_code == 401
    await desk.aclose()

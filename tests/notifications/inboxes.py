"""Inboxes as people read them."""

import httpx

from tests.world.county import World
from tests.world.phone import Json

INBOX = "/api/inbox"


async def rows(desk: httpx.AsyncClient, kind: str | None = None) -> list[Json]:
    """The rows of one's inbox, of a kind if one is named."""
    answer = await desk.get(INBOX)
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    return [each for each in items if kind in {None, each["kind"]}]


async def officers(world: World) -> dict[str, httpx.AsyncClient]:
    """Inspector -> his desk, of all who have a login."""
    found = {}
    for login in world.logins:
        if login.role == "inspector":
            desk = await world.sign_in(login)
            found[(await desk.get("/api/accounts/me")).json()["inspector_id"]] = desk
    return found


def going(item: Json) -> set[str]:
    """The inspectors of all parts of an inspection."""
    return {officer["inspector_id"] for part in item["parts"] for officer in part["officers"]}

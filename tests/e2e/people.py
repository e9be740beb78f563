"""Who acts in the browser tests, and what the team lead sees of the visits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from tests.e2e.running_system import RunningSystem

MARKET, HEALTH = "市场监督管理局", "卫生健康局"


def login_of(system: RunningSystem, role: str, name: str | None = None) -> dict[str, Any]:
    """A login by role, and by the person's name if one is given."""
    return next(x for x in system.logins if x["role"] == role and name in {None, x["display_name"]})


@asynccontextmanager
async def signed_in(system: RunningSystem, role: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API with the first login of a role."""
    login = login_of(system, role)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{system.port}") as client:
        body = {"username": login["username"], "password": login["password"]}
        assert (await client.post("/api/accounts/sessions", json=body)).status_code == 201
        yield client


async def issued_visits(system: RunningSystem) -> list[dict[str, Any]]:
    """The issued inspections: id, target, and each department's leading officer, as the team lead reads them."""
    items: list[dict[str, Any]] = []
    async with signed_in(system, "team_lead") as client:
        while len(items) < 4:
            items = (await client.get("/api/inspections")).json()["items"]
    return [
        {"id": item["id"], "target": item["target"]}
        | {
            "market_lead" if part["department"]["name"] == MARKET else "health_lead": part["officers"][0]["name"]
            for part in item["parts"]
        }
        for item in items
    ]

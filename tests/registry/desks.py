"""Desks of the registry: who edits, who only reads, and targets to look after."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from palmcheck.accounts import service as accounts
from palmcheck.accounts.types import NewAccount, Role
from palmcheck.jurisdictions import reads as jurisdiction_reads
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from tests.world.county import Json, World

TARGETS = "/api/registry/targets"
PLAIN: Json = {
    "name": "临江县新开面馆",
    "kind": "individual_business",
    "address": "临江县人民路9号",
    "industry": {"code": "6220", "name": "快餐服务"},
    "status": "operating",
    "credit_risk_class": "B",
}


async def desk(world: World, role: Role, department: str = "market_regulation") -> httpx.AsyncClient:
    """Somebody with this role in the county, signed in at a desk."""
    name, password = f"{role}.{new_id().hex}", "Linjiang-2026-desk"
    departments = jurisdiction_reads.department_rows.subquery()
    async with world.database.unit_of_work() as tx:
        row = (await tx.session.execute(select(departments).where(departments.c.code == department))).one()
        new = NewAccount(name, "尹守拙", password, (role,), row.id, None)
        await accounts.open_account(tx, SystemActor("tests"), row.jurisdiction_id, new)
    client = world.client()
    answer = await client.post("/api/accounts/sessions", json={"username": name, "password": password})
    assert answer.status_code == 201, answer.text
    return client


async def put(
    client: httpx.AsyncClient, id: UUID | str | None = None, etag: str | None = None, **change: Any
) -> httpx.Response:
    """Enters a target, or with an ETag changes it."""
    headers = {"If-Match": etag} if etag else {}
    return await client.put(f"{TARGETS}/{id or new_id()}", json={**PLAIN, **change}, headers=headers)


async def entered(client: httpx.AsyncClient, **change: Any) -> Json:
    """A target that was entered."""
    answer = await put(client, **change)
    assert answer.status_code == 200, answer.text
    target: Json = answer.json()["target"]
    return target


async def names(client: httpx.AsyncClient, **query: str) -> list[str]:
    """What a search lists, in its order."""
    answer = await client.get(TARGETS, params=query)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]

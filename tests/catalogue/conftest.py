"""Who looks after the catalogue: the joint office of a county, and the city above it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from palmcheck.accounts import service as accounts
from palmcheck.accounts.types import NewAccount, Role
from palmcheck.catalogue.items import joint_items
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import DepartmentRef, NewDepartment, NewJurisdiction
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from tests.world.county import client_of

BUILDER = SystemActor("tests")
PASSWORD = "horse-battery-7-staple"
BODIES = (NewDepartment("market_regulation", "市场监督管理局"), NewDepartment("health", "卫生健康局"))


@dataclass
class Level:
    """A jurisdiction with people in it."""

    id: UUID
    departments: dict[str, DepartmentRef]
    office: httpx.AsyncClient
    health: httpx.AsyncClient
    auditor: httpx.AsyncClient

    def item(self, like: str = "JC-11", **other: Any) -> dict[str, Any]:
        """An item as the list of joint items has it, led by market regulation."""
        said = next(each for each in joint_items() if each.code == like)
        return {
            "code": said.code,
            "name": said.name,
            "big_class": said.big_class,
            "area": said.area,
            "department_id": str(self.departments["market_regulation"].id),
            "joint_department_ids": [str(self.departments["health"].id)],
            "is_joint": True,
            "item_class": said.item_class,
            "ratio_cap": said.ratio_cap,
            "ratios": said.ratios,
            "basis": "；".join(said.basis),
            "method": "on_site",
            "target_range": said.target_range,
            "standards": said.standards,
            **other,
        }

    async def list_item(self, like: str = "JC-11", **other: Any) -> dict[str, Any]:
        """The office puts an item on the list."""
        answer = await self.office.put(f"/api/catalogue/items/{new_id()}", json=self.item(like, **other))
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body


async def _found(database: Database, app: Any, code: str, name: str, level: str, above: UUID | None) -> Level:
    async with database.unit_of_work() as tx:
        new = NewJurisdiction(new_id(), code, name, level, BODIES, above)
        departments = {each.code: each for each in await jurisdictions.found_jurisdiction(tx, BUILDER, new)}
        for role, username, department in (
            ("joint_office", f"office{code}", "market_regulation"),
            ("department_administrator", f"health{code}", "health"),
            ("auditor", f"auditor{code}", None),
        ):
            place = departments[department].id if department else None
            held: Role = role  # type: ignore[assignment]
            await accounts.open_account(tx, BUILDER, new.id, NewAccount(username, username, PASSWORD, (held,), place))
    people = []
    for username in (f"office{code}", f"health{code}", f"auditor{code}"):
        client = client_of(app)
        body = {"username": username, "password": PASSWORD}
        assert (await client.post("/api/accounts/sessions", json=body)).status_code == 201
        people.append(client)
    return Level(new.id, departments, *people)


@pytest.fixture
async def city(database: Database, app: Any) -> Level:
    """The level above."""
    return await _found(database, app, "519900", "江州市", "city", None)


@pytest.fixture
async def county(database: Database, app: Any, city: Level) -> Level:
    """A county of the city."""
    return await _found(database, app, "519921", "临江县", "county", city.id)

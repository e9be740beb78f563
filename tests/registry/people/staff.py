"""Desks that look after inspectors, and inspectors to look after."""

import httpx

from palmcheck.kernel.ids import new_id
from tests.world.county import Json, World

INSPECTORS = "/api/registry/inspectors"
MARKET, HEALTH = "市场监督管理局", "卫生健康局"


async def home_of(world: World, name: str = MARKET) -> str:
    """The id of a department."""
    office = await world.sign_in(world.login("auditor"))
    items = (await office.get(INSPECTORS)).json()["items"]
    found: str = next(each["department_id"] for each in items if each["department_name"] == name)
    return found


def plain(department_id: str, **change: object) -> Json:
    """An inspector to enter."""
    return {
        "department_id": department_id,
        "name": "欧阳知秋",
        "post": "科员",
        "unit": "餐饮监管股",
        "staff_kind": "enforcement",
        "certificate_number": "川51019099001",
        "certificate_expires_on": "2031-12-31",
        "expertise": ["食品"],
        **change,
    }


async def entered(client: httpx.AsyncClient, department_id: str, **change: object) -> Json:
    """An inspector who was entered, as the detail shows him."""
    answer = await client.put(f"{INSPECTORS}/{new_id()}", json=plain(department_id, **change))
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def review(client: httpx.AsyncClient, detail: Json) -> Json:
    """Records the review of the row as it stands."""
    row = detail["inspector"]
    body = {"version": row["version"], "reference": "临司审〔2026〕3号"}
    answer = await client.post(f"{INSPECTORS}/{row['id']}/review", json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def listed(client: httpx.AsyncClient, **query: str) -> list[str]:
    """Names of a list, in its order."""
    answer = await client.get(INSPECTORS, params=query)
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]


def edited(detail: Json, **change: object) -> Json:
    """The body of an edit of what was seen."""
    row = detail["inspector"]
    fields = [*plain(""), "qualification", "region", "version"]
    return {name: row[name] for name in fields} | change

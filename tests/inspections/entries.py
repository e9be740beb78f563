"""Desk entries as an officer of a part makes them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from palmcheck.kernel.ids import new_id
from tests.world.county import World
from tests.world.phone import Json, all_in_order, instant


async def officer_with_part(world: World, department: str = "health") -> tuple[httpx.AsyncClient, Json, Json]:
    """An officer at a desk, an inspection that he goes to, and his part of it with its checklist."""
    for login in world.logins:
        if login.role != "inspector":
            continue
        desk = await world.sign_in(login)
        me = (await desk.get("/api/accounts/me")).json()
        for item in (await desk.get("/api/inspections")).json()["items"]:
            for part in item["parts"]:
                goes = any(each["inspector_id"] == me["inspector_id"] for each in part["officers"])
                if goes and part["department"]["code"] == department:
                    detail = (await desk.get(f"/api/inspections/{item['id']}")).json()
                    checklist = next(p["checklist"] for p in detail["parts"] if p["part"]["id"] == part["id"])
                    return desk, item, part | {"checklist": checklist}
    raise AssertionError("no officer goes anywhere")


def entry(item: Json, part: Json, **changed: Any) -> Json:
    """All in order, unless `changed` says otherwise."""
    left = datetime.now(UTC) - timedelta(minutes=5)
    return {
        "submission_id": str(new_id()),
        "checklist_id": part["checklist"]["id"],
        "answers": all_in_order(part["checklist"]["content"], item["target"]["kind"]),
        "result_code": "no_problem_found",
        "entered_at": instant(left - timedelta(minutes=30)),
        "left_at": instant(left),
        "desk_reason": "现场手机没电",
    } | changed


async def enter(desk: httpx.AsyncClient, part: Json, body: Json) -> httpx.Response:
    return await desk.put(f"/api/inspections/parts/{part['id']}/desk-entry", json=body)

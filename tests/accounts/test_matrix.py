"""The authorisation matrix: every route x role x whose row it is, from the route table against REACH.

`own` is the caller's department, `other_department` another one of his county, `other_county` its neighbour,
`above` the city; from the city's own people the counties are `below`. Routes whose rows this file cannot make
are walked with an id that nobody has: there the role decides alone.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import httpx
import pytest
from litestar import Litestar

from palmcheck.accounts.permissions import REACH, ROLE_PERMISSIONS, Reach, Who, permissions_of
from palmcheck.kernel.ids import new_id
from tests.accounts.people import BOUND, DEVICES_PATH, FREE, Person, Region
from tests.test_routes import guards_of, handlers
from tests.world.phone import Phone

STANDINGS = ("own", "other_department", "other_county", "above", "below")
REFUSED = {"accounts.not_allowed"}


@dataclass(frozen=True)
class Call:
    """One route of the table."""

    method: str
    path: str
    guard: Who

    @property
    def writes(self) -> bool:
        return self.method not in {"GET", "HEAD", "OPTIONS"}


def route_table(app: Litestar) -> Iterator[Call]:
    """Every guarded route, from the composed app."""
    for path, handler in handlers(app):
        (guard,) = guards_of(handler)
        if guard.permission is not None:
            for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                yield Call(method, path, guard)


Specimens = dict[str, str]
"""Standing -> the id in the path."""


async def account_rows(region: Region) -> dict[str, Person]:
    """An inspector in each place, as the market regulation bureau of the east county sees them."""
    return {
        "own": await region.person("inspector", signed_in=False),
        "other_department": await region.person("inspector", department="health", signed_in=False),
        "other_county": await region.person("inspector", region.west, signed_in=False),
        "above": await region.person("inspector", region.city, signed_in=False),
    }


async def device_rows(region: Region, people: dict[str, Person]) -> Specimens:
    """A phone of each of them."""
    found = {}
    for standing, person in people.items():
        place = {"other_county": region.west, "above": region.city}.get(standing, region.east)
        code = await region.enrolment_code(place, person)
        phone = Phone(region.client())
        answer = await phone.client.post("/api/accounts/devices", json=phone.enrolment(code))
        assert answer.status_code == 201, answer.text
        found[standing] = str(phone.device_id)
    return found


def rows_of(path: str, accounts: Specimens, devices: Specimens) -> Specimens | None:
    """Which rows a route with an id is about; None if this file makes none of its kind."""
    if path.startswith("/api/accounts/users/{id"):
        return accounts
    return devices if path.startswith(f"{DEVICES_PATH}/{{id") else None


def address(path: str, id: str) -> str:
    """The path with the row's id, and ids that nobody has for what follows."""
    head, brace, tail = path.partition("{")
    first = f"{head}{id}{tail.partition('}')[2]}" if brace else path
    return "/".join(str(new_id()) if part.startswith("{") else part for part in first.split("/"))


def expected(call: Call, role: str, standing: str | None) -> str:
    """What REACH says: not allowed | not found | in reach."""
    permission = call.guard.permission
    assert permission is not None
    if permission not in permissions_of([role]):
        return "not allowed"
    if standing is None:
        return "in reach"
    reach = REACH[permission][role]
    inside = {
        Reach.DEPARTMENT: {"own"},
        Reach.JURISDICTION: {"own", "other_department"},
        Reach.BELOW: {"own", "other_department", "below"},
    }[reach]
    return "in reach" if standing in inside else "not found"


def said(answer: httpx.Response) -> str:
    """What the answer means: anything that judges the request's content means that the row was in reach."""
    code = answer.json().get("code", "") if answer.headers.get("content-type", "").endswith("problem+json") else ""
    if code in REFUSED:
        return "not allowed"
    return "not found" if code == "not_found" else "in reach"


BODIES: dict[str, dict[str, object]] = {
    "rights": {"version": 0, "display_name": "改名", "roles": ["auditor"], "department_id": None},
    "departure": {"status": "transferred", "reason": "矩阵测试"},
    "return": {"reason": "矩阵测试"},
    "revocation": {"reason": "矩阵测试"},
}
"""Bodies that fit, by the path's last word."""


async def ask(client: httpx.AsyncClient, call: Call, id: str) -> httpx.Response:
    body = BODIES.get(call.path.rpartition("/")[2])
    where = address(call.path, id)
    return await (client.request(call.method, where, json=body) if body else client.request(call.method, where))


@pytest.mark.parametrize("role", sorted(ROLE_PERMISSIONS))
async def test_every_route_lets_in_whom_the_table_says_and_shows_him_only_his_rows(region: Region, role: str) -> None:
    people = await account_rows(region)
    devices = await device_rows(region, people)
    accounts = {standing: str(person.id) for standing, person in people.items()}
    caller = await region.person(role, region.east)  # type: ignore[arg-type]
    wrong, asked = [], 0
    for call in sorted(route_table(region.app), key=lambda each: (each.writes, each.path, each.method)):
        rows = rows_of(call.path, accounts, devices)
        if call.path.startswith("/api/accounts/users/{id") and call.method == "PUT" and call.path.endswith("}"):
            continue  # opens an account under a new id: there is no row yet
        if call.path == "/api/accounts/sessions/current" or call.guard.on_device or rows is None:
            continue  # the role alone decides: tests/test_routes.py
        if "{session_id" in call.path:
            continue  # a session of somebody: tests/accounts/test_sessions_and_devices.py
        for standing, id in rows.items():
            asked += 1
            answer, should = await ask(caller.client, call, id), expected(call, role, standing)
            if said(answer) != should:
                wrong.append(f"{role} {call.method} {call.path} ({standing}): {said(answer)}, not {should}")

    assert wrong == []
    assert asked >= 40


@pytest.mark.parametrize("role", FREE)
async def test_from_above_only_those_who_read_down_see_the_counties_and_nobody_writes_there(
    region: Region, role: str
) -> None:
    below = await region.person("inspector", signed_in=False)
    device = (await device_rows(region, {"own": below}))["own"]
    caller = await region.person(role, region.city)  # type: ignore[arg-type]
    wrong = []
    for call in route_table(region.app):
        rows = rows_of(call.path, {"below": str(below.id)}, {"below": device})
        if rows is None or "{session_id" in call.path or (call.method == "PUT" and call.path.endswith("}")):
            continue
        answer, should = await ask(caller.client, call, rows["below"]), expected(call, role, "below")
        if said(answer) != should:
            wrong.append(f"{role} {call.method} {call.path}: {said(answer)}, not {should}")

    assert wrong == []


LISTS: dict[str, Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]] = {
    "account.read": lambda client: client.get("/api/accounts/users"),
    "device.read": lambda client: client.get(DEVICES_PATH),
}


@pytest.mark.parametrize("permission", sorted(LISTS))
@pytest.mark.parametrize("role", sorted(ROLE_PERMISSIONS))
async def test_lists_hold_exactly_the_rows_in_reach(region: Region, role: str, permission: str) -> None:
    people = await account_rows(region)
    devices = await device_rows(region, people)
    caller = await region.person(role, region.east)  # type: ignore[arg-type]
    answer = await LISTS[permission](caller.client)
    if permission not in permissions_of([role]):
        assert said(answer) == "not allowed"
        return
    listed = {each["id"] for each in answer.json()["items"]} - {str(caller.id)}
    ids = devices if permission == "device.read" else {key: str(person.id) for key, person in people.items()}
    call = Call("GET", "", Who(permission))

    assert listed == {id for standing, id in ids.items() if expected(call, role, standing) == "in reach"}


def test_the_table_says_for_each_role_how_far_each_of_its_permissions_reaches() -> None:
    for permission, reaches in REACH.items():
        holders = {role for role in ROLE_PERMISSIONS if permission in permissions_of([role])}
        assert set(reaches) == holders, permission


def test_no_write_reaches_below() -> None:
    writing = {permission for permission in REACH if not permission.endswith(".read")}

    assert {reach for permission in writing for reach in REACH[permission].values()} <= {
        Reach.DEPARTMENT,
        Reach.JURISDICTION,
    }


def test_every_role_is_bound_to_a_department_or_free() -> None:
    assert set(BOUND) | set(FREE) == set(ROLE_PERMISSIONS)

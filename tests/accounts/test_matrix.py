"""The authorisation matrix: every route x role x whose row it is, from the route table against REACH.

The rows are one of every kind (tests/accounts/specimens.py) for each standing: `mine` is the inspector's own, `own`
another's of the caller's department, `other_department` another one of his county, `other_county` its neighbour,
`above` the city; to the city's own people the counties are `below`. A route that no table here knows fails the test.
"""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Litestar

from palmcheck.accounts.permissions import REACH, ROLE_PERMISSIONS, Reach, Who, permissions_of
from palmcheck.kernel.embedded_postgres import APP, EmbeddedPostgres
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database
from palmcheck.openapi import openapi_document
from tests.accounts.bodies import Json, body_of
from tests.accounts.matrix_tables import (
    ABOUT_NO_ROWS,
    LISTS,
    MINTED,
    NAMED_IN_BODIES,
    NARROWER,
    NOT_BY_REACH,
    PUTS_ITS_OWN,
    ROWS,
    VERBS_OWN_REFUSALS,
)
from tests.accounts.people import BOUND, FREE, PASSWORD, Region, found_region
from tests.accounts.specimens import Owner, Specimens, make_specimens
from tests.accounts.thrown_away import thrown_away
from tests.conftest import new_database, opened_app
from tests.test_routes import guards_of, handlers
from tests.world.phone import Phone

INSIDE = {
    Reach.OWN: {"mine"},
    Reach.DEPARTMENT: {"mine", "own"},
    Reach.JURISDICTION: {"mine", "own", "other_department"},
    Reach.BELOW: {"mine", "own", "other_department", "below"},
}
IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Call:
    """One route of the table."""

    operation: str
    method: str
    path: str
    guard: Who

    @property
    def kind(self) -> str | None:
        """The kind of row that its id names; None if the path has no id, KeyError if no table says."""
        head, brace, _ = self.path.partition("{")
        return ROWS[head] if brace else None


def route_table(app: Litestar) -> Iterator[Call]:
    """Every guarded route, from the composed app."""
    for path, handler in handlers(app):
        (guard,) = guards_of(handler)
        if guard.permission is not None:
            own = handler.http_methods - {"OPTIONS"}
            for method in sorted(own - {"HEAD"} or own):
                yield Call(str(handler.operation_id), method, path, guard)


@dataclass
class Caller:
    """Somebody signed in, and the rows as they stand to him."""

    role: str
    client: httpx.AsyncClient
    rows: dict[str, Specimens]


@dataclass
class Matrix:
    """The region with its rows, and one caller a role in the county and in the city."""

    app: Litestar
    contract: Json
    county: dict[str, Caller]
    city: dict[str, Caller]

    async def ask(self, caller: Caller, call: Call, rows: Specimens) -> httpx.Response:
        """Asks a route about one of the rows, with a body that fits."""
        path = call.path
        if call.kind is not None and call.operation not in MINTED:
            path = re.sub(r"\{[^}]+\}", str(rows.ids[call.kind]), path, count=1)
        path = re.sub(r"\{(\w+):?\w*\}", lambda found: str(rows.ids.get(found[1].removesuffix("_id"), new_id())), path)
        plain = re.sub(r":\w+\}", "}", call.path)
        operation = self.contract["paths"].get(plain, {}).get(call.method.lower(), {})
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = body_of(content["schema"], self.contract, rows.ids) if content else None
        headers = {"If-Match": '"0"', "Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
        if call.method == "PATCH":
            headers["Content-Type"] = "application/offset+octet-stream"
        return await caller.client.request(call.method, path, json=body, headers=headers)


@pytest.fixture(scope="module")
async def matrix(postgres: EmbeddedPostgres, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Matrix]:
    """Made once: nothing that the callers do stays."""
    folder: Path = tmp_path_factory.mktemp("matrix")
    async with new_database(postgres) as name, opened_app(postgres.url(APP, name), folder) as app:
        region = await found_region(app, app.state.database)
        made = await _make(region)
        patch = pytest.MonkeyPatch()
        patch.setattr(Database, "unit_of_work", thrown_away)
        yield made
        patch.undo()
        await region.close()


async def _make(region: Region) -> Matrix:
    async def rows_of(place: Any, department: str, owner: Owner | None = None) -> Specimens:
        return await make_specimens(region.database, place.id, region.city.id, place.departments[department], owner)

    me, owner = await _on_a_phone(region)
    own = await rows_of(region.east, "market_regulation")
    health = await rows_of(region.east, "health")
    west, city = await rows_of(region.west, "market_regulation"), await rows_of(region.city, "market_regulation")
    from_county = {"own": own, "other_department": health, "other_county": west, "above": city}
    mine = {"mine": await rows_of(region.east, "market_regulation", owner)}
    county = {"inspector": Caller("inspector", me, mine | from_county)}
    for role in (*BOUND[1:], *FREE):
        person = await region.person(role, region.east)  # type: ignore[arg-type]
        county[role] = Caller(role, person.client, from_county)
    above = {}
    for role in ("team_lead", "department_administrator", *FREE):
        person = await region.person(role, region.city)  # type: ignore[arg-type]
        above[role] = Caller(role, person.client, {"own": city, "below": own})
    return Matrix(region.app, openapi_document(region.app), county, above)


async def _on_a_phone(region: Region) -> tuple[httpx.AsyncClient, Owner]:
    person = await region.person("inspector", signed_in=False)
    phone = Phone(person.client)
    await phone.enrol(await region.enrolment_code(region.east, person), person.username, PASSWORD)
    return phone.client, Owner(person.id, UUID(phone.inspector_id), phone.device_id, has_account=True)


def expected(call: Call, role: str, standing: str) -> set[str]:
    """What REACH says: in reach, or else how it may be refused.

    Of what he may read but not write a caller is told so; of the rest nobody learns that it is there.
    """
    permission = call.guard.permission
    assert permission is not None
    if permission not in permissions_of([role]):
        return {"not allowed"}
    if standing in INSIDE[REACH[permission][role]] and (call.operation, role) not in NARROWER:
        return {"in reach"}
    near = standing in INSIDE[Reach.JURISDICTION] and call.method != "GET"
    is_told = near or permission == "inspection.enter"  # the same answer for a part that is not there
    return {"not allowed", "not found"} if is_told else {"not found"}


def said(answer: httpx.Response) -> str:
    """What the answer means: anything that judges the request's content means that the row was in reach."""
    is_problem = answer.headers.get("content-type", "").endswith("problem+json") and answer.content
    code = answer.json().get("code", "") if is_problem else {403: "refused", 404: "not_found"}.get(answer.status_code)
    if answer.status_code >= 500 or code == "invalid_request":
        return f"{answer.status_code} {answer.text[:200]}"
    if code in {"accounts.not_allowed", "refused", *VERBS_OWN_REFUSALS["not allowed"]}:
        return "not allowed"
    if code == "not_found" and is_problem and answer.json().get("field") in NAMED_IN_BODIES:
        return "in reach"
    return "not found" if code in {"not_found", *VERBS_OWN_REFUSALS["not found"]} else "in reach"


def about_rows(app: Litestar) -> list[Call]:
    """The routes whose rows stand in REACH's order: those with an id in the path."""
    return [call for call in route_table(app) if "{" in call.path and call.operation not in NOT_BY_REACH]


def test_every_route_is_known_here(matrix: Matrix) -> None:
    unknown = []
    for call in route_table(matrix.app):
        known = {*NOT_BY_REACH, *MINTED, *ABOUT_NO_ROWS, *LISTS}
        if call.operation not in known and ("{" not in call.path or call.path.partition("{")[0] not in ROWS):
            unknown.append(f"{call.operation}: {call.method} {call.path}")

    assert unknown == []


def test_no_exception_outlives_its_route(matrix: Matrix) -> None:
    operations = {call.operation for call in route_table(matrix.app)}

    assert {*NOT_BY_REACH, *MINTED, *ABOUT_NO_ROWS, *LISTS, *(each for each, _ in NARROWER)} - operations == set()


@pytest.mark.parametrize("role", sorted(ROLE_PERMISSIONS))
async def test_a_route_shows_and_changes_only_the_rows_in_reach(matrix: Matrix, role: str) -> None:
    wrong, asked = [], 0
    for caller in (matrix.county[role], *([matrix.city[role]] if role in matrix.city else [])):
        for call in about_rows(matrix.app):
            standings = caller.rows if call.guard.permission in permissions_of([role]) else list(caller.rows)[:1]
            for standing in standings:
                if call.operation in PUTS_ITS_OWN and standing not in INSIDE[Reach.JURISDICTION]:
                    continue
                asked += 1
                answer = await matrix.ask(caller, call, caller.rows[standing])
                should = expected(call, role, standing)
                if said(answer) not in should:
                    wrong.append(f"{role} {call.operation} ({standing}): {said(answer)}, not {' or '.join(should)}")

    assert not wrong, "\n".join(wrong)
    assert asked >= 60


@pytest.mark.parametrize("role", sorted(ROLE_PERMISSIONS))
async def test_a_list_holds_the_rows_in_reach_and_no_others(matrix: Matrix, role: str) -> None:
    wrong = []
    calls = {call.operation: call for call in route_table(matrix.app)}
    for caller in (matrix.county[role], *([matrix.city[role]] if role in matrix.city else [])):
        for operation, kind in LISTS.items():
            call = calls[operation]
            if call.guard.permission not in permissions_of([role]):
                continue
            seen = set(IDS.findall((await caller.client.get(call.path)).text))
            if takes_a_place(matrix, call):
                for rows in caller.rows.values():
                    answer = await caller.client.get(call.path, params={"jurisdiction_id": str(rows.place)})
                    seen |= set(IDS.findall(answer.text))
            for standing, rows in caller.rows.items():
                should = expected(call, role, standing) == {"in reach"}
                if (str(rows.ids[kind]) in seen) is not should:
                    wrong.append(f"{role} {operation} ({standing}): {'missing' if should else 'shown'}")

    assert not wrong, "\n".join(wrong)


def takes_a_place(matrix: Matrix, call: Call) -> bool:
    """Whether a route may be asked about a jurisdiction below."""
    asked = matrix.contract["paths"][re.sub(r":\w+\}", "}", call.path)][call.method.lower()].get("parameters", ())
    return any(each["name"] == "jurisdiction_id" for each in asked)


@pytest.mark.parametrize("role", sorted(ROLE_PERMISSIONS))
async def test_another_place_is_shown_to_those_above_who_read_down_and_to_nobody_else(
    matrix: Matrix, role: str
) -> None:
    wrong, asked = [], 0
    for caller in (matrix.county[role], *([matrix.city[role]] if role in matrix.city else [])):
        for call in route_table(matrix.app):
            if call.guard.permission not in permissions_of([role]) or call.method != "GET":
                continue
            if not takes_a_place(matrix, call):
                continue
            for standing in {"other_county", "above", "below"} & set(caller.rows):
                rows = caller.rows[standing]
                path = re.sub(r"\{key:\w+\}", "publication.days", call.path)
                path = re.sub(r"\{figure:\w+\}", "palm_rate", path)
                path = re.sub(r"\{[^}]+\}", str(rows.department), path)
                answer = await caller.client.get(path, params={"jurisdiction_id": str(rows.place)})
                asked += 1
                if said(answer) not in expected(call, role, standing):
                    wrong.append(f"{role} {call.operation} ({standing}): {said(answer)}")

    assert not wrong, "\n".join(wrong)
    assert asked >= 2 or role == "inspector"


def test_the_table_says_for_each_role_how_far_each_of_its_permissions_reaches() -> None:
    holders = {
        permission: {role for role in ROLE_PERMISSIONS if permission in permissions_of([role])}
        for permission in permissions_of(ROLE_PERMISSIONS)
    }

    assert {permission: set(reaches) for permission, reaches in REACH.items()} == holders


def test_no_write_reaches_below() -> None:
    writing = {permission for permission in REACH if not permission.endswith(".read")}

    assert Reach.BELOW not in {reach for permission in writing for reach in REACH[permission].values()}


def test_every_role_is_bound_to_a_department_or_free() -> None:
    assert set(BOUND) | set(FREE) == set(ROLE_PERMISSIONS)

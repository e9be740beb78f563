"""Every route says who may call it, and lets in exactly those."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from palmcheck.accounts import service as accounts
from palmcheck.accounts.permissions import ROLE_PERMISSIONS, Who, permissions_of
from palmcheck.accounts.types import NewAccount, Role
from palmcheck.app import create_app
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.settings import from_environment
from tests.world.county import World, client_of

LITESTARS_OWN = ("/api/docs",)
PASSWORD = "a password of the tests"
READS_BY_POST = {"/api/catalogue/checklist-checks"}
"""What asks a question that is too long for an address, and writes nothing."""


def handlers(app: Litestar) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """Every handler of ours with its path."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and not route.path.startswith(LITESTARS_OWN):
            for handler in route.route_handlers:
                if handler.fn.__module__.startswith("litestar"):
                    continue  # the OPTIONS that Litestar answers by itself
                yield route.path, handler


def guards_of(handler: HTTPRouteHandler) -> list[Who]:
    """Its own, and those of its controller and the app."""
    named = [guard for layer in handler.ownership_layers for guard in layer.guards or ()]
    return [guard for guard in dict.fromkeys(named) if isinstance(guard, Who)]


def faults(app: Litestar) -> list[str]:
    """What a route lacks."""
    found = []
    for path, handler in handlers(app):
        name = f"{'/'.join(sorted(handler.http_methods))} {path}"
        if len(guards_of(handler)) != 1:
            found.append(f"{name} does not say who may call it")
        if handler.resolve_include_in_schema():
            if not handler.operation_id:
                found.append(f"{name} has no operation id")
            if not (handler.fn.__doc__ or "").strip():
                found.append(f"{name} has no docstring")
    return found


@pytest.fixture(scope="module")
def composed() -> Litestar:
    """The app as it is put together; nothing is opened."""
    return create_app(replace(from_environment(), database_url="postgresql://nobody@127.0.0.1/none"))


def test_every_route_says_who_may_call_it_and_what_it_is(composed: Litestar) -> None:
    assert faults(composed) == []
    assert len(list(handlers(composed))) > 20


def test_a_route_that_does_not_say_is_found() -> None:
    @get("/rogue")
    async def rogue() -> str:
        return "welcome"

    found = faults(Litestar([rogue], openapi_config=None))

    assert [each.partition("/rogue ")[2] for each in found] == [
        "does not say who may call it",
        "has no operation id",
        "has no docstring",
    ]


def test_operation_ids_are_unique(composed: Litestar) -> None:
    ids = [
        (str(handler.operation_id), path)
        for path, handler in handlers(composed)
        if handler.operation_id and handler.resolve_include_in_schema()
    ]
    names = [name for name, _ in ids]

    assert sorted(set(names)) == sorted(names)


def test_what_a_route_asks_for_some_role_has_and_what_a_role_has_some_route_asks_for(composed: Litestar) -> None:
    asked = {guard.permission for _, handler in handlers(composed) for guard in guards_of(handler)} - {None}
    granted = permissions_of(ROLE_PERMISSIONS)

    assert asked - granted == set()
    assert granted - asked == set()


def calls(app: Litestar) -> list[tuple[str, str, Who]]:
    """Method, address with made-up ids, and guard of every route that is not open to everybody; sign-out last."""
    found = []
    for path, handler in handlers(app):
        (guard,) = guards_of(handler)
        address = "/".join(str(new_id()) if part.startswith("{") else part for part in path.split("/"))
        found += [(method, address, guard) for method in handler.http_methods if guard.permission is not None]
    return sorted(set(found), key=lambda each: (each[1].endswith("sessions/current"), each[1], each[0]))


async def test_nobody_is_let_in_signed_out(client: httpx.AsyncClient, app: Litestar) -> None:
    asked = calls(app)
    answers = {(method, url): (await client.request(method, url)).status_code for method, url, _ in asked}

    assert {call: status for call, status in answers.items() if status != 401} == {}
    assert len(answers) > 15


@pytest.fixture
async def at_desks(world: World) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """One signed-in account a role, none of them on a phone."""
    me = (await (await world.team_lead()).get("/api/accounts/me")).json()
    clients = {}
    async with world.database.unit_of_work() as tx:
        for role in ROLE_PERMISSIONS:
            new = NewAccount(f"the.{role}", role, PASSWORD, (role,), inspector_id=new_id())  # type: ignore[arg-type]
            await accounts.open_account(tx, SystemActor("tests"), me["jurisdiction"]["id"], new)
    for role in ROLE_PERMISSIONS:
        clients[role] = client_of(world.app)
        body = {"username": f"the.{role}", "password": PASSWORD}
        assert (await clients[role].post("/api/accounts/sessions", json=body)).status_code == 201
    yield clients
    for client in clients.values():
        await client.aclose()


async def test_each_role_is_let_in_where_its_permissions_say(
    world: World, at_desks: dict[str, httpx.AsyncClient]
) -> None:
    wrong = []
    for method, url, guard in calls(world.app):
        for role, client in at_desks.items():
            answer = await client.request(method, url)
            code = "let in"
            if answer.status_code in {401, 403}:  # a HEAD has no body to say more
                code = answer.json()["code"] if answer.content else "refused"
            expected = "let in"
            if guard.permission not in permissions_of([role]):
                expected = "accounts.not_allowed"
            elif guard.on_device:
                expected = "accounts.device_needed"
            if method == "HEAD" and expected != "let in":
                expected = "refused"
            if code != expected:
                wrong.append(f"{role} {method} {url}: {code}, not {expected}")

    assert wrong == []


def test_every_role_that_accounts_may_have_has_its_permissions() -> None:
    assert set(Role.__args__) == set(ROLE_PERMISSIONS)  # type: ignore[attr-defined]


def test_the_auditor_changes_nothing(composed: Litestar) -> None:
    may = permissions_of(["auditor"])
    writing = {
        path
        for path, handler in handlers(composed)
        for guard in guards_of(handler)
        if guard.permission in may and handler.http_methods & {"POST", "PUT", "PATCH", "DELETE"}
    }

    own = {path for path in writing if path.startswith(("/api/accounts/me/", "/api/inbox/"))}
    assert writing - own == {"/api/accounts/sessions/current"}  # he may sign out, and mind his own account

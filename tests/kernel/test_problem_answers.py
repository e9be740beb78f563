"""Problems as answers: `application/problem+json` for whatever goes wrong, in the reader's language (RFC 9457)."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar, get, post
from litestar.params import JSONBody
from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from palmcheck.accounts.permissions import anybody
from palmcheck.app import create_app
from palmcheck.kernel.unit_of_work import Database
from palmcheck.kernel.web import OpenTx
from tests.conftest import started
from tests.kernel.happenings import SOMEBODY, count, happened, write, written
from tests.world.county import World, assert_problem

MEMBERS = {"type", "title", "status", "detail", "code", "field", "rule", "params"}


class Guests(Struct, forbid_unknown_fields=True):
    """A body."""

    number: int
    names: list[str]


@get("/broken", guards=[anybody()])
async def broken() -> str:
    raise RuntimeError("the secret reason")


@get("/taken", guards=[anybody()])
async def taken() -> str:
    raise IntegrityError("insert", {}, Exception("secret constraint"))


@get("/late", guards=[anybody()])
async def late(tx: OpenTx) -> str:
    """Writes and records, and is refused by the database at the commit."""
    await write(tx, "late")
    tx.record(SOMEBODY, happened())
    await tx.session.execute(text("create temp table once (n int unique deferrable initially deferred)"))
    await tx.session.execute(text("insert into once values (1), (1)"))
    return "all well"


@get("/silent", guards=[anybody()])
async def silent(tx: OpenTx) -> str:
    """Writes and records nothing."""
    await write(tx, "silent")
    return "all well"


@post("/guests", guards=[anybody()], request_max_body_size=100)
async def guests(data: JSONBody[Guests]) -> int:
    return data.number


@pytest.fixture
async def app(database_url: str, tmp_path: Path) -> AsyncIterator[Litestar]:
    """An app of its own, with handlers that go wrong in every way."""
    rogue = create_app()
    for handler in (broken, taken, late, silent, guests):
        rogue.register(handler)
    async with started(rogue, database_url, tmp_path):
        yield rogue


def assert_whole(answer: httpx.Response, code: str, status: int) -> dict[str, Any]:
    body = assert_problem(answer, code, type=f"https://palmcheck.invalid/problems/{code}", status=status)
    assert {"type", "title", "status", "detail", "code"} <= set(body) <= MEMBERS
    assert answer.status_code == status
    return body


async def test_an_address_or_a_method_that_does_not_exist(client: httpx.AsyncClient) -> None:
    assert_whole(await client.get("/api/nothing/here"), "not_found", 404)
    assert_whole(await client.get("/api/draws/no-uuid"), "not_found", 404)
    assert_whole(await client.patch("/api/accounts/me"), "method_not_allowed", 405)


async def test_what_breaks_is_told_in_one_sentence_without_the_reason(client: httpx.AsyncClient) -> None:
    answer = await client.get("/broken")

    assert_whole(answer, "internal_error", 500)
    assert "secret" not in answer.text
    conflict = await client.get("/taken")
    assert_whole(conflict, "conflict", 409)
    assert "secret" not in conflict.text


async def test_a_commit_that_fails_is_a_problem_and_leaves_nothing(
    client: httpx.AsyncClient, database: Database
) -> None:
    assert_whole(await client.get("/late"), "conflict", 409)
    assert_whole(await client.get("/silent"), "internal_error", 500)

    assert await written(database) == []
    assert await count(database, "audit_event") == await count(database, "pgqueuer") == 0


async def test_a_body_over_the_limit(client: httpx.AsyncClient) -> None:
    answer = await client.post("/guests", json={"number": 1, "names": ["x" * 200]})

    assert_whole(answer, "too_large", 413)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"number": "many", "names": []}, "number"),
        ({"names": []}, "number"),
        ({}, "number"),
        ({"number": 1, "names": [1]}, "names"),
        ({"number": 1, "names": [], "hats": 2}, "hats"),
    ],
)
async def test_what_does_not_fit_is_named(client: httpx.AsyncClient, body: dict[str, Any], field: str) -> None:
    problem = assert_whole(await client.post("/guests", json=body), "invalid_request", 400)

    assert problem["field"].startswith(field)
    assert problem["params"]["reason"]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"null", b"[]"])
async def test_a_body_that_is_no_json_object_is_refused_politely(client: httpx.AsyncClient, body: bytes) -> None:
    answer = await client.post("/guests", content=body, headers={"content-type": "application/json"})

    assert_whole(answer, "invalid_request", 400)


async def test_a_query_that_does_not_fit_is_named(world: World) -> None:
    lead = await world.team_lead()

    assert_problem(await lead.get("/api/inspections", params={"q": "x" * 101}), "invalid_request", field="q")
    assert_problem(await lead.get("/api/inspections", params={"cursor": "%%"}), "cursor_invalid", field="cursor")


@pytest.mark.parametrize(
    ("asked", "title"),
    [(None, "未登录"), ("zh-CN,zh;q=0.9", "未登录"), ("en-GB,en;q=0.8", "Sign in first"), ("fr", "未登录")],
)
async def test_it_speaks_the_reader_s_language(client: httpx.AsyncClient, asked: str | None, title: str) -> None:
    answer = await client.get("/api/accounts/me", headers={"Accept-Language": asked} if asked else {})

    assert_problem(answer, "accounts.signed_out")
    assert (answer.json()["title"] == "Sign in first") == (title == "Sign in first")

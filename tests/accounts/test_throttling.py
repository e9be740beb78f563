"""Wrong passwords wait, longer each time; an office behind one address is never locked out. The clock is the test's."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import cast

import httpx
import pytest
from hypothesis import given
from hypothesis.strategies import integers
from sqlalchemy import text

from palmcheck.accounts import throttling
from palmcheck.accounts.throttling import FIRST_WAIT, FREE_FROM_ADDRESS, FREE_OVERALL, wait_after
from palmcheck.kernel import unit_of_work
from tests.accounts.people import PASSWORD, Region
from tests.world.county import assert_problem

LONGEST = timedelta(hours=1)


class Clock:
    """The instant that every unit of work takes for now."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(unit_of_work, "now", clock)
    return clock


def desk(region: Region, address: str) -> httpx.AsyncClient:
    """A client at an address."""
    transport = httpx.ASGITransport(cast("object", region.app), client=(address, 5000))  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://palmcheck.test")


async def fail(region: Region, username: str, times: int, address: str = "10.0.0.1") -> list[str]:
    async with desk(region, address) as client:
        answers = [await region.sign_in(client, username, "not the password") for _ in range(times)]
    return [answer.json()["code"].removeprefix("accounts.") for answer in answers]


async def try_right(region: Region, username: str, address: str = "10.0.0.1") -> httpx.Response:
    async with desk(region, address) as client:
        return await region.sign_in(client, username, PASSWORD)


async def test_after_some_tries_the_next_waits_and_then_is_heard(region: Region, clock: Clock) -> None:
    officer = await region.person("inspector", signed_in=False)

    codes = await fail(region, officer.username, FREE_FROM_ADDRESS + 1)
    refused = await try_right(region, officer.username)

    assert codes == ["credentials_invalid"] * FREE_FROM_ADDRESS + ["too_many_tries"]
    assert_problem(refused, "accounts.too_many_tries", status=429)
    assert 1 <= int(refused.headers["retry-after"]) <= FIRST_WAIT.total_seconds() + 1
    clock.at += FIRST_WAIT
    assert (await try_right(region, officer.username)).status_code == 201


async def test_waits_grow_and_a_right_password_forgives(region: Region, clock: Clock) -> None:
    officer = await region.person("inspector", signed_in=False)
    await fail(region, officer.username, FREE_FROM_ADDRESS)
    clock.at += FIRST_WAIT
    await fail(region, officer.username, 1)

    soon = await try_right(region, officer.username)
    assert int(soon.headers["retry-after"]) > FIRST_WAIT.total_seconds()
    clock.at += FIRST_WAIT * 2
    assert (await try_right(region, officer.username)).status_code == 201
    assert await fail(region, officer.username, FREE_FROM_ADDRESS) == ["credentials_invalid"] * FREE_FROM_ADDRESS


async def test_an_office_behind_one_address_is_not_locked_out(region: Region, clock: Clock) -> None:
    people = [await region.person("inspector", signed_in=False) for _ in range(12)]
    for person in people[:-1]:
        await fail(region, person.username, FREE_FROM_ADDRESS + 1)

    assert (await try_right(region, people[-1].username)).status_code == 201


async def test_tries_from_everywhere_wait_too_but_not_where_the_officer_is_known(region: Region, clock: Clock) -> None:
    officer = await region.person("inspector", signed_in=False)
    assert (await try_right(region, officer.username, "10.0.0.1")).status_code == 201
    for host in range(FREE_OVERALL):
        await fail(region, officer.username, 1, f"192.0.2.{host}")

    stranger = await try_right(region, officer.username, "198.51.100.7")
    at_his_desk = await try_right(region, officer.username, "10.0.0.1")

    assert_problem(stranger, "accounts.too_many_tries")
    assert at_his_desk.status_code == 201


async def test_a_name_that_nobody_has_is_throttled_like_any_other(region: Region, clock: Clock) -> None:
    codes = await fail(region, "nobody.here", FREE_FROM_ADDRESS + 1)

    assert codes == ["credentials_invalid"] * FREE_FROM_ADDRESS + ["too_many_tries"]


async def test_many_tries_at_once_are_no_way_around(region: Region, clock: Clock) -> None:
    officer = await region.person("inspector", signed_in=False)

    codes = await asyncio.gather(*(fail(region, officer.username, 1) for _ in range(15)))

    assert [code for (code,) in codes].count("credentials_invalid") == FREE_FROM_ADDRESS


async def test_the_state_is_in_the_database_and_names_nobody(region: Region, clock: Clock) -> None:
    officer = await region.person("inspector", signed_in=False)
    await fail(region, officer.username, 3)

    async with region.database.reading() as session:
        rows = (await session.execute(text("select tries, t::text as line from sign_in_try t"))).all()

    assert [row.tries for row in rows] == [3, 3]
    assert not any(officer.username in row.line for row in rows)


async def test_a_day_without_tries_is_forgotten(region: Region, clock: Clock) -> None:
    officer = await region.person("inspector", signed_in=False)
    await fail(region, officer.username, FREE_FROM_ADDRESS)
    clock.at += throttling.FORGOTTEN_AFTER

    assert await fail(region, officer.username, FREE_FROM_ADDRESS) == ["credentials_invalid"] * FREE_FROM_ADDRESS


async def test_guessing_the_current_password_in_a_session_waits_too(region: Region, clock: Clock) -> None:
    officer = await region.person("inspector")
    guess = {"current": "not the password", "new": "another long password"}

    answers = [await officer.client.post("/api/accounts/me/password", json=guess) for _ in range(FREE_FROM_ADDRESS + 1)]

    assert_problem(answers[0], "accounts.password_wrong", field="current")
    assert_problem(answers[-1], "accounts.too_many_tries")


@given(tries=integers(0, 10_000), free=integers(1, 50))
def test_waits_never_shrink_and_never_pass_the_longest(tries: int, free: int) -> None:
    wait, next_wait = wait_after(tries, free, LONGEST), wait_after(tries + 1, free, LONGEST)

    assert timedelta() <= wait <= next_wait <= LONGEST
    assert (wait == timedelta()) == (tries < free)

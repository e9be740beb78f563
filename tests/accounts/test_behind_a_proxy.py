"""Behind a trusted proxy the caller's own address counts, for waits and in the list of sessions; forged ones never."""

from typing import cast

import httpx

from palmcheck.accounts.throttling import FREE_FROM_ADDRESS
from palmcheck.kernel.proxies import TrustedProxies, networks_of
from tests.accounts.people import PASSWORD, Region
from tests.world.county import assert_problem

PROXY = "10.0.0.2"


def through(region: Region, peer: str, *forwarded: str, **more: str) -> httpx.AsyncClient:
    """A client whose requests come from `peer`, with these X-Forwarded-For headers."""
    app = TrustedProxies(cast("object", region.app), networks_of(PROXY))  # type: ignore[arg-type]
    transport = httpx.ASGITransport(cast("object", app), client=(peer, 5000))  # type: ignore[arg-type]
    headers = [*(("x-forwarded-for", each) for each in forwarded), *more.items()]
    return httpx.AsyncClient(transport=transport, base_url="http://palmcheck.test", headers=headers)


async def fail(region: Region, username: str, client: httpx.AsyncClient) -> str:
    async with client:
        return str((await region.sign_in(client, username, "not the password")).json()["code"])


async def test_the_session_list_shows_the_caller_and_the_cookie_is_secure_over_https(region: Region) -> None:
    officer = await region.person("inspector", signed_in=False)

    async with through(region, PROXY, "1.2.3.4, 198.51.100.7", **{"x-forwarded-proto": "https"}) as client:
        answer = await region.sign_in(client, officer.username)
        cookie = answer.headers["set-cookie"]
        client.headers["cookie"] = cookie.partition(";")[0]
        (session,) = (await client.get("/api/accounts/me/sessions")).json()["items"]

    assert session["address"] == "198.51.100.7"
    assert "secure" in cookie.lower()


async def test_a_stranger_does_not_get_around_the_wait_by_forged_headers(region: Region) -> None:
    officer = await region.person("inspector", signed_in=False)

    codes = [
        await fail(region, officer.username, through(region, "203.0.113.7", f"198.51.100.{n}"))
        for n in range(FREE_FROM_ADDRESS + 1)
    ]
    behind = [
        await fail(region, officer.username, through(region, PROXY, f"198.51.100.{n}, 203.0.113.8"))
        for n in range(FREE_FROM_ADDRESS + 1)
    ]

    assert codes[-1] == behind[-1] == "accounts.too_many_tries"
    assert set(codes[:-1]) == set(behind[:-1]) == {"accounts.credentials_invalid"}


async def test_two_callers_behind_one_proxy_are_two(region: Region) -> None:
    officer = await region.person("inspector", signed_in=False)
    for _ in range(FREE_FROM_ADDRESS + 1):
        last = await fail(region, officer.username, through(region, PROXY, "198.51.100.7"))

    async with through(region, PROXY, "198.51.100.8") as client:
        answer = await region.sign_in(client, officer.username, PASSWORD)

    assert last == "accounts.too_many_tries"
    assert answer.status_code == 201


async def test_without_a_trusted_proxy_the_header_says_nothing(region: Region) -> None:
    officer = await region.person("inspector")

    answer = await officer.client.get("/api/accounts/me/sessions", headers={"x-forwarded-for": "198.51.100.7"})

    assert answer.json()["items"][0]["address"] == "127.0.0.1"
    refused = await officer.client.post(
        "/api/accounts/me/password",
        json={"current": "x", "new": "山高水长-2026年"},
        headers={"x-forwarded-for": "1.1.1.1"},
    )
    assert_problem(refused, "accounts.password_wrong")

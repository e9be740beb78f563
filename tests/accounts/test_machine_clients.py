"""Machine clients: a token opens its scopes, and nothing else, until it ends."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from palmcheck.accounts import sessions
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.ids import new_id
from tests.accounts.people import Region
from tests.world.county import assert_problem
from tests.world.phone import Json

TOKENS = "/api/accounts/tokens"


def to_issue(*scopes: str, days: int = 30) -> Json:
    expires_on = law_date(now()) + timedelta(days=days)
    return {"name": "省平台", "scopes": list(scopes or ("inspection.read",)), "expires_on": expires_on.isoformat()}


async def machine(region: Region, *scopes: str) -> tuple[httpx.AsyncClient, str, httpx.AsyncClient]:
    """The machine's client, its token's address and the administrator's client."""
    admin = await region.person("system_administrator")
    path = f"{TOKENS}/{new_id()}"
    issued = await admin.client.put(path, json=to_issue(*scopes))
    assert issued.status_code == 200, issued.text
    client = region.client()
    client.headers["authorization"] = f"Bearer {issued.json()['secret']}"
    return client, path, admin.client


async def test_a_token_opens_its_scopes_and_nothing_else(region: Region) -> None:
    client, _, _ = await machine(region, "inspection.read")

    assert (await client.get("/api/inspections")).status_code == 200
    assert_problem(await client.get("/api/planning/tasks"), "accounts.not_allowed")
    assert_problem(await client.get("/api/accounts/me"), "accounts.not_allowed")
    assert_problem(await client.put(f"{TOKENS}/{new_id()}", json=to_issue()), "accounts.not_allowed")


async def test_a_revoked_token_is_dead_at_once(region: Region) -> None:
    client, path, admin = await machine(region)

    assert (await admin.delete(path)).status_code == 204
    assert (await admin.delete(path)).status_code == 204

    assert_problem(await client.get("/api/inspections"), "accounts.signed_out")
    assert (await admin.get(TOKENS)).json()["items"][0]["revoked_at"] is not None


async def test_a_token_ends_after_its_last_day(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    client, _, _ = await machine(region)
    monkeypatch.setattr(sessions, "now", lambda: now() + timedelta(days=29))
    assert (await client.get("/api/inspections")).status_code == 200

    monkeypatch.setattr(sessions, "now", lambda: now() + timedelta(days=32))

    assert_problem(await client.get("/api/inspections"), "accounts.signed_out")


async def test_the_secret_is_shown_once_and_kept_as_its_hash(region: Region) -> None:
    admin = await region.person("joint_office")
    path, body = f"{TOKENS}/{new_id()}", to_issue("plan.read")

    first, again = await admin.client.put(path, json=body), await admin.client.put(path, json=body)
    other = await admin.client.put(path, json=to_issue("draw.read"))

    secret = first.json()["secret"]
    assert again.json() == first.json() | {"secret": None}
    assert_problem(other, "id_reuse")
    assert secret not in (await admin.client.get(TOKENS)).text
    async with region.database.reading() as session:
        assert secret not in str(await session.scalar(text("select string_agg(t::text, '') from api_token t")))


async def test_the_last_use_is_kept(region: Region) -> None:
    client, _, admin = await machine(region)
    assert (await admin.get(TOKENS)).json()["items"][0]["last_used_at"] is None

    await client.get("/api/inspections")

    assert (await admin.get(TOKENS)).json()["items"][0]["last_used_at"] is not None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (to_issue("account.administer"), "accounts.scope_not_for_machines"),
        (to_issue("plan.read", "nonsense"), "accounts.scope_not_for_machines"),
        (to_issue(days=0), "accounts.token_life_invalid"),
        (to_issue(days=800), "accounts.token_life_invalid"),
    ],
)
async def test_scopes_that_write_and_endless_lives_are_refused(region: Region, body: Json, code: str) -> None:
    admin = await region.person("system_administrator")

    assert_problem(await admin.client.put(f"{TOKENS}/{new_id()}", json=body), code)


async def test_a_wrong_token_is_nobody_even_beside_a_good_cookie(region: Region) -> None:
    admin = await region.person("system_administrator")

    answer = await admin.client.get(TOKENS, headers={"authorization": "Bearer pct_wrong"})

    assert_problem(answer, "accounts.signed_out")


async def test_another_jurisdictions_token_is_not_there(region: Region) -> None:
    _, path, _ = await machine(region)
    west = await region.person("system_administrator", region.west)

    assert_problem(await west.client.delete(path), "not_found")
    assert (await west.client.get(TOKENS)).json()["items"] == []

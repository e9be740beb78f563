"""Sign-in, the cookie and its end; writes of other sites' pages."""

import httpx
import pytest
from sqlalchemy import text

from palmcheck.accounts.permissions import permissions_of
from palmcheck.demonstration.county import DemoAccount
from palmcheck.kernel.ids import new_id
from tests.world.county import World, assert_problem
from tests.world.phone import Json, Phone

SESSIONS, CURRENT, ME = "/api/accounts/sessions", "/api/accounts/sessions/current", "/api/accounts/me"


def credentials(login: DemoAccount, **more: str) -> Json:
    return {"username": login.username, "password": login.password} | more


async def test_the_signed_in_learn_who_they_are_and_what_they_may(world: World) -> None:
    lead, login = await world.team_lead(), world.login("team_lead")

    me = (await lead.get(ME)).json()

    assert (me["username"], me["display_name"], me["roles"]) == (login.username, login.display_name, ["team_lead"])
    assert me["permissions"] == sorted(permissions_of(["team_lead"]))
    assert (me["jurisdiction"]["name"], me["department"]["code"]) == ("临江县", "market_regulation")
    assert (me["inspector_id"], me["device_id"]) == (None, None)


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(world: World) -> None:
    login, client = world.login("team_lead"), world.client()

    wrong = await client.post(SESSIONS, json=credentials(login) | {"password": "wrong"})
    unknown = await client.post(SESSIONS, json=credentials(login) | {"username": "nobody"})

    assert_problem(wrong, "accounts.credentials_invalid", status=401)
    assert wrong.content == unknown.content
    assert "set-cookie" not in wrong.headers


@pytest.mark.parametrize("status", ["retired", "transferred"])
async def test_who_has_left_is_out_at_once(world: World, status: str) -> None:
    phone = await world.phone(login := world.login("inspector"))
    desk = await world.sign_in(login)
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text("update account set status = :status where username = :name"),
            {"status": status, "name": login.username},
        )

    assert_problem(await desk.get(ME), "accounts.signed_out")
    assert_problem(await phone.client.get("/api/field/changes"), "accounts.signed_out")
    assert_problem(await world.client().post(SESSIONS, json=credentials(login)), "accounts.credentials_invalid")


async def test_a_phone_of_another_or_an_unknown_one_signs_nobody_in(world: World) -> None:
    first, second = (login for login in world.logins if login.username in {"he.zhiyuan", "lin.shuping"})
    phone = await world.phone(first)

    for device_id in (str(phone.device_id), str(new_id())):
        answer = await world.client().post(SESSIONS, json=credentials(second, device_id=device_id))
        assert_problem(answer, "accounts.device_not_yours", rule="R17", field="device_id", status=403)


async def test_a_revoked_phone_is_out_at_once(world: World, inspector: DemoAccount) -> None:
    phone = await world.phone(inspector)
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update device set state = 'revoked'"))

    assert_problem(await phone.client.get(ME), "accounts.signed_out")
    answer = await phone.client.post(SESSIONS, json=credentials(inspector, device_id=str(phone.device_id)))
    assert_problem(answer, "accounts.device_not_yours", rule="R17")


async def test_a_phone_has_one_session_at_a_time(world: World, inspector: DemoAccount) -> None:
    phone = await world.phone(inspector)
    again = Phone(world.client(), phone.device_id, phone.key)
    body = credentials(inspector, device_id=str(phone.device_id))
    assert (await again.client.post(SESSIONS, json=body)).status_code == 201

    assert_problem(await phone.client.get(ME), "accounts.signed_out")
    assert (await again.client.get(ME)).json()["device_id"] == str(phone.device_id)


async def test_scripts_and_other_sites_cannot_have_the_cookie(world: World) -> None:
    login = world.login("team_lead")
    plain = await world.client().post(SESSIONS, json=credentials(login))
    secure = await world.client().post(f"https://palmcheck.test{SESSIONS}", json=credentials(login))

    flags = {part.strip().partition("=")[0].lower() for part in plain.headers["set-cookie"].split(";")}
    assert {"httponly", "samesite", "path", "max-age"} <= flags
    assert "samesite=strict" in plain.headers["set-cookie"].lower()
    assert "secure" not in flags
    assert "; secure" in secure.headers["set-cookie"].lower()
    assert plain.cookies["palmcheck_session"] not in plain.text


async def test_the_database_keeps_no_token(world: World) -> None:
    lead = await world.team_lead()
    token = lead.cookies["palmcheck_session"]
    async with world.database.reading() as session:
        kept = (await session.scalars(text("select row_to_json(session)::text from session"))).all()

    assert len(token) >= 40
    assert not any(token in row for row in kept)


async def test_signing_out_ends_the_session_for_good(world: World) -> None:
    lead = await world.team_lead()
    token = lead.cookies["palmcheck_session"]

    assert (await lead.delete(CURRENT)).status_code == 204

    thief = world.client()
    thief.cookies.set("palmcheck_session", token)
    assert_problem(await thief.get(ME), "accounts.signed_out", status=401)


async def test_a_session_ends_by_itself(world: World) -> None:
    lead = await world.team_lead()
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update session set expires_at = now() - interval '1 second'"))

    assert_problem(await lead.get(ME), "accounts.signed_out")


@pytest.mark.parametrize("token", [b"", b"x", b"\xc3\xa9", b"\xff", b"x" * 4000, b'"', b"x; palmcheck_session=y"])
async def test_a_cookie_that_is_none_is_nobody(client: httpx.AsyncClient, token: bytes) -> None:
    answer = await client.get(ME, headers={b"cookie": b"palmcheck_session=" + token})

    assert_problem(answer, "accounts.signed_out")


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "cross-site", "origin": "http://palmcheck.test"},
    {"origin": "https://elsewhere.example"},
    {"origin": "http://palmcheck.test.elsewhere.example"},
    {"origin": "null"},
]
OURS: list[dict[str, str]] = [
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "http://palmcheck.test"},
    {},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_write_of_another_site_s_page_is_refused(world: World, headers: dict[str, str]) -> None:
    lead = await world.team_lead()

    assert_problem(await lead.delete(CURRENT, headers=headers), "accounts.foreign_origin", status=403)
    assert (await lead.get(ME, headers=headers)).status_code == 200  # reading changes nothing
    stranger = await world.client().post(SESSIONS, json=credentials(world.login("team_lead")), headers=headers)
    assert_problem(stranger, "accounts.foreign_origin")


@pytest.mark.parametrize("headers", OURS, ids=str)
async def test_a_write_of_our_own_page_or_of_no_browser_passes(world: World, headers: dict[str, str]) -> None:
    lead = await world.team_lead()

    assert (await lead.delete(CURRENT, headers=headers)).status_code == 204

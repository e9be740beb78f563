"""Taking up a session by the phone's key: the lost cookie is replaced, nothing else is opened by it."""

from datetime import timedelta

import httpx
from sqlalchemy import text

from palmcheck.accounts.resumption import CHALLENGE_LASTS
from palmcheck.demonstration.county import DemoAccount
from palmcheck.kernel.clock import now
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.stamps import make_stamp
from tests.world.county import World, assert_problem
from tests.world.phone import Json, Phone

ME, PURPOSE = "/api/accounts/me", "palmcheck/session-resumption/v1"


async def challenge(phone: Phone) -> str:
    answer = await phone.client.post("/api/accounts/sessions/challenges", json={"device_id": str(phone.device_id)})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["challenge"])


def answer_to(given: str, phone: Phone, **other: str) -> Json:
    """What the phone signs; `other` members instead of its own."""
    signed = {"purpose": PURPOSE, "device_id": str(phone.device_id), "challenge": given} | other
    sent = {key: value for key, value in signed.items() if key != "purpose"}
    return sent | {"signature": phone.sign(signed)}


async def resume(client: httpx.AsyncClient, body: Json) -> httpx.Response:
    return await client.post("/api/accounts/sessions/resumptions", json=body)


async def test_a_phone_without_its_cookie_gets_a_new_one_and_the_old_is_dead(
    world: World, inspector: DemoAccount
) -> None:
    phone = await world.phone(inspector)
    old = phone.client.cookies["palmcheck_session"]
    phone.client.cookies.clear()

    answer = await resume(phone.client, answer_to(await challenge(phone), phone))

    assert answer.status_code == 201
    assert (answer.json()["username"], answer.json()["device_id"]) == (inspector.username, str(phone.device_id))
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert (await phone.client.get("/api/field/changes")).status_code == 200
    thief = world.client()
    thief.cookies.set("palmcheck_session", old)
    assert_problem(await thief.get(ME), "accounts.signed_out")


async def test_only_the_phone_s_own_key_opens_it(world: World, inspector: DemoAccount) -> None:
    phone = await world.phone(inspector)
    other = Phone(world.client(), device_id=phone.device_id)
    given = await challenge(phone)

    forgeries = [
        answer_to(given, other),
        answer_to(given, phone) | {"signature": ""},
        answer_to(given, phone, purpose="palmcheck/device-enrolment/v1"),
        answer_to(given, phone) | {"challenge": await challenge(phone)},
    ]

    for forged in forgeries:
        assert_problem(await resume(world.client(), forged), "accounts.session_over", status=401)
    assert (await phone.client.get(ME)).status_code == 200  # the session itself is unharmed


async def test_a_challenge_is_for_one_phone_for_two_minutes_and_from_this_server(
    world: World, inspector: DemoAccount
) -> None:
    phone = await world.phone(inspector)
    key = world.app.state.challenge_key
    stale = make_stamp(key, phone.device_id, now() - CHALLENGE_LASTS - timedelta(seconds=1))
    foreign = make_stamp(key, new_id(), now())
    forged = make_stamp(b"another server's key", phone.device_id, now())

    for given in (stale, foreign, forged, "", "AAAA", phone.nonce):
        assert_problem(await resume(world.client(), answer_to(given, phone)), "accounts.session_over")


async def test_a_phone_that_was_never_enrolled_has_nothing_to_take_up(world: World) -> None:
    stranger = Phone(world.client())

    answer = await resume(stranger.client, answer_to(await challenge(stranger), stranger))

    assert_problem(answer, "accounts.session_over")


async def test_who_signed_out_stays_out(world: World, inspector: DemoAccount) -> None:
    phone = await world.phone(inspector)
    given = await challenge(phone)
    await phone.client.delete("/api/accounts/sessions/current")

    assert_problem(await resume(world.client(), answer_to(given, phone)), "accounts.session_over")


async def test_who_is_out_of_use_stays_out(world: World, inspector: DemoAccount) -> None:
    phone = await world.phone(inspector)
    for change, back in (
        ("update device set state = 'revoked'", "update device set state = 'active'"),
        ("update account set status = 'retired'", "update account set status = 'active'"),
        ("update session set expires_at = now()", "update session set expires_at = now() + interval '1 day'"),
    ):
        async with world.database.engine.begin() as connection:
            await connection.execute(text(change))
        answer = await resume(world.client(), answer_to(await challenge(phone), phone))
        assert_problem(answer, "accounts.session_over")
        async with world.database.engine.begin() as connection:
            await connection.execute(text(back))

    assert (await resume(world.client(), answer_to(await challenge(phone), phone))).status_code == 201

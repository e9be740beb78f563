"""Enrolment: one phone an account, by a code that works once (R17)."""

import asyncio
from uuid import UUID

from sqlalchemy import text

from palmcheck.accounts import service as accounts
from palmcheck.demonstration.county import DemoAccount
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from tests.world.county import World, assert_problem
from tests.world.phone import Json, Phone

DEVICES = "/api/accounts/devices"


def code_of(login: DemoAccount) -> str:
    assert login.enrolment_code is not None
    return login.enrolment_code


async def another_code(world: World, phone: Phone) -> str:
    """A code for the account of an enrolled phone: it moves to a new one."""
    me = (await phone.client.get("/api/accounts/me")).json()
    async with world.database.unit_of_work() as tx:
        place, account = UUID(me["jurisdiction"]["id"]), UUID(me["account_id"])
        return await accounts.issue_enrolment_code(tx, SystemActor("tests"), place, account)


async def test_a_phone_learns_whose_it_is(world: World, inspector: DemoAccount) -> None:
    phone = Phone(world.client())

    answer = await phone.client.post(DEVICES, json=phone.enrolment(code_of(inspector)))

    assert answer.status_code == 201
    body = answer.json()
    assert (body["device_id"], body["username"]) == (str(phone.device_id), inspector.username)
    assert (body["department_name"], body["jurisdiction_name"]) == (inspector.department, "临江县")


async def test_a_repeat_answers_the_same_and_other_bytes_do_not(world: World, inspector: DemoAccount) -> None:
    phone = Phone(world.client())
    body = phone.enrolment(code_of(inspector))
    first = await phone.client.post(DEVICES, json=body)

    again = await phone.client.post(DEVICES, json=body)
    other = await phone.client.post(DEVICES, json=body | {"name": "另一部手机"})

    assert (again.status_code, again.content) == (201, first.content)
    assert_problem(other, "id_reuse", field="device_id")


async def test_repeats_at_the_same_time_answer_the_same(world: World, inspector: DemoAccount) -> None:
    phone = Phone(world.client())
    body = phone.enrolment(code_of(inspector))

    answers = await asyncio.gather(*(phone.client.post(DEVICES, json=body) for _ in range(4)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1


async def test_a_code_works_once_and_for_nobody_who_mistypes_it(world: World, inspector: DemoAccount) -> None:
    await world.phone(inspector)
    second, stranger = Phone(world.client()), Phone(world.client())

    used = await second.client.post(DEVICES, json=second.enrolment(code_of(inspector)))
    wrong = await stranger.client.post(DEVICES, json=stranger.enrolment("2222-2222"))

    assert_problem(used, "accounts.enrolment_code_invalid", field="code", status=422)
    assert_problem(wrong, "accounts.enrolment_code_invalid", field="code")


async def test_a_code_is_taken_as_people_type_it(world: World, inspector: DemoAccount) -> None:
    phone = Phone(world.client())
    typed = f" {code_of(inspector).lower().replace('-', ' ')} "

    assert (await phone.client.post(DEVICES, json=phone.enrolment(typed))).status_code == 201


async def test_a_code_that_is_too_old_is_none(world: World, inspector: DemoAccount) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(text("update enrolment_code set expires_at = now() - interval '1 second'"))
    phone = Phone(world.client())

    answer = await phone.client.post(DEVICES, json=phone.enrolment(code_of(inspector)))

    assert_problem(answer, "accounts.enrolment_code_invalid", field="code")


async def test_a_phone_that_does_not_hold_its_key_is_refused_and_the_code_stays(
    world: World, inspector: DemoAccount
) -> None:
    phone, other = Phone(world.client()), Phone(world.client())
    body = phone.enrolment(code_of(inspector))
    forgeries: list[Json] = [
        body | {"public_key": other.public_key()},
        body | {"proof": other.sign({"purpose": "palmcheck/device-enrolment/v1"})},
        body | {"proof": "AAAA"},
        body | {"device_id": str(new_id())},
    ]

    for forged in forgeries:
        answer = await phone.client.post(DEVICES, json=forged)
        assert_problem(answer, "accounts.device_proof_invalid", field="proof")
    assert (await phone.client.post(DEVICES, json=body)).status_code == 201


async def test_the_old_phone_drains_it_may_push_and_pulls_nothing(world: World) -> None:
    old, parts = await world.phone_with_parts()
    unsent = old.check_in(parts[0])
    login = await login_of(world, old)
    new = Phone(world.client())
    await new.enrol(await another_code(world, old), login.username, login.password)

    pulled = await old.client.get("/api/field/changes")

    assert_problem(pulled, "field.device_draining", rule="R17", status=403)
    assert [verdict["verdict"] for verdict in await old.push(unsent)] == ["accepted"]
    assert len(await new.my_parts()) == len(parts)
    assert (await states(world, login.username)) == {str(old.device_id): "draining", str(new.device_id): "active"}


async def test_who_signs_in_again_on_a_draining_phone_may_push_and_pulls_nothing(world: World) -> None:
    old, parts = await world.phone_with_parts()
    unsent = old.check_in(parts[0])
    login = await login_of(world, old)
    await Phone(world.client()).enrol(await another_code(world, old), login.username, login.password)
    await old.client.delete("/api/accounts/sessions/current")

    body = {"username": login.username, "password": login.password, "device_id": str(old.device_id)}
    assert (await old.client.post("/api/accounts/sessions", json=body)).status_code == 201

    assert_problem(await old.client.get("/api/field/changes"), "field.device_draining", rule="R17")
    assert [verdict["verdict"] for verdict in await old.push(unsent)] == ["accepted"]


async def login_of(world: World, phone: Phone) -> DemoAccount:
    name = (await phone.client.get("/api/accounts/me")).json()["username"]
    return next(login for login in world.logins if login.username == name)


async def states(world: World, of: str) -> dict[str, str]:
    async with world.database.reading() as session:
        rows = await session.execute(
            text("select device.id, state from device join account on account.id = account_id where username = :of"),
            {"of": of},
        )
        return {str(row.id): row.state for row in rows}

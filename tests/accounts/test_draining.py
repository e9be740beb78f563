"""A replaced phone sends what it holds for 90 days, hears nothing meanwhile, then ends (R17). The clock is moved."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from palmcheck.accounts import sessions
from palmcheck.demonstration.county import DemoAccount
from palmcheck.field import pulling, pushing
from palmcheck.jurisdictions.settings import DRAINING_DAYS
from palmcheck.kernel import unit_of_work
from palmcheck.kernel.clock import now
from tests.accounts.people import DEVICES_PATH
from tests.accounts.test_enrolment import another_code, login_of
from tests.accounts.test_resumption import answer_to, challenge, resume
from tests.world.county import World, assert_problem
from tests.world.phone import Json, Phone

Later = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Moves the clock of everything that asks whether a phone still counts."""

    def move(by: timedelta) -> None:
        for module in (unit_of_work, sessions, pulling, pushing):
            monkeypatch.setattr(module, "now", lambda: now() + by)

    return move


async def replaced(world: World) -> tuple[Phone, list[Json], DemoAccount]:
    """A phone with unsent work whose owner has a new one."""
    old, parts = await world.phone_with_parts()
    login = await login_of(world, old)
    await Phone(world.client()).enrol(await another_code(world, old), login.username, login.password)
    return old, parts, login


async def sign_in(old: Phone, login: DemoAccount) -> httpx.Response:
    body = {"username": login.username, "password": login.password, "device_id": str(old.device_id)}
    return await old.client.post("/api/accounts/sessions", json=body)


async def test_on_the_last_day_it_still_sends_and_does_nothing_else(world: World, later: Later) -> None:
    old, parts, login = await replaced(world)
    later(timedelta(days=90) - timedelta(minutes=1))

    assert (await sign_in(old, login)).status_code == 201

    assert_problem(await old.client.get("/api/field/changes"), "field.device_draining", rule="R17")
    assert_problem(await old.client.get("/api/inspections"), "accounts.not_allowed")
    assert [each["verdict"] for each in await old.push(old.check_in(parts[0]))] == ["accepted"]


async def test_when_its_days_are_over_its_session_its_key_and_its_password_end(world: World, later: Later) -> None:
    old, parts, login = await replaced(world)
    later(timedelta(days=75))
    assert (await sign_in(old, login)).status_code == 201  # a session that would last to day 105
    later(timedelta(days=90, minutes=1))

    pushed = await old.client.post("/api/field/operations", json={"operations": [old.check_in(parts[0])]})

    assert_problem(pushed, "accounts.signed_out", status=401)
    assert_problem(await resume(old.client, answer_to(await challenge(old), old)), "accounts.session_over")
    assert_problem(await sign_in(old, login), "accounts.device_not_yours", rule="R17")


async def test_how_long_is_the_jurisdiction_s_setting_and_the_list_says_until_when(world: World) -> None:
    office = await world.sign_in(world.login("joint_office"))
    changed = await office.put(
        f"/api/jurisdictions/settings/{DRAINING_DAYS.key}",
        json={"value": 30, "reason": "手机统一更换"},
        headers={"if-match": '"0"'},
    )
    assert changed.status_code == 200, changed.text
    old, _, _ = await replaced(world)

    listed = (await office.get(DEVICES_PATH)).json()["items"]

    until = {each["id"]: each["drains_until"] for each in listed}
    assert until[str(old.device_id)][:10] == f"{now() + timedelta(days=30):%Y-%m-%d}"
    assert [each for each in until.values() if each is None] != []

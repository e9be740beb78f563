"""Accounts are opened, changed, ended and brought back by those whose they are to administer."""

from sqlalchemy import text

from palmcheck.kernel import trail
from palmcheck.kernel.ids import new_id
from tests.accounts.people import PASSWORD, USERS, Region, to_open
from tests.world.county import assert_problem
from tests.world.phone import Phone


async def test_a_department_administrator_opens_an_account_that_changes_its_password_first(region: Region) -> None:
    admin = await region.person("department_administrator")
    path = f"{USERS}/{new_id()}"
    body = to_open("zhao.mingyuan", region.east.departments["market_regulation"], "inspector")

    opened = await admin.client.put(path, json=body)
    again = await admin.client.put(path, json=body)

    assert opened.status_code == 200, opened.text
    password = opened.json()["one_time_password"]
    assert len(password) == 14
    assert again.json() == {"account": opened.json()["account"], "one_time_password": None}
    newcomer = region.client()
    me = (await region.sign_in(newcomer, "zhao.mingyuan", password)).json()
    assert me["must_change_password"] is True
    assert_problem(await newcomer.get("/api/inspections"), "accounts.password_change_due")
    change = {"current": password, "new": "山高水长-2026年"}
    assert (await newcomer.post("/api/accounts/me/password", json=change)).status_code == 204
    assert (await newcomer.get("/api/inspections")).status_code == 200
    assert (await newcomer.get("/api/accounts/me")).json()["must_change_password"] is False


async def test_an_id_with_other_content_and_a_taken_name_are_refused(region: Region) -> None:
    admin = await region.person("department_administrator")
    market = region.east.departments["market_regulation"]
    path = f"{USERS}/{new_id()}"
    await admin.client.put(path, json=to_open("zhao.mingyuan", market, "inspector"))

    other = await admin.client.put(path, json=to_open("zhao.mingyuan", market, "team_lead"))
    taken = await admin.client.put(f"{USERS}/{new_id()}", json=to_open("zhao.mingyuan", market, "inspector"))

    assert_problem(other, "id_reuse", status=409)
    assert_problem(taken, "accounts.username_taken", field="username")


async def test_nobody_gives_a_role_wider_than_his_own_nor_outside_his_department(region: Region) -> None:
    admin, office = await region.person("department_administrator"), await region.person("joint_office")
    health = region.east.departments["health"]

    wide = await admin.client.put(f"{USERS}/{new_id()}", json=to_open("a.b", None, "auditor"))
    elsewhere = await admin.client.put(f"{USERS}/{new_id()}", json=to_open("a.b", health, "inspector"))
    nowhere = await office.client.put(f"{USERS}/{new_id()}", json=to_open("a.b", None, "inspector"))
    system = await office.client.put(f"{USERS}/{new_id()}", json=to_open("a.b", None, "system_administrator"))
    fine = await office.client.put(f"{USERS}/{new_id()}", json=to_open("a.b", health, "inspector"))

    assert_problem(wide, "accounts.role_not_yours_to_give", field="roles")
    assert_problem(elsewhere, "accounts.department_needed", field="department_id")
    assert_problem(nowhere, "accounts.department_needed", field="department_id")
    assert_problem(system, "accounts.role_not_yours_to_give")
    assert fine.status_code == 200


async def test_a_department_administrator_cannot_take_over_a_wider_account_of_his_department(region: Region) -> None:
    admin = await region.person("department_administrator")
    office = await region.person("joint_office", department="market_regulation")

    reset = await admin.client.post(f"{office.path}/password-reset")
    own = await admin.client.post(f"{admin.path}/password-reset")

    assert_problem(reset, "accounts.role_not_yours_to_give")
    assert_problem(own, "accounts.not_your_own")
    assert (await office.client.get("/api/accounts/me")).status_code == 200


async def test_a_transfer_ends_every_right_at_once(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")
    code = (await admin.client.post(f"{officer.path}/enrolment-code")).json()["code"]
    phone = Phone(region.client())
    await phone.enrol(code, officer.username, PASSWORD)
    unused = (await admin.client.post(f"{officer.path}/enrolment-code")).json()["code"]

    ended = await admin.client.post(
        f"{officer.path}/departure", json={"status": "transferred", "reason": "调往县发改局"}
    )

    assert ended.status_code == 200, ended.text
    assert (ended.json()["status"], ended.json()["device_state"]) == ("transferred", "revoked")
    assert_problem(await officer.client.get("/api/accounts/me"), "accounts.signed_out")
    assert_problem(await phone.client.get("/api/field/changes"), "accounts.signed_out")
    assert_problem(await region.sign_in(region.client(), officer.username), "accounts.credentials_invalid")
    late = Phone(region.client())
    refused = await late.client.post("/api/accounts/devices", json=late.enrolment(unused))
    assert_problem(refused, "accounts.enrolment_code_invalid")
    again = await admin.client.post(f"{officer.path}/departure", json={"status": "retired", "reason": "退休"})
    assert_problem(again, "accounts.ended")
    async with region.database.reading() as session:
        assert await trail.verify(session, region.east.id) == []


async def test_who_returns_gets_a_one_time_password_and_no_old_phone(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")
    early = await admin.client.post(f"{officer.path}/return", json={"reason": "误操作"})
    await admin.client.post(f"{officer.path}/departure", json={"status": "retired", "reason": "退休"})

    back = await admin.client.post(f"{officer.path}/return", json={"reason": "返聘"})

    assert_problem(early, "accounts.still_active")
    assert back.json()["account"]["status"] == "active"
    assert_problem(await region.sign_in(region.client(), officer.username), "accounts.credentials_invalid")
    answer = await region.sign_in(region.client(), officer.username, back.json()["one_time_password"])
    assert answer.status_code == 201


async def test_a_change_of_department_and_roles_counts_at_once_and_only_over_the_version_seen(region: Region) -> None:
    office, officer = await region.person("joint_office"), await region.person("inspector")
    health = str(region.east.departments["health"])
    change = {"display_name": "钱伟", "roles": ["team_lead"], "department_id": health}
    seen = {"if-match": (await office.client.get(officer.path)).headers["etag"]}

    blind = await office.client.put(f"{officer.path}/rights", json=change)
    changed = await office.client.put(f"{officer.path}/rights", json=change, headers=seen)
    stale = await office.client.put(f"{officer.path}/rights", json=change, headers=seen)

    assert_problem(blind, "jurisdictions.version_needed")
    assert (changed.json()["roles"], changed.json()["version"]) == (["team_lead"], 2)
    assert (seen["if-match"], changed.headers["etag"]) == ('"1"', '"2"')
    assert_problem(stale, "jurisdictions.changed_meanwhile")
    me = (await officer.client.get("/api/accounts/me")).json()
    assert (me["display_name"], me["department"]["code"], me["roles"]) == ("钱伟", "health", ["team_lead"])
    history = (await office.client.get(f"{officer.path}/history")).json()["items"]
    assert [entry["name"] for entry in history] == ["account.changed", "account.signed_in", "account.opened"]
    assert history[0]["by_name"] == "joint_office"
    assert {"field": "roles", "before": ["inspector"], "after": ["team_lead"]} in history[0]["changes"]
    department = {"field": "department", "before": ["市场监督管理局"], "after": ["卫生健康局"]}
    assert department in history[0]["changes"]


async def test_a_reset_password_ends_the_sessions_and_the_old_password(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")

    reset = await admin.client.post(f"{officer.path}/password-reset")

    assert_problem(await officer.client.get("/api/accounts/me"), "accounts.signed_out")
    assert_problem(await region.sign_in(region.client(), officer.username), "accounts.credentials_invalid")
    answer = await region.sign_in(region.client(), officer.username, reset.json()["one_time_password"])
    assert answer.json()["must_change_password"] is True


async def test_the_enrolment_code_comes_as_qr_and_ends_the_one_before(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")

    first = (await admin.client.post(f"{officer.path}/enrolment-code")).json()
    second = (await admin.client.post(f"{officer.path}/enrolment-code")).json()

    assert second["payload"] == f"palmcheck-enrol:http://palmcheck.test#{second['code']}"
    assert second["qr_svg"].startswith("<svg")
    phone = Phone(region.client())
    old = await phone.client.post("/api/accounts/devices", json=phone.enrolment(first["code"]))
    assert_problem(old, "accounts.enrolment_code_invalid")
    new = await phone.client.post("/api/accounts/devices", json=phone.enrolment(second["code"]))
    assert new.status_code == 201


async def test_no_secret_is_kept_in_clear_text(region: Region) -> None:
    office, officer = await region.person("joint_office"), await region.person("inspector")
    reset = (await office.client.post(f"{officer.path}/password-reset")).json()["one_time_password"]
    code = (await office.client.post(f"{officer.path}/enrolment-code")).json()["code"]

    async with region.database.reading() as session:
        dump = ""
        for table in ("account", "enrolment_code", "audit_event", "session"):
            dump += str(await session.scalar(text(f"select string_agg(t::text, ' ') from {table} t")))

    assert reset not in dump
    assert code not in dump
    assert code.replace("-", "") not in dump

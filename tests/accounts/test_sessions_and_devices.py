"""Sessions and phones: seen and ended by their owner and by an administrator; read down from the city."""

from tests.accounts.people import PASSWORD, USERS, Person, Region
from tests.world.county import assert_problem
from tests.world.phone import Phone

DEVICES = "/api/accounts/enrolled-devices"


async def phone_of(region: Region, admin: Person, officer: Person) -> Phone:
    code = (await admin.client.post(f"{officer.path}/enrolment-code")).json()["code"]
    phone = Phone(region.client())
    await phone.enrol(code, officer.username, PASSWORD)
    return phone


async def test_the_own_sessions_are_listed_and_ended(region: Region) -> None:
    officer = await region.person("inspector")
    other = region.client()
    await region.sign_in(other, officer.username)

    listed = (await officer.client.get("/api/accounts/me/sessions")).json()["items"]
    (foreign,) = [each for each in listed if not each["current"]]
    ended = await officer.client.delete(f"/api/accounts/me/sessions/{foreign['id']}")

    assert len(listed) == 2
    assert foreign["address"] == "127.0.0.1"
    assert "httpx" in foreign["browser"]
    assert ended.status_code == 204
    assert_problem(await other.get("/api/accounts/me"), "accounts.signed_out")
    assert len((await officer.client.get("/api/accounts/me/sessions")).json()["items"]) == 1


async def test_all_but_this_session_end_and_none_of_somebody_else(region: Region) -> None:
    officer, neighbour = await region.person("inspector"), await region.person("inspector")
    other = region.client()
    await region.sign_in(other, officer.username)
    theirs = (await neighbour.client.get("/api/accounts/me/sessions")).json()["items"][0]["id"]

    foreign = await officer.client.delete(f"/api/accounts/me/sessions/{theirs}")
    assert (await officer.client.delete("/api/accounts/me/sessions")).status_code == 204

    assert_problem(foreign, "not_found")
    assert (await officer.client.get("/api/accounts/me")).status_code == 200
    assert (await neighbour.client.get("/api/accounts/me")).status_code == 200
    assert_problem(await other.get("/api/accounts/me"), "accounts.signed_out")


async def test_an_administrator_ends_sessions(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")

    listed = (await admin.client.get(f"{officer.path}/sessions")).json()["items"]
    assert (await admin.client.delete(f"{officer.path}/sessions/{listed[0]['id']}")).status_code == 204
    assert_problem(await officer.client.get("/api/accounts/me"), "accounts.signed_out")
    await region.sign_in(officer.client, officer.username)
    assert (await admin.client.delete(f"{officer.path}/sessions")).status_code == 204
    assert_problem(await officer.client.get("/api/accounts/me"), "accounts.signed_out")


async def test_a_revoked_phone_is_stopped_and_stays_listed(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")
    phone = await phone_of(region, admin, officer)
    revocation = f"{DEVICES}/{phone.device_id}/revocation"

    assert (await admin.client.post(revocation, json={"reason": "手机遗失"})).status_code == 204
    assert (await admin.client.post(revocation, json={"reason": "手机遗失"})).status_code == 204

    assert_problem(await phone.client.get("/api/field/changes"), "accounts.signed_out")
    (listed,) = (await admin.client.get(DEVICES, params={"state": "revoked"})).json()["items"]
    assert (listed["id"], listed["display_name"]) == (str(phone.device_id), "inspector")


async def test_a_second_phone_makes_the_first_drain(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")
    first = await phone_of(region, admin, officer)
    second = await phone_of(region, admin, officer)

    listed = (await admin.client.get(DEVICES, params={"account_id": str(officer.id)})).json()["items"]

    states = {each["id"]: each["state"] for each in listed}
    assert states == {str(first.device_id): "draining", str(second.device_id): "active"}


async def test_office_and_auditor_of_the_city_read_the_counties_and_change_nothing_there(region: Region) -> None:
    admin, officer = await region.person("department_administrator"), await region.person("inspector")
    west = await region.person("inspector", region.west)
    await phone_of(region, admin, officer)
    office, auditor = await region.person("joint_office", region.city), await region.person("auditor", region.city)

    for reader in (office, auditor):
        listed = (await reader.client.get(USERS)).json()["items"]
        assert {str(officer.id), str(west.id)} <= {each["id"] for each in listed}
        assert {each["jurisdiction"]["name"] for each in listed} == {"川南市", "东江县", "西山县"}
        assert len((await reader.client.get(DEVICES)).json()["items"]) == 1
        assert (await reader.client.get(officer.path)).json()["may_administer"] is False
    assert_problem(await office.client.post(f"{officer.path}/password-reset"), "not_found")
    assert_problem(await auditor.client.post(f"{officer.path}/password-reset"), "accounts.not_allowed")


async def test_a_county_sees_itself_only(region: Region) -> None:
    office = await region.person("joint_office")
    west, city = await region.person("inspector", region.west), await region.person("auditor", region.city)

    listed = (await office.client.get(USERS)).json()["items"]

    assert {each["jurisdiction"]["name"] for each in listed} == {"东江县"}
    assert_problem(await office.client.get(west.path), "not_found")
    assert_problem(await office.client.get(city.path), "not_found")

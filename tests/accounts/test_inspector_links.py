"""An account stands for an inspector of the registry: one of its department, in service, and nobody else's."""

import httpx

from palmcheck.kernel.ids import new_id
from tests.accounts.people import USERS, to_open
from tests.accounts.test_import import send_as, xlsx
from tests.registry.desks import desk
from tests.registry.people.staff import HEALTH, INSPECTORS, entered, home_of
from tests.world.county import World, assert_problem
from tests.world.phone import Json, Phone

MARKET = "市场监督管理局"


async def unlinked(admin: httpx.AsyncClient, department: str, username: str = "ouyang.zhiqiu") -> Json:
    """An account without an inspector, as files made them before."""
    answer = await admin.put(f"{USERS}/{new_id()}", json=to_open(username, department, "inspector", name="欧阳知秋"))  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


async def link(admin: httpx.AsyncClient, account: Json, inspector_id: str | None, version: int = 1) -> httpx.Response:
    body = {name: account[name] for name in ("display_name", "roles")}
    body |= {"department_id": account["department"]["id"], "inspector_id": inspector_id}
    return await admin.put(f"{USERS}/{account['id']}/rights", json=body, headers={"if-match": f'"{version}"'})


async def test_a_linked_account_opens_the_field_app(world: World) -> None:
    admin, home = await desk(world, "department_administrator"), await home_of(world)
    inspector = (await entered(admin, home))["inspector"]
    opened = await unlinked(admin, home)

    linked = await link(admin, opened["account"], inspector["id"])

    assert linked.status_code == 200, linked.text
    assert linked.json()["inspector_id"] == inspector["id"]
    (found,) = (await admin.get(USERS, params={"inspector_id": inspector["id"]})).json()["items"]
    assert found["id"] == opened["account"]["id"]
    assert (await admin.get(USERS, params={"linked": "no"})).json()["items"] == []
    code = (await admin.post(f"{USERS}/{found['id']}/enrolment-code")).json()["code"]
    phone = Phone(world.client())
    body = phone.enrolment(code)
    assert (await phone.client.post("/api/accounts/devices", json=body)).status_code == 201
    signing = {"username": "ouyang.zhiqiu", "password": opened["one_time_password"], "device_id": str(phone.device_id)}
    assert (await phone.client.post("/api/accounts/sessions", json=signing)).json()["inspector_id"] == inspector["id"]
    change = {"current": opened["one_time_password"], "new": "山高水长-2026年"}
    assert (await phone.client.post("/api/accounts/me/password", json=change)).status_code == 204
    assert (await phone.client.get("/api/field/changes")).status_code == 200
    history = (await admin.get(f"{USERS}/{found['id']}/history")).json()["items"]
    assert {"field": "inspector", "before": [], "after": ["欧阳知秋"]} in [
        change for entry in history for change in entry["changes"]
    ]


async def test_only_an_inspector_of_the_department_in_service_and_free_is_linked(world: World) -> None:
    admin, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    home, health = await home_of(world), await home_of(world, HEALTH)
    own = (await entered(admin, home))["inspector"]
    other = (await entered(office, health, certificate_number="川A-90001"))["inspector"]
    gone = (await entered(admin, home, certificate_number="川A-90002"))["inspector"]
    await admin.post(f"{INSPECTORS}/{gone['id']}/retire", json={"reason": "退休"})
    first, second = await unlinked(admin, home), await unlinked(admin, home, "second.one")

    assert_problem(await link(admin, first["account"], str(new_id())), "accounts.inspector_unknown")
    assert_problem(await link(admin, first["account"], gone["id"]), "accounts.inspector_unknown", field="inspector_id")
    assert_problem(await link(admin, first["account"], other["id"]), "accounts.inspector_elsewhere")
    assert (await link(admin, first["account"], own["id"])).status_code == 200
    taken = assert_problem(await link(admin, second["account"], own["id"]), "accounts.inspector_taken", status=409)
    assert "ouyang.zhiqiu" in taken["detail"]
    body = to_open("third.one", home, "inspector") | {"inspector_id": own["id"]}  # type: ignore[arg-type]
    assert_problem(await admin.put(f"{USERS}/{new_id()}", json=body), "accounts.inspector_taken")


async def test_whose_inspector_has_another_account_by_now_does_not_return(world: World) -> None:
    admin, home = await desk(world, "department_administrator"), await home_of(world)
    own = (await entered(admin, home))["inspector"]
    first, second = await unlinked(admin, home), await unlinked(admin, home, "second.one")
    await link(admin, first["account"], own["id"])
    path = f"{USERS}/{first['account']['id']}"
    await admin.post(f"{path}/departure", json={"status": "transferred", "reason": "借调"})
    assert (await link(admin, second["account"], own["id"])).status_code == 200

    assert_problem(await admin.post(f"{path}/return", json={"reason": "归队"}), "accounts.inspector_taken")


HEAD = ("姓名", "用户名", "部门", "角色", "执法证号")


async def test_a_file_links_by_certificate_number_new_accounts_and_those_of_before(world: World) -> None:
    admin, home = await desk(world, "department_administrator"), await home_of(world)
    first = (await entered(admin, home, certificate_number="川A-90001"))["inspector"]
    second = (await entered(admin, home, certificate_number="川A-90002"))["inspector"]
    before = await unlinked(admin, home)
    file = xlsx(
        ("欧阳知秋", "ouyang.zhiqiu", MARKET, "执法检查人员", " 川a-90001"),
        ("钱伟", "qian.wei", MARKET, "执法检查人员", "川A-90002"),
        ("孙立", "sun.li", MARKET, "牵头股室", ""),
        head=HEAD,
    )

    report = (await send_as(admin, file)).json()
    again = (await send_as(admin, file)).json()

    assert (report["opened"], report["linked"], report["bad_rows"]) == (2, 1, [])
    assert (again["opened"], again["linked"], again["unchanged"]) == (0, 0, 3)
    people = {each["username"]: each["inspector_id"] for each in (await admin.get(USERS)).json()["items"]}
    assert (people["ouyang.zhiqiu"], people["qian.wei"], people["sun.li"]) == (first["id"], second["id"], None)
    history = (await admin.get(f"{USERS}/{before['account']['id']}/history")).json()["items"]
    assert history[0]["name"] == "account.imported"


async def test_a_certificate_that_does_not_fit_is_a_fault_of_its_row(world: World) -> None:
    admin, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    home, health = await home_of(world), await home_of(world, HEALTH)
    await entered(admin, home, certificate_number="川A-90001")
    await entered(office, health, certificate_number="川A-90002")
    officer = world.login("inspector", MARKET)
    taken = (await admin.get(INSPECTORS, params={"q": officer.display_name})).json()["items"][0]["certificate_number"]
    rows = [
        (name, f"number.{at}", MARKET, "执法检查人员", number)
        for at, (name, number) in enumerate(
            [("甲", "没有"), ("乙", "川A-90002"), ("丙", taken), ("丁", "川A-90001"), ("戊", "川A-90001")]
        )
    ]

    report = (await send_as(admin, xlsx(*rows, head=HEAD), "good_rows")).json()

    assert [(row["line"], row["column"], row["rule"]) for row in report["bad_rows"]] == [
        (2, "执法证号", "certificate"),
        (3, "执法证号", "certificate_department"),
        (4, "执法证号", "certificate_taken"),
        (6, "执法证号", "certificate_taken"),
    ]
    assert [row["username"] for row in report["opened_rows"]] == ["number.3"]

"""Looking after inspectors: entering, review, transfer, search."""

from palmcheck.kernel.ids import new_id
from tests.registry.desks import desk
from tests.registry.people.staff import HEALTH, INSPECTORS, edited, entered, home_of, listed, plain, review
from tests.world.county import World, assert_problem


async def test_a_new_inspector_waits_for_review_and_is_then_drawable(world: World) -> None:
    clerk, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    detail = await entered(clerk, await home_of(world))
    assert detail["inspector"]["not_drawable"] == ["not_reviewed"]

    reviewed = await review(office, detail)

    assert reviewed["inspector"]["not_drawable"] == []
    assert reviewed["review_reference"] == "临司审〔2026〕3号"
    assert await review(office, detail) == reviewed


async def test_a_reviewed_field_that_changes_is_reviewed_again_and_another_is_not(world: World) -> None:
    clerk, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    detail = await review(office, await entered(clerk, await home_of(world)))
    url = f"{INSPECTORS}/{detail['inspector']['id']}"

    moved = (await clerk.put(url, json=edited(detail, unit="特种设备股"))).json()
    renamed = (await clerk.put(url, json=edited(moved, name="欧阳知夏"))).json()

    assert moved["inspector"]["review_state"] == "reviewed"
    assert renamed["inspector"]["review_state"] == "changed"
    versions = (await clerk.get(f"{url}/versions")).json()["items"]
    assert [each["row"]["name"] for each in versions] == ["欧阳知夏", "欧阳知秋", "欧阳知秋", "欧阳知秋"]
    names = [each["name"] for each in (await clerk.get(f"{url}/history")).json()["items"]]
    assert names[-3:] == ["registry.inspector_saved", "registry.inspector_reviewed", "registry.inspector_saved"]


async def test_only_the_version_that_was_seen_is_edited_or_reviewed(world: World) -> None:
    clerk, office = await desk(world, "department_administrator"), await desk(world, "joint_office")
    detail = await entered(clerk, await home_of(world))
    url = f"{INSPECTORS}/{detail['inspector']['id']}"
    assert (await clerk.put(url, json=edited(detail, unit="一股"))).status_code == 200
    assert (await clerk.put(url, json=edited(detail, unit="一股"))).status_code == 200, "a repeat is the same"

    assert_problem(await clerk.put(url, json=edited(detail, unit="二股")), "conflict", field="version")
    stale = {"version": detail["inspector"]["version"], "reference": "1号"}
    assert_problem(await office.post(f"{url}/review", json=stale), "conflict", field="version")


async def test_an_administrator_edits_and_sees_his_department_only_and_does_not_review(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    health = await home_of(world, HEALTH)
    answer = await clerk.put(f"{INSPECTORS}/{new_id()}", json=plain(health))
    assert_problem(answer, "registry.department_not_yours", field="department_id")
    other = await entered(await desk(world, "department_administrator", "health"), health)
    url = f"{INSPECTORS}/{other['inspector']['id']}"

    assert_problem(await clerk.get(url), "not_found")
    assert_problem(await clerk.post(f"{url}/retire", json={"reason": "退休"}), "accounts.not_allowed")
    assert_problem(await clerk.post(f"{url}/review", json={"version": 1, "reference": "1"}), "accounts.not_allowed")
    assert "欧阳知秋" not in await listed(clerk)
    assert "欧阳知秋" in await listed(await world.team_lead())


async def test_a_certificate_number_is_one_persons(world: World) -> None:
    clerk, home = await desk(world, "department_administrator"), await home_of(world)
    await entered(clerk, home)
    again = plain(home, name="慕容", certificate_number=" 川５１０１９０９９００１ ")

    answer = await clerk.put(f"{INSPECTORS}/{new_id()}", json=again)

    assert_problem(answer, "registry.certificate_taken", field="certificate_number")


async def test_a_transfer_ends_drawing_and_the_accounts_rights_at_once(world: World) -> None:
    login = world.login("inspector", "市场监督管理局")
    officer, clerk = await world.sign_in(login), await desk(world, "department_administrator")
    id = (await officer.get("/api/accounts/me")).json()["inspector_id"]
    url = f"{INSPECTORS}/{id}"

    answer = await clerk.post(f"{url}/transfer", json={"reason": "调往县应急管理局"})

    assert answer.json()["inspector"]["not_drawable"] == ["left"]
    assert (await officer.get("/api/accounts/me")).status_code == 401
    body = {"username": login.username, "password": login.password}
    assert (await world.client().post("/api/accounts/sessions", json=body)).status_code == 401
    assert (await clerk.post(f"{url}/transfer", json={"reason": "再按一次"})).status_code == 200
    assert_problem(await clerk.post(f"{url}/retire", json={"reason": "x"}), "registry.inspector_has_left")
    stale = edited(answer.json(), unit="新单位")
    assert_problem(await clerk.put(url, json=stale), "registry.inspector_has_left")
    back = (await clerk.post(f"{url}/return")).json()["inspector"]
    assert back["not_drawable"] == [], "a slip that is taken back at once costs no review"


async def test_search_by_name_initials_and_number_and_filters(world: World) -> None:
    clerk, home = await desk(world, "department_administrator"), await home_of(world)
    await entered(clerk, home)
    await entered(clerk, home, name="阿里木", certificate_number="川51019099002", certificate_expires_on="2026-12-01")
    await entered(clerk, home, name="周全", certificate_number="川51019099003", certificate_expires_on="2025-01-01")

    assert await listed(clerk, q="知秋") == ["欧阳知秋"]
    assert await listed(clerk, q="oyzq") == ["欧阳知秋"]
    assert await listed(clerk, q="099002") == ["阿里木"]
    assert await listed(clerk, review_state="changed") == ["阿里木", "欧阳知秋", "周全"]
    assert await listed(clerk, review_state="changed", sort="-name") == ["周全", "欧阳知秋", "阿里木"]
    assert await listed(clerk, expires_within="60", sort="certificate_expires_on") == ["周全", "阿里木"]
    standing = (await clerk.get(f"{INSPECTORS}/standing")).json()
    figures = {name: value for name, value in standing.items() if isinstance(value, int)}
    assert figures == {"active": 6, "drawable": 3, "to_review": 3, "expiring": 1, "expired": 1}


async def test_pages_follow_each_other(world: World) -> None:
    office, home = await desk(world, "joint_office"), await home_of(world)
    for number in range(47):
        await entered(office, home, name=f"同名{number % 3}", certificate_number=f"T{number}")
    for sort in ("name", "-certificate_expires_on"):
        first = (await office.get(INSPECTORS, params={"sort": sort})).json()
        second = (await office.get(INSPECTORS, params={"sort": sort, "cursor": first["next"]})).json()
        ids = [each["id"] for each in first["items"] + second["items"]]
        assert len(set(ids)) == len(ids) == 53
        assert second["next"] is None


async def test_trainings_are_kept(world: World) -> None:
    clerk = await desk(world, "department_administrator")
    detail = await entered(clerk, await home_of(world))
    url = f"{INSPECTORS}/{detail['inspector']['id']}/trainings/{new_id()}"
    body = {"title": "双随机业务培训", "organiser": "省局", "held_on": "2026-05-08", "hours": 16, "result": "passed"}

    for _ in range(2):
        answer = await clerk.put(url, json=body)

    assert [each["title"] for each in answer.json()["trainings"]] == ["双随机业务培训"]
    assert_problem(await clerk.put(url, json={**body, "hours": 0}), "invalid_request", field="hours")

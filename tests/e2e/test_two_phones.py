"""One visit, three phones: a colleague countersigns by scanning, the other department has its own, a conflict waits."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, Playwright, expect

from tests.e2e import desk, field
from tests.e2e.browser import DESK, open_browser
from tests.e2e.camera import WITH_CAMERA, camera_flags, film_of
from tests.e2e.cutting_proxy import CuttingProxy
from tests.e2e.people import HEALTH, MARKET, issued_visits, login_of, signed_in
from tests.e2e.photos import take_photo
from tests.e2e.running_system import RunningSystem
from tests.e2e.test_lost_answers import draw_by_api
from tests.e2e.test_not_inspected import PUBLISHED_MS, cannot, officer_at, shot

pytestmark = pytest.mark.e2e
Login = dict[str, Any]


async def test_a_visit_of_two_departments_and_its_conflict(
    system: RunningSystem, proxy: CuttingProxy, playwright: Playwright, tmp_path: Path
) -> None:
    home = f"http://127.0.0.1:{system.port}"
    await draw_by_api(system)
    visit, lead, colleague, of_health = await a_joint_visit(system)

    market = await officer_at(playwright, tmp_path / "market", home, lead)
    photo = await take_photo(market, tmp_path / "door.jpg")
    await it_is_closed(market, visit, photo)
    await field.submit_for_countersigning(market)
    await shot(market, "countersign-code")
    await a_colleague_scans(playwright, tmp_path, home, visit, colleague, market)
    await expect(market.get_by_test_id("state-published")).to_be_visible(timeout=PUBLISHED_MS)
    await market.context.close()

    # The other department's phone has no signal; he enters his part at a desk, and then the phone is back.
    by_cable = f"http://127.0.0.1:{proxy.port}"
    health = await officer_at(playwright, tmp_path / "health", by_cable, of_health)
    await it_is_closed(health, visit, photo)
    await field.sign(health, "sign-0")
    await field.sign(health, "sign-1")
    await health.get_by_test_id("to-review").click()
    proxy.cut()
    await health.get_by_test_id("submit").click()
    await expect(health.get_by_test_id("state-unsent")).to_be_visible()
    office = await open_browser(playwright, tmp_path / "desk", DESK)
    await he_enters_it_at_a_desk(office, home, of_health, visit)
    proxy.mend()
    # The visit itself may show the other result already: it is published.
    await health.goto(f"{by_cable}/app/outbox")
    waiting = health.locator("[data-testid=outbox-row][data-state=disputed]")
    await expect(waiting).to_have_count(1, timeout=PUBLISHED_MS)
    await shot(health, "disputed")
    await health.context.close()
    await the_lead_decides(office, home, login_of(system, "team_lead"), visit)
    await office.close()

    async with signed_in(system, "team_lead") as client:
        parts = (await client.get(f"/api/inspections/{visit}")).json()["parts"]
    found = {each["part"]["department"]["name"]: (each["part"]["state"], each["part"]["entry"]) for each in parts}
    assert found == {MARKET: ("published", "mobile"), HEALTH: ("published", "desk")}
    (health_part,) = [each for each in parts if each["part"]["department"]["name"] == HEALTH]
    assert [each["state"] for each in health_part["others"]] == ["set_aside"]


async def a_joint_visit(system: RunningSystem) -> tuple[str, Login, Login, Login]:
    """A visit of which market's two officers and health's first can sign in."""
    await issued_visits(system)
    people = {each["display_name"]: each for each in system.logins if each["role"] == "inspector"}
    async with signed_in(system, "team_lead") as client:
        visits = (await client.get("/api/inspections")).json()["items"]
    for visit in visits:
        names = {
            each["department"]["name"]: [officer["name"] for officer in each["officers"]] for each in visit["parts"]
        }
        going = [*names[MARKET][:2], names[HEALTH][0]]
        if all(each in people for each in going):
            lead, colleague, of_health = (people[each] for each in going)
            return visit["id"], lead, colleague, of_health
    raise AssertionError("nobody can sign in")


async def it_is_closed(page: Page, visit: str, photo: Path) -> None:
    await cannot(page, visit, "closed")
    await field.note_closed_door(page, photo)


async def a_colleague_scans(
    playwright: Playwright, tmp_path: Path, home: str, visit: str, colleague: Login, shown_by: Page
) -> None:
    """His camera sees the first phone's screen; he signs without a connection, and it is sent when there is one."""
    film = tmp_path / "film.y4m"
    await film_of(shown_by.get_by_test_id("countersign-code").get_by_test_id("qr"), film)
    phone = await open_browser(playwright, tmp_path / "colleague", WITH_CAMERA, camera_flags(film))
    page = await phone.new_page()
    await field.enrol_and_sign_in(page, home, colleague)
    await page.locator(f"[data-testid=task-row][data-inspection-id='{visit}']").click()
    await page.get_by_test_id("countersign").click()
    await phone.set_offline(True)
    await shot(page, "countersign")
    await page.get_by_test_id("countersign-scan").click()
    await expect(page.get_by_test_id("countersign-sign")).to_be_enabled()
    await shot(page, "countersign-scanned")
    await page.get_by_test_id("countersign-sign").click()
    await expect(page.get_by_test_id("countersigned")).to_be_visible()
    await expect(shown_by.get_by_test_id("state-published")).to_have_count(0)
    await phone.set_offline(False)
    await expect(page.get_by_test_id("countersigned")).to_contain_text("会签已上传")
    await shot(page, "countersigned")
    await phone.close()


async def he_enters_it_at_a_desk(office: BrowserContext, home: str, login: Login, visit: str) -> None:
    page = await office.new_page()
    await desk.sign_in(page, home, login)
    await desk.enter_at_desk(page, visit)
    await page.close()
    await office.clear_cookies()


async def the_lead_decides(office: BrowserContext, home: str, login: Login, visit: str) -> None:
    """Both results stand side by side; the public one is kept, with a reason, and the other is not lost."""
    page = await office.new_page()
    await desk.sign_in(page, home, login)
    await page.goto(f"{home}/console/inspections/{visit}")
    conflict = page.get_by_test_id("dispute")
    await expect(conflict.locator("label.one")).to_have_count(2)
    await shot(page, "conflict")
    await conflict.get_by_test_id("result-accepted").locator("input").check()
    await page.get_by_test_id("dispute-because").fill("案头录入的是同一次检查，已公示，以此为准。")
    await page.get_by_test_id("dispute-decide").click()
    await expect(conflict.get_by_test_id("result-set_aside")).to_be_visible()
    await shot(page, "conflict-decided")

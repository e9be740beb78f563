"""One inspection from the draw through a phone without signal to a public page, as its people live it."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import BrowserContext, Page, Playwright, expect

from tests.e2e import desk, field
from tests.e2e.browser import DESK, PHONE, kill_browser, open_browser
from tests.e2e.cutting_proxy import CuttingProxy
from tests.e2e.people import HEALTH, MARKET, issued_visits, login_of
from tests.e2e.photos import take_photo
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.e2e
PUBLISHED_MS = 60_000
RECORD_ADDRESS = re.compile(r"^/records/[0-9a-f-]{36}$")


async def test_from_the_draw_to_the_public_page(
    system: RunningSystem, proxy: CuttingProxy, playwright: Playwright, tmp_path: Path
) -> None:
    home = f"http://127.0.0.1:{proxy.port}"
    office = await open_browser(playwright, tmp_path / "desk", DESK)
    console = await office.new_page()
    await desk.sign_in(console, home, login_of(system, "team_lead"))
    await desk.freeze_draw_issue(console)
    visits = await issued_visits(system)
    officer = login_of(system, "inspector", visits[0]["market_lead"])

    target = await the_phone_works_offline(playwright, tmp_path, home, proxy, officer, visits[0]["id"])
    await anybody_finds_it(playwright, tmp_path, home, target)
    await the_other_department_enters_at_a_desk(office, home, system, visits[1])
    await the_palm_rate_follows(console)
    await office.close()


async def the_phone_works_offline(
    playwright: Playwright, tmp_path: Path, home: str, proxy: CuttingProxy, officer: dict[str, Any], inspection: str
) -> dict[str, str]:
    """Enrol, pull, lose the network, work, be killed, come back, upload by itself. Answers the target's name."""
    profile = tmp_path / "phone"
    phone = await open_browser(playwright, profile, PHONE)
    page = await phone.new_page()
    await field.enrol_and_sign_in(page, home, officer)
    photo = await take_photo(page, tmp_path / "photo.jpg")

    proxy.cut()
    await page.reload()
    row = page.locator(f"[data-testid=task-row][data-inspection-id='{inspection}']")
    await row.click()
    name = await page.locator("h2.name").inner_text()
    code = await page.locator("dd.code").first.inner_text()
    await field.check_in(page)
    await field.answer_all(page, photo)
    await field.sign_all(page)
    await page.get_by_test_id("submit").click()
    await expect(page.get_by_test_id("state-unsent")).to_be_visible()

    kill_browser(profile)
    phone = await open_browser(playwright, profile, PHONE)
    page = await phone.new_page()
    await page.goto(f"{home}/app/outbox")
    await expect(page.get_by_test_id("outbox-row")).to_have_count(2)
    await page.goto(f"{home}/app/tasks/{inspection}")
    await expect(page.get_by_test_id("state-unsent")).to_be_visible()

    proxy.mend()
    await expect(page.get_by_test_id("state-published")).to_be_visible(timeout=PUBLISHED_MS)
    await expect(page.get_by_test_id("record-link")).to_have_attribute("href", RECORD_ADDRESS)
    await phone.close()
    return {"name": name, "code": code}


async def anybody_finds_it(playwright: Playwright, tmp_path: Path, home: str, target: dict[str, str]) -> None:
    """Without JavaScript and without an account: that department's record, and only that one; nothing personal."""
    reader = await open_browser(playwright, tmp_path / "reader", DESK | {"java_script_enabled": False})
    page = await reader.new_page()
    await page.goto(f"{home}/?q={target['name'][3:5]}")
    await expect(page.get_by_test_id("public-record-row")).to_have_count(1)
    await page.get_by_test_id("public-record-name").first.click()
    body = await page.locator("body").inner_text()
    assert target["name"] in body
    assert MARKET in body
    assert HEALTH not in body
    assert_nothing_personal(body)
    await expect(page.locator("img[src*='evidence']")).to_have_count(0)
    await reader.close()

    async with httpx.AsyncClient(base_url=home) as client:
        for q in (target["name"][3:5], target["code"]):
            found = (await client.get("/api/public/records", params={"q": q})).json()["items"]
            assert [each["target"]["name"] for each in found] == [target["name"]]
            assert found[0]["department"] == MARKET
            assert_nothing_personal(str(found))


def assert_nothing_personal(public: str) -> None:
    """No name of a person, no free text (R18)."""
    for planted in ("赵守业", "无异议", "后厨整洁", "健康证过期", "strokes"):
        assert planted not in public


async def the_other_department_enters_at_a_desk(
    office: BrowserContext, home: str, system: RunningSystem, visit: dict[str, Any]
) -> None:
    """A health officer enters his part in the console; it is published too."""
    await office.clear_cookies()
    page = await office.new_page()
    await desk.sign_in(page, home, login_of(system, "inspector", visit["health_lead"]))
    await desk.enter_at_desk(page, visit["id"])
    await page.close()
    await office.clear_cookies()
    again: Page = await office.new_page()
    await desk.sign_in(again, home, login_of(system, "team_lead"))
    await again.close()


async def the_palm_rate_follows(page: Page) -> None:
    """County 1 of 2, market regulation 1 of 1, health 0 of 1: the desk entry counts in the denominator alone."""
    await page.get_by_test_id("nav-figures").first.click()
    await page.get_by_test_id("figure-palm_rate").locator("a").first.click()
    lines = page.get_by_role("table", name="各部门").get_by_test_id("figure-row")
    await expect(lines).to_have_count(3)
    found = {
        await row.get_attribute("data-name"): (
            await row.get_attribute("data-numerator"),
            await row.get_attribute("data-denominator"),
        )
        for row in await lines.all()
    }
    assert found == {"临江县": ("1", "2"), MARKET: ("1", "1"), HEALTH: ("0", "1")}
    await lines.first.locator("a").first.click()
    await expect(page.get_by_test_id("list-row")).to_have_count(2)
    reasons = {await each.get_attribute("data-reason") for each in await page.locator("[data-reason]").all()}
    assert reasons == {"mobile", "desk"}

"""The desk publishes as its people do it: reviewed, public, corrected by two, withdrawn by two."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, Playwright, expect

from tests.e2e import desk
from tests.e2e.browser import CHROMIUM, DESK, FLAGS
from tests.e2e.people import MARKET, issued_visits, login_of, signed_in
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.e2e
REVIEW = "publication.review"


async def test_from_the_review_to_the_tombstone(system: RunningSystem, playwright: Playwright, tmp_path: Path) -> None:
    home = f"http://127.0.0.1:{system.port}"
    await results_are_reviewed(system)
    browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    lead = await at_the_desk(browser, home, login_of(system, "team_lead"))
    await desk.freeze_draw_issue(lead)
    visit = (await issued_visits(system))[0]
    officer = await at_the_desk(browser, home, login_of(system, "inspector", visit["market_lead"]))
    await desk.enter_at_desk(officer, visit["id"])
    administrator = await at_the_desk(browser, home, administrator_of_market(system))

    part = await the_queue_shows_it(lead, home, "in_review")
    await lead.get_by_test_id("review-pass").click()
    await expect(lead.get_by_test_id("stage")).not_to_have_attribute("data-stage", "in_review")
    record = await wait_until_public(lead, home, part)

    await corrected_by_two(lead, administrator, f"{home}/console/publication/{part}", record)
    await withdrawn_by_two(lead, administrator, f"{home}/console/publication/{part}", record)
    await browser.close()


async def results_are_reviewed(system: RunningSystem) -> None:
    """The office sets that a second officer reviews."""
    async with signed_in(system, "joint_office") as client:
        settings = (await client.get("/api/jurisdictions/settings")).json()["items"]
        version = next(each["version"] for each in settings if each["key"] == REVIEW)
        body = {"value": "second_officer", "reason": "试行复核"}
        named = {"If-Match": f'"{version}"'}
        answer = await client.put(f"/api/jurisdictions/settings/{REVIEW}", json=body, headers=named)
        assert answer.is_success, answer.text


def administrator_of_market(system: RunningSystem) -> dict[str, Any]:
    return next(x for x in system.logins if (x["role"], x["department"]) == ("department_administrator", MARKET))


async def at_the_desk(browser: Browser, home: str, login: dict[str, Any]) -> Page:
    page = await (await browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **DESK)).new_page()
    await desk.sign_in(page, home, login)
    return page


async def the_queue_shows_it(page: Page, home: str, stage: str) -> str:
    """The list opens at what waits; the one row leads to the result. Answers the part's id."""
    await page.goto(f"{home}/console/publication")
    await expect(page.get_by_test_id("list-row")).to_have_count(1)
    part = await page.get_by_test_id("list-row").get_attribute("data-id")
    await page.locator(".row-link").first.click()
    await expect(page.get_by_test_id("stage")).to_have_attribute("data-stage", stage)
    assert part is not None
    return part


async def wait_until_public(page: Page, home: str, part: str) -> str:
    """Published by a job; the page says so when it is read again. Answers the public address."""
    async with httpx.AsyncClient(base_url=home) as anybody:
        found: list[Any] = []
        while not found:
            found = (await anybody.get("/api/public/records")).json()["items"]
    await page.goto(f"{home}/console/publication/{part}")
    await expect(page.get_by_test_id("stage")).to_have_attribute("data-stage", "published")
    address = await page.get_by_test_id("public-record").get_attribute("href")
    assert address == found[0]["url"]
    return f"{home}{address}"


async def corrected_by_two(lead: Page, administrator: Page, console: str, record: str) -> None:
    await lead.get_by_test_id("correct").locator("summary, button").first.click()
    await lead.get_by_test_id("correct-result").select_option("ordered_to_correct")
    await lead.get_by_test_id("correct-reason").select_option("entry_error")
    await lead.get_by_test_id("correct-propose").click()
    await expect(lead.get_by_test_id("correction-take-back")).to_be_visible()  # his own: another confirms it
    await expect(lead.get_by_test_id("correction-confirm")).to_have_count(0)
    await administrator.goto(console)
    await administrator.get_by_test_id("correction-confirm").click()
    await expect(administrator.get_by_test_id("correction-open")).to_have_count(0)

    await lead.goto(record)
    await expect(lead.get_by_test_id("public-result").first).to_have_text("发现问题已责令改正")
    await expect(lead.get_by_test_id("corrected-because")).to_have_text("录入有误")
    await expect(lead.get_by_test_id("earlier-version")).to_contain_text("未发现问题")


async def withdrawn_by_two(lead: Page, administrator: Page, console: str, record: str) -> None:
    await lead.goto(console)
    await lead.get_by_test_id("withhold").locator("summary, button").first.click()
    await lead.get_by_test_id("withhold-ground").select_option("trade_secret")
    await lead.get_by_test_id("withhold-propose").click()
    await expect(lead.get_by_test_id("withholding-take-back")).to_be_visible()
    await administrator.goto(console)
    await administrator.get_by_test_id("withholding-because").fill("已核对，含配方信息")
    await administrator.get_by_test_id("withholding-confirm").click()
    await expect(administrator.get_by_test_id("stage")).to_have_attribute("data-stage", "withdrawn")

    browser = lead.context.browser
    assert browser is not None
    anybody = await (await browser.new_context(locale="zh-CN")).new_page()  # nothing kept from before
    answer = await anybody.goto(record)
    assert answer is not None
    assert answer.status == 410
    await expect(anybody.locator("body")).to_contain_text("涉及商业秘密")
    await expect(anybody.locator("body")).not_to_contain_text("发现问题已责令改正")

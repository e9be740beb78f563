"""A lead's day at the desk: what is open, days for the visits, a message, and a list that is true by itself."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, Playwright, expect

from palmcheck.kernel.clock import SHANGHAI
from tests.e2e import desk
from tests.e2e.browser import DESK, open_browser
from tests.e2e.cutting_proxy import CuttingProxy
from tests.e2e.people import issued_visits, login_of
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.e2e
WORDS = "周四上午九点在门口集合，请带执法记录仪。"
SOON = f"{datetime.now(SHANGHAI).date() + timedelta(days=3)}"


async def test_a_lead_dates_visits_writes_and_sees_what_others_do(
    system: RunningSystem, proxy: CuttingProxy, playwright: Playwright, tmp_path: Path
) -> None:
    home = f"http://127.0.0.1:{proxy.port}"
    office = await open_browser(playwright, tmp_path / "lead", DESK)
    page = await office.new_page()
    await desk.sign_in(page, home, login_of(system, "team_lead"))
    await desk.freeze_draw_issue(page)
    visits = await issued_visits(system)

    await a_number_leads_to_its_rows(page, len(visits))
    await days_are_set_by_keyboard_and_one_is_undone(page)
    await those_who_go_are_written_to(page, visits[0]["id"])

    officers = await open_browser(playwright, tmp_path / "officer", DESK)
    await the_officer_finds_both_in_his_inbox(officers, home, system, visits[0])
    await the_leads_list_follows_without_a_reload(page, officers, visits[0]["id"])
    await the_list_is_true_again_after_a_cut(page, proxy, system, visits[1])
    await officers.close()
    await office.close()


async def a_number_leads_to_its_rows(page: Page, drawn: int) -> None:
    """The overview's count of visits without a day is as many rows."""
    await page.keyboard.press("g")
    await page.keyboard.press("o")
    number = page.get_by_test_id("overview-undated").locator("a.count")
    await expect(number.locator(".number")).to_have_text(f"{drawn}")
    await number.click()
    await expect(page.get_by_test_id("inspection-row")).to_have_count(drawn)


async def days_are_set_by_keyboard_and_one_is_undone(page: Page) -> None:
    """X ticks a row, D asks for the day; what was set is undone."""
    rows = page.get_by_test_id("inspection-row")
    drawn = await rows.count()
    await rows.nth(0).locator(".row-link").focus()
    await page.keyboard.press("x")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("x")
    await expect(page.get_by_test_id("visits-chosen")).to_contain_text("2")
    await page.keyboard.press("d")
    await expect(page.get_by_test_id("visit-day")).to_be_focused()
    await page.get_by_test_id("visit-day").fill(SOON)
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("days-said")).to_be_visible()
    await expect(rows).to_have_count(drawn - 2)
    await page.get_by_test_id("days-undo").click()
    await expect(rows).to_have_count(drawn)


async def those_who_go_are_written_to(page: Page, inspection: str) -> None:
    """On the visit's page: a day, and words to all who go."""
    await page.locator(f"[data-testid=inspection-row][data-inspection-id='{inspection}'] .row-link").click()
    await page.get_by_test_id("visit-day").fill(SOON)
    await page.get_by_test_id("day-save").click()
    await expect(page.get_by_test_id("days-said")).to_be_visible()
    await page.get_by_test_id("write").locator("summary").click()
    await page.get_by_test_id("message-words").fill(WORDS)
    await page.get_by_test_id("message-send").click()
    await expect(page.get_by_test_id("messages")).to_contain_text(WORDS)


async def the_officer_finds_both_in_his_inbox(
    officers: BrowserContext, home: str, system: RunningSystem, visit: dict[str, Any]
) -> None:
    """The badge counts what is unread; a row leads to its visit and is read then; reading is taken back by a key."""
    page = await officers.new_page()
    await desk.sign_in(page, home, login_of(system, "inspector", visit["market_lead"]))
    await expect(page.get_by_test_id("inbox-badge")).to_be_visible()
    await page.keyboard.press("g")
    await page.keyboard.press("n")
    dated = page.locator("[data-kind=visits_dated]").filter(has_text=visit["target"]["name"])
    await expect(dated.first).to_be_visible()
    said = page.locator("[data-kind=message]")
    await expect(said).to_contain_text(WORDS)
    unread = int(await page.get_by_test_id("inbox-badge").inner_text())
    await said.locator(".about").click()
    await expect(page.get_by_test_id("visit-plan")).to_contain_text(WORDS)
    await expect(page.get_by_test_id("inbox-badge")).to_have_text(f"{unread - 1}")
    await page.go_back()
    await said.locator(".about").focus()
    await page.keyboard.press("u")
    await expect(page.get_by_test_id("inbox-badge")).to_have_text(f"{unread}")
    await page.get_by_test_id("inbox-all-read").click()
    await expect(page.get_by_test_id("inbox-badge")).to_have_count(0)


async def the_leads_list_follows_without_a_reload(page: Page, officers: BrowserContext, inspection: str) -> None:
    """An officer enters a result at his desk; the lead, who has the visit open, sees it."""
    parts = page.get_by_test_id("part")
    await expect(parts.first).to_be_visible()
    assert await parts.evaluate_all("all => all.every(each => each.dataset.state === 'issued')")
    await desk.enter_at_desk(officers.pages[-1], inspection)
    await expect(page.locator("[data-testid=part]:not([data-state=issued])")).to_have_count(1)


async def the_list_is_true_again_after_a_cut(
    page: Page, proxy: CuttingProxy, system: RunningSystem, visit: dict[str, Any]
) -> None:
    """What happened while the cable was out is on the screen once it is back."""
    await page.keyboard.press("g")
    await page.keyboard.press("i")
    row = page.locator(f"[data-testid=inspection-row][data-inspection-id='{visit['id']}']")
    await expect(row).to_be_visible()
    await expect(row.locator("time[datetime='" + SOON + "']")).to_have_count(0)
    proxy.cut()
    await desk.date_visit(system.port, login_of(system, "team_lead"), visit["id"], SOON)
    await expect(page.get_by_test_id("live-cut")).to_be_visible()
    proxy.mend()
    await expect(row.locator("time[datetime='" + SOON + "']")).to_have_count(1)
    await expect(page.get_by_test_id("live-cut")).to_have_count(0)

"""The joint office changes a day count, sees what it was, and takes it back; a team lead may only look."""

from pathlib import Path

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.e2e import desk
from tests.e2e.browser import DESK, open_browser
from tests.e2e.people import login_of
from tests.e2e.running_system import RunningSystem

pytestmark = pytest.mark.e2e
SETTING = "publication.days"


async def test_a_day_count_is_changed_and_taken_back(
    system: RunningSystem, playwright: Playwright, tmp_path: Path
) -> None:
    home = f"http://127.0.0.1:{system.port}"
    office = await open_browser(playwright, tmp_path / "desk", DESK)
    page = await office.new_page()
    await desk.sign_in(page, home, login_of(system, "joint_office"))
    await page.goto(f"{home}/console/admin/settings")
    await page.locator(f"[data-testid=setting-row][data-key='{SETTING}'] a").click()
    before = await page.get_by_test_id("setting-value").inner_text()

    await the_office_changes_it(page, before)
    await page.get_by_test_id("setting-undo").click()
    await expect(page.get_by_test_id("setting-value")).to_have_text(before)
    await expect(page.get_by_test_id("setting-change")).to_have_count(2)

    await office.clear_cookies()
    looking = await office.new_page()
    await desk.sign_in(looking, home, login_of(system, "team_lead"))
    await looking.goto(f"{home}/console/admin/settings/{SETTING}")
    await expect(looking.get_by_test_id("setting-value")).to_have_text(before)
    await expect(looking.get_by_test_id("setting-save")).to_have_count(0)
    await office.close()


async def the_office_changes_it(page: Page, before: str) -> None:
    """A value out of bounds is refused at its field; a good one is in force at once, with who and why."""
    await page.get_by_test_id("setting-reason").fill("按省里 2026 年通知执行。")
    await page.get_by_test_id("setting-input").fill("9999")
    await page.get_by_test_id("setting-save").click()
    await expect(page.get_by_test_id("setting-input")).to_have_attribute("aria-invalid", "true")
    await page.get_by_test_id("setting-input").fill("15")
    await page.get_by_test_id("setting-save").click()
    await expect(page.get_by_test_id("setting-saved")).to_be_visible()
    await expect(page.get_by_test_id("setting-value")).not_to_have_text(before)
    await expect(page.get_by_test_id("setting-change")).to_have_count(1)
    await expect(page.get_by_test_id("setting-change").first).to_contain_text("按省里 2026 年通知执行。")

"""People at a desk, as they use the console."""

from datetime import datetime, timedelta
from typing import Any

import httpx
from playwright.async_api import Page, expect

from palmcheck.kernel.clock import SHANGHAI

Login = dict[str, Any]


async def sign_in(page: Page, home: str, login: Login) -> None:
    """Opens the console and signs in."""
    await page.goto(f"{home}/console/")
    await page.get_by_test_id("console-username").fill(login["username"])
    await page.get_by_test_id("console-password").fill(login["password"])
    await page.get_by_test_id("console-login").click()
    await expect(page.get_by_test_id("sign-out").first).to_be_visible()


async def freeze_draw_issue(page: Page) -> None:
    """One button each; then four targets are drawn and every seat is taken."""
    await page.get_by_test_id("nav-draws").first.click()
    await page.get_by_test_id("plan-task-row").first.click()
    for button in ("draw-freeze", "draw-run", "draw-issue"):
        await page.get_by_test_id(button).click()
        await expect(page.get_by_test_id(button)).to_have_count(0)
    await expect(page.get_by_test_id("drawn-row")).to_have_count(4)


async def enter_at_desk(page: Page, inspection: str) -> None:
    """An officer enters his department's part of one inspection, everything in order."""
    await page.goto(f"{page.url.split('/console')[0]}/console/inspections/{inspection}")
    await page.get_by_test_id("desk-entry").first.click()
    now = datetime.now(SHANGHAI)
    await page.get_by_test_id("desk-entered").fill(f"{now - timedelta(minutes=90):%Y-%m-%dT%H:%M}")
    await page.get_by_test_id("desk-left").fill(f"{now - timedelta(minutes=10):%Y-%m-%dT%H:%M}")
    await page.get_by_test_id("desk-reason").fill("手机没电，回单位补录。")
    for question in await page.locator("[data-testid^='q-']").all():
        yes = question.get_by_test_id("answer-yes")
        if await yes.count():
            await yes.click()
    await _fill_what_is_left(page)
    await page.get_by_test_id("desk-submit").click()
    await expect(page.get_by_test_id("desk-submit")).to_have_count(0)


async def _fill_what_is_left(page: Page) -> None:
    """Choices, numbers and dates; some appear only with an answer before them."""
    await page.get_by_test_id("q-tableware_mode").get_by_test_id("answer-option-self").click()
    await page.get_by_test_id("q-tableware_clean").get_by_test_id("answer-yes").click()
    await page.get_by_test_id("q-permit_expiry").get_by_test_id("answer-input").fill("2028-06-30")
    await page.get_by_test_id("q-chill_temp").get_by_test_id("answer-input").fill("4")


async def date_visit(port: int, login: Login, inspection: str, day: str) -> None:
    """The lead gives a visit its day from another desk, without this browser."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        body = {"username": login["username"], "password": login["password"]}
        (await client.post("/api/accounts/sessions", json=body)).raise_for_status()
        dated = {"inspection_ids": [inspection], "visit_on": day}
        (await client.put("/api/inspections/visit-days", json=dated)).raise_for_status()

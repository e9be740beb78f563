"""A phone with a PIN: what it keeps cannot be read from its disk, and nothing is lost to the lock."""

import os
from pathlib import Path

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.e2e import field
from tests.e2e.browser import PHONE, kill_browser, open_browser
from tests.e2e.people import issued_visits, login_of
from tests.e2e.photos import take_photo
from tests.e2e.running_system import RunningSystem
from tests.e2e.test_lost_answers import draw_by_api

pytestmark = pytest.mark.e2e
PIN, WRONG = "246810", "135790"
SAID = "老板说下周补办健康证"
AT_REST = """async () => {
  const db = await new Promise((opened) => {
    const request = indexedDB.open('palmcheck')
    request.onsuccess = () => opened(request.result)
  })
  const all = (store) => new Promise((read) => {
    const request = db.transaction(store).objectStore(store).getAll()
    request.onsuccess = () => read(request.result)
  })
  const rows = Object.fromEntries(await Promise.all(['drafts', 'photos', 'outbox'].map(async (s) => [s, await all(s)])))
  db.close()
  const isBytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
  return JSON.stringify(rows, (_, value) => isBytes(value) ? new TextDecoder().decode(value) : value)
}"""
"""Everything that is kept of the work, as text; bytes as the text that they may be."""


async def shot(page: Page, name: str) -> None:
    """Pictures to look at, where PALMCHECK_SHOTS names a folder."""
    if not (folder := os.environ.get("PALMCHECK_SHOTS")):
        return
    for width, height in ((390, 844), (1280, 800)):
        await page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            await page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
    await page.set_viewport_size(PHONE["viewport"])


async def test_a_phone_with_a_pin(system: RunningSystem, playwright: Playwright, tmp_path: Path) -> None:
    home = f"http://127.0.0.1:{system.port}"
    await draw_by_api(system)
    visit = (await issued_visits(system))[0]
    profile = tmp_path / "phone"
    page = await (await open_browser(playwright, profile, PHONE)).new_page()
    await field.enrol_and_sign_in(page, home, login_of(system, "inspector", visit["market_lead"]))
    await page.locator(f"[data-testid=task-row][data-inspection-id='{visit['id']}']").click()
    await field.check_in(page)
    await page.get_by_test_id("q-permit_valid").get_by_test_id("answer-no").click()
    await page.get_by_test_id("photo-input").first.set_input_files(await take_photo(page, tmp_path / "photo.jpg"))
    await expect(page.get_by_test_id("thumbs").locator("img")).to_have_count(1)
    checklist = page.url
    signatures = checklist[: checklist.index("/checklist")] + "/signatures"
    await page.goto(signatures)
    await page.get_by_test_id("statement").fill(SAID)
    await a_pin_is_set(page, home)

    kept = await page.evaluate(AT_REST)
    assert '"checkInOperationId"' in kept
    assert not [word for word in (SAID, "permit_valid", "part.check_in", "JFIF", "signature") if word in kept]

    await page.get_by_test_id("lock-now").click()
    await expect(page.get_by_test_id("lock")).to_be_visible()
    kill_browser(profile)
    page = await (await open_browser(playwright, profile, PHONE)).new_page()
    await page.goto(signatures)
    await a_wrong_pin_then_the_right_one(page)

    await expect(page.get_by_test_id("statement")).to_have_value(SAID)
    await page.goto(checklist)
    await page.get_by_test_id("unlock-pin").fill(PIN)
    await page.get_by_test_id("unlock").click()
    await expect(page.get_by_test_id("thumbs").locator("img")).to_have_count(1)


async def a_pin_is_set(page: Page, home: str) -> None:
    """On the Me screen."""
    await page.goto(f"{home}/app/me")
    await shot(page, "me-without-pin")
    await page.get_by_test_id("pin-new").fill(PIN)
    await page.get_by_test_id("pin-save").click()
    await expect(page.get_by_test_id("lock-now")).to_be_visible()
    await shot(page, "me-with-pin")


async def a_wrong_pin_then_the_right_one(page: Page) -> None:
    await expect(page.get_by_test_id("statement")).to_have_count(0)
    await page.get_by_test_id("unlock-pin").fill(WRONG)
    await page.get_by_test_id("unlock").click()
    await expect(page.get_by_text("锁屏密码不正确")).to_be_visible()
    await shot(page, "lock-wrong")
    await page.get_by_test_id("unlock-pin").fill(PIN)
    await page.get_by_test_id("unlock").click()

"""A closed door and a refusal, from the task to the page that the party reads by its code."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.e2e import field
from tests.e2e.browser import PHONE, open_browser
from tests.e2e.people import issued_visits, login_of, signed_in
from tests.e2e.photos import take_photo
from tests.e2e.running_system import RunningSystem
from tests.e2e.test_lost_answers import draw_by_api

pytestmark = pytest.mark.e2e
PUBLISHED_MS = 60_000


async def shot(page: Page, name: str) -> None:
    """A picture to look at, where PALMCHECK_SHOTS names a folder."""
    if folder := os.environ.get("PALMCHECK_SHOTS"):
        await page.screenshot(path=f"{folder}/{name}.png", full_page=True)


async def test_a_closed_door_and_a_refusal(system: RunningSystem, playwright: Playwright, tmp_path: Path) -> None:
    home = f"http://127.0.0.1:{system.port}"
    await draw_by_api(system)
    visit = (await issued_visits(system))[0]

    page = await officer_at(playwright, tmp_path / "market", home, login_of(system, "inspector", visit["market_lead"]))
    await the_door_is_closed(page, visit["id"], await take_photo(page, tmp_path / "door.jpg"))
    await page.context.close()

    page = await officer_at(playwright, tmp_path / "health", home, login_of(system, "inspector", visit["health_lead"]))
    address = await entry_is_refused(page, visit["id"])
    await page.context.close()
    await the_party_reads_it(playwright, tmp_path / "party", address)

    async with signed_in(system, "team_lead") as lead:
        parts = (await lead.get(f"/api/inspections/{visit['id']}")).json()["parts"]
    found = {each["part"]["result_code"]: each["submission"]["body"]["outcome"]["kind"] for each in parts}
    assert found == {"business_not_carried_on": "closed", "refused_to_cooperate": "refused"}


async def officer_at(playwright: Playwright, profile: Path, home: str, login: dict[str, Any]) -> Page:
    """The officer's phone, signed in."""
    phone = await open_browser(playwright, profile, PHONE)
    page = await phone.new_page()
    await field.enrol_and_sign_in(page, home, login)
    return page


async def cannot(page: Page, inspection: str, kind: str) -> None:
    """Two taps from the task."""
    await page.locator(f"[data-testid=task-row][data-inspection-id='{inspection}']").click()
    await page.get_by_test_id("cannot-inspect").locator("summary").click()
    await shot(page, f"task-{kind}")
    await page.get_by_test_id(f"cannot-{kind}").click()


async def the_door_is_closed(page: Page, inspection: str, photo: Path) -> None:
    await cannot(page, inspection, "closed")
    await page.get_by_test_id("outcome-note").fill("卷帘门紧闭，贴有转让告示。")
    await page.get_by_test_id("photo-input").set_input_files(photo)
    await expect(page.get_by_test_id("thumbs").locator("img")).to_have_count(1)
    await shot(page, "closed")
    await page.get_by_test_id("outcome-next").click()
    await sign_and_submit(page, "closed")


async def entry_is_refused(page: Page, inspection: str) -> str:
    """Answers the address of the party's page, which does not know the result before the upload."""
    await cannot(page, inspection, "refused")
    await page.get_by_test_id("outcome-note").fill("出示证件后，负责人仍拒绝入内。")
    await field.witness(page)
    await shot(page, "refused")
    await page.get_by_test_id("outcome-next").click()
    await field.sign(page, "sign-0")
    await field.sign(page, "sign-1")
    await page.get_by_test_id("to-review").click()
    await shot(page, "lacking")
    await page.get_by_role("link", name="未登记出示执法证件").click()
    await page.get_by_test_id("certificates-shown").check()
    await shot(page, "check-in")
    await page.go_back()
    await page.get_by_test_id("submit").click()
    await expect(page.get_by_test_id("state-published")).to_be_visible(timeout=PUBLISHED_MS)
    await page.get_by_test_id("show-party").click()
    await expect(page.get_by_test_id("qr")).to_be_visible()
    await shot(page, "result")
    address = await page.get_by_test_id("party-code").get_attribute("data-address")
    assert address
    return address


async def sign_and_submit(page: Page, name: str) -> None:
    await field.sign(page, "sign-0")
    await field.sign(page, "sign-1")
    await shot(page, f"signatures-{name}")
    await page.get_by_test_id("to-review").click()
    await shot(page, f"review-{name}")
    await page.get_by_test_id("submit").click()
    await expect(page.get_by_test_id("state-published")).to_be_visible(timeout=PUBLISHED_MS)


async def the_party_reads_it(playwright: Playwright, profile: Path, address: str) -> None:
    """On its own phone, without an account and without a script."""
    reader = await open_browser(playwright, profile, PHONE | {"java_script_enabled": False})
    page = await reader.new_page()
    await page.goto(address)
    await expect(page.get_by_test_id("party-result")).to_have_text("不配合检查情节严重")
    await shot(page, "party")
    await page.goto(address[:-4] + "AAAA")
    await expect(page.get_by_test_id("party-waiting")).to_be_visible()
    await reader.close()

"""A checklist from the first key to the public page: written, previewed, published, used by an item of a county."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, Playwright, expect

from tests.catalogue.conftest import PASSWORD, Level, city, county
from tests.e2e import desk
from tests.e2e.browser import DESK, open_browser

__all__ = ["city", "county"]
pytestmark = pytest.mark.e2e
START_SECONDS = 60


@pytest.fixture
async def home(database_url: str, tmp_path: Path, county: Level) -> AsyncIterator[str]:
    """The system as it is served, over a database with a city and a county below it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PALMCHECK_PORT": str(port),
        "PALMCHECK_DATA": str(tmp_path / "served"),
        "PALMCHECK_DATABASE_URL": database_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "palmcheck", "serve",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        while not (line := await process.stdout.readline()).startswith(b"ready http"):
            assert line, "the system ended before it was ready"
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    await asyncio.wait_for(process.wait(), 20)


async def test_a_checklist_is_written_and_used(
    home: str, city: Level, county: Level, playwright: Playwright, tmp_path: Path
) -> None:
    await city.list_item("JC-11")
    office = await open_browser(playwright, tmp_path / "desk", DESK)
    page = await office.new_page()
    await desk.sign_in(page, home, {"username": "office519921", "password": PASSWORD})

    await it_is_written_by_keyboard(page, home)
    await the_preview_is_the_phones_own(page)
    await page.get_by_test_id("publish").click()
    await expect(page.get_by_test_id("publish-review")).to_be_visible()
    await page.get_by_test_id("publish-now").click()
    await expect(page).to_have_url(f"{home}/console/catalogue/checklists/of/CL-77")

    await an_item_is_claimed_and_drawn_up(page, home)
    await anybody_reads_it(page, home)
    await office.close()


async def it_is_written_by_keyboard(page: Page, home: str) -> None:
    """Two questions: the second shows when the first is answered no, and then asks for a photo. No mouse."""
    await page.goto(f"{home}/console/catalogue/checklists")
    await page.get_by_test_id("begin-checklist").press("Enter")
    for field, words in (("new-code", "CL-77"), ("new-title", "药店检查"), ("new-title-en", "Pharmacy")):
        await page.get_by_test_id(field).press_sequentially(words)
    await page.get_by_test_id("new-title-en").press("Enter")
    await page.get_by_test_id("section-title-0-zh-CN").press_sequentially("资质")
    await page.get_by_test_id("edit-question_1").press("Enter")
    await page.get_by_test_id("question-text-zh-CN").press_sequentially("药师是否在岗？")
    await page.get_by_test_id("question-add-behind").press("Enter")
    await expect(page.get_by_test_id("question-text-zh-CN")).to_be_focused()
    await page.keyboard.type("停售处方药了吗？")
    await page.get_by_test_id("condition-add").first.press("Enter")
    await expect(page.get_by_test_id("condition-words")).to_have_text("当「药师是否在岗？」为「否」时")
    await page.get_by_test_id("question-photo").select_option("always")
    await page.get_by_test_id("fill-english").press("Enter")
    await expect(page.get_by_test_id("publish")).to_be_enabled()
    await expect(page.get_by_test_id("save-state")).to_have_text("已保存")
    await page.reload()
    await expect(page.locator("[data-testid^=edit-question_]")).to_have_count(2)
    await page.get_by_test_id("edit-question_2").press("Alt+ArrowUp")
    await expect(page.get_by_test_id("mistake-link")).to_have_count(1)
    await page.get_by_test_id("edit-question_2").press("Alt+ArrowDown")
    await expect(page.get_by_test_id("mistake-link")).to_have_count(0)


async def the_preview_is_the_phones_own(page: Page) -> None:
    """The field app's cards: the second question comes with a no, and asks for its photo."""
    phone = page.get_by_test_id("phone-preview")
    await expect(phone.get_by_test_id("q-question_2")).to_have_count(0)
    await phone.get_by_test_id("q-question_1").get_by_test_id("answer-no").click()
    await expect(phone.get_by_test_id("q-question_2")).to_contain_text("此题要求拍照")


async def an_item_is_claimed_and_drawn_up(page: Page, home: str) -> None:
    """The city's item is claimed, gets the checklist as a new version, and an implementation item."""
    await page.goto(f"{home}/console/catalogue/claims?standing=to_claim")
    await page.get_by_test_id("pick-all").check()
    await page.get_by_test_id("claim-picked").click()
    await page.get_by_test_id("figure-claimed").click()
    await page.get_by_test_id("upper-row").get_by_role("link").click()
    await page.get_by_test_id("amend").click()
    await page.get_by_test_id("item-checklist").select_option("CL-77")
    await page.get_by_test_id("item-reason").fill("启用新检查表")
    await page.get_by_test_id("item-save").click()
    await expect(page.get_by_test_id("item-version")).to_have_count(2)
    await page.get_by_test_id("draw-up-market_regulation").click()
    await page.get_by_test_id("draw-up-save").click()
    await page.get_by_test_id("unit").fill("药品监管股")
    await page.get_by_test_id("break-down").click()
    await page.get_by_test_id("comply").click()
    await page.goto(f"{home}/console/catalogue/claims")
    await expect(page.get_by_test_id("figure-compliant")).to_contain_text("100%")


async def anybody_reads_it(page: Page, home: str) -> None:
    """The public item leads to the form, which says the rules in words."""
    await page.goto(f"{home}/items")
    await page.get_by_test_id("public-item-row").filter(has_text="临江县").get_by_role("link").click()
    await expect(page.get_by_test_id("item-version").first).to_contain_text("启用新检查表")
    await page.get_by_test_id("item-checklist").click()
    await expect(page.get_by_test_id("paper-question").nth(1)).to_contain_text("第 1 题为“否”时填写")

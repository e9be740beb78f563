"""Thirty questions, all normal: how often the officer taps, and how far he scrolls (one thumb, a phone of 390 by 844).

The same phone then walks through every screen: targets of 48 px, axe-core, light and dark, text at 200 %.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Locator, Page, Playwright, expect

from tests.e2e import field
from tests.e2e.browser import PHONE, open_browser
from tests.e2e.long_form import QUESTIONS, long_form, start_county_with
from tests.e2e.people import issued_visits, login_of
from tests.e2e.running_system import RunningSystem
from tests.e2e.test_lost_answers import draw_by_api
from tests.e2e.test_not_inspected import shot
from tests.gallery.looking import Looker
from tests.gallery.screens import FIELD

pytestmark = pytest.mark.e2e
MOST_TAPS, MOST_SCREENS = 12, 4
SECTIONS = 5
SETTLED_MS = 250

_TO_SCROLL = "(document.documentElement.scrollHeight - innerHeight) / innerHeight"


@pytest.fixture
async def system(database_url: str, tmp_path: Path) -> AsyncIterator[RunningSystem]:
    """A county whose officers carry a form of thirty questions."""
    running = await start_county_with(long_form(SECTIONS), database_url, tmp_path / "data")
    yield running
    await running.stop()


class Thumb:
    """Taps and scrolls, and counts both."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.taps, self.screens, self.seen = 0, 0.0, 0

    async def tap(self, there: Locator) -> None:
        """One tap on what is in sight already: nothing is scrolled to."""
        await expect(there).to_be_in_viewport(ratio=1)
        await there.tap()
        self.taps += 1

    async def read_to_the_end(self) -> None:
        """Scrolls until the last question has been seen."""
        self.screens += await self._page.evaluate(_TO_SCROLL)
        await self._page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        await expect(self._page.locator("[data-testid^='q-']").last.get_by_test_id("answer-yes")).to_be_in_viewport()
        self.seen += await self._page.locator("[data-testid^='q-']").count()


async def test_thirty_questions_all_normal(system: RunningSystem, playwright: Playwright, tmp_path: Path) -> None:
    await draw_by_api(system)
    visit = (await issued_visits(system))[0]
    phone = await open_browser(playwright, tmp_path / "phone", PHONE)
    page = await phone.new_page()
    home = f"http://127.0.0.1:{system.port}"
    await field.enrol_and_sign_in(page, home, login_of(system, "inspector", visit["market_lead"]))
    await reads_what_is_new_offline(phone, page)
    await page.locator(f"[data-testid=task-row][data-inspection-id='{visit['id']}']").click()
    await field.check_in(page)

    thumb = Thumb(page)
    for number in range(1, SECTIONS + 1):
        await expect(page.get_by_test_id("all-normal")).to_be_visible()
        await thumb.tap(page.get_by_test_id("all-normal"))
        await thumb.read_to_the_end()
        await shot(page, f"thirty-{number}")
        await thumb.tap(page.get_by_test_id("section-next"))

    await expect(page.get_by_test_id("rights-read")).to_be_visible()
    await page.get_by_test_id("to-review").click()
    await expect(page.get_by_text(f"{QUESTIONS} / {QUESTIONS}")).to_be_visible()
    faults = await every_screen(page, home, visit["id"])
    await phone.close()
    assert thumb.seen == QUESTIONS
    assert thumb.taps <= MOST_TAPS
    assert thumb.screens <= MOST_SCREENS, f"{thumb.screens:.2f} screens"
    assert not faults, "\n".join(faults)


async def reads_what_is_new_offline(phone: BrowserContext, page: Page) -> None:
    """What he was told came with the first round, and is there in a cellar."""
    await expect(page.get_by_test_id("unread")).to_have_text("1")
    await phone.set_offline(True)
    await page.locator("nav a[href$='/inbox']").click()
    await expect(page.locator("[data-testid=inbox-row][data-kind=visits_issued]")).to_be_visible()
    await shot(page, "inbox")
    await page.get_by_test_id("inbox-all-read").click()
    await expect(page.get_by_test_id("unread")).to_have_count(0)
    await page.locator("nav a").first.click()
    await phone.set_offline(False)


async def every_screen(page: Page, home: str, visit: str) -> list[str]:
    """What is wrong with the screens that an enrolled phone can open."""
    looker, faults = Looker(axe=True), list[str]()
    part = page.url.split("/parts/")[1].split("/")[0]
    await page.emulate_media(reduced_motion="reduce")  # a colour half way through its change is no fault
    for screen in FIELD:
        if not screen.role:
            continue
        address = screen.address.replace("{field_visit}", visit).replace("{field_part}", part)
        await page.goto(f"{home}/app/{address}")
        await expect(page.locator("main")).to_be_visible()
        await page.wait_for_timeout(SETTLED_MS)
        found = await looker.too_small(page)
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)
            found += await looker.violations(page)
        await shot(page, f"dark-{screen.title}")
        await page.emulate_media(color_scheme="light")
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        found += await looker.too_wide(page) + await looker.cut_off(page)
        await shot(page, f"large-{screen.title}")
        faults += [f"{screen.title}: {each}" for each in dict.fromkeys(found)]
    return faults

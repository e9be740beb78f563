"""The pages in a real browser with its scripts switched off: they work, fit, and can be touched."""

from collections.abc import AsyncIterator

import httpx
import pytest
from playwright.async_api import Browser, Page, Route, async_playwright

from palmcheck.kernel.unit_of_work import Database
from tests.e2e.browser import CHROMIUM, FLAGS
from tests.public.planting import plant

pytestmark = pytest.mark.e2e
HERE = "http://palmcheck.test"


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


async def open_page(browser: Browser, client: httpx.AsyncClient, width: int) -> Page:
    """A page without scripts whose requests the app answers itself; any other site's would fail."""
    context = await browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 844})

    async def answer(route: Route) -> None:
        url = route.request.url
        if not url.startswith(HERE):
            await route.abort()
            return
        got = await client.get(url.removeprefix(HERE), headers={"Accept-Language": "zh-CN"})
        await route.fulfill(status=got.status_code, headers=dict(got.headers), body=got.content)

    await context.route("**/*", answer)
    page = await context.new_page()
    await page.goto(f"{HERE}/")
    return page


async def fits(page: Page, text_percent: int = 100) -> bool:
    """Whether nothing is cut off sideways when text is that large."""
    await page.evaluate(f"document.documentElement.style.fontSize = '{text_percent}%'")
    width: int = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width <= 0


@pytest.mark.parametrize("width", [320, 390, 1280])  # 320: a desk's page at 400 %
async def test_search_and_read_without_scripts(
    browser: Browser, client: httpx.AsyncClient, database: Database, width: int
) -> None:
    await plant(database, "望山旅馆", None)
    await plant(
        database, "临江县望江路第二小学食堂（临江县安心餐饮管理服务有限公司承包）", result_code="cannot_be_contacted"
    )
    page = await open_page(browser, client, width)
    assert await page.get_by_test_id("public-record-row").count() == 2
    assert await fits(page)
    assert await fits(page, 200)

    await page.get_by_test_id("public-search").fill("安心")
    await page.get_by_test_id("public-search").press("Enter")
    names = page.get_by_test_id("public-record-name")
    assert await names.count() == 1
    await names.click()

    await page.wait_for_url("**/records/*")
    assert "安心餐饮" in await page.locator("h1").inner_text()
    assert await page.get_by_test_id("public-result").first.inner_text() == "通过登记的住所（经营场所）无法联系"
    assert await fits(page)
    assert await fits(page, 200)


async def test_what_is_touched_is_large_enough(browser: Browser, client: httpx.AsyncClient, database: Database) -> None:
    await plant(database, "望山旅馆")
    page = await open_page(browser, client, 390)
    for control in await page.locator("nav a, button, input[type=search], .brand").all():
        box = await control.bounding_box()
        assert box is not None
        assert box["height"] >= 48 - 0.5, await control.inner_text()
    row = await page.get_by_test_id("public-record-row").bounding_box()
    assert row is not None
    assert row["height"] >= 48


async def test_the_keyboard_meets_the_way_past_the_head_first(browser: Browser, client: httpx.AsyncClient) -> None:
    page = await open_page(browser, client, 390)
    await page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert await focused.inner_text() == "跳到正文"
    box = await focused.bounding_box()
    assert box is not None
    assert box["y"] >= 0

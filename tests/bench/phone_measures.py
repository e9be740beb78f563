"""What an inspector waits for, taken in the page itself; milliseconds unless a name says bytes."""

import asyncio
import gzip
import json
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Page, expect

from tests.e2e import field
from tests.e2e.photos import take_photo

QUARTER = 4
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
TWELVE_MEGAPIXELS = (4000, 3000)

_SEEN_AT = """(selector) => new Promise((done) => {
  const look = () => document.querySelector(selector) ? done(performance.now()) : requestAnimationFrame(look)
  look()
})"""
_SCROLL = """async () => {
  let longest = 0, last = performance.now(), at = 0
  await new Promise((done) => {
    const step = (now) => {
      longest = Math.max(longest, now - last); last = now
      const end = document.documentElement.scrollHeight - innerHeight
      at = Math.min(end, at + 400); scrollTo(0, at)
      at < end ? requestAnimationFrame(step) : done()
    }
    requestAnimationFrame((now) => { last = now; requestAnimationFrame(step) })
  })
  return longest
}"""
_WATCH_TASKS = """() => {
  globalThis.longest = 0
  const keep = (list) => { for (const each of list.getEntries()) longest = Math.max(longest, each.duration) }
  new PerformanceObserver(keep).observe({ entryTypes: ['longtask'] })
}"""
_WATCH_CHANGE = """() => {
  globalThis.taken = null
  addEventListener('change', () => { taken ??= performance.now() }, true)
}"""
_FORGET_THE_APP = """async () => {
  for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister()
  for (const name of await caches.keys()) await caches.delete(name)
}"""


def scripts_sent(page: Page) -> Callable[[], Awaitable[list[bytes]]]:
    """Collects the scripts that the page loads until asked."""
    answers: list[Any] = []
    page.on("response", lambda answer: answers.append(answer) if answer.request.resource_type == "script" else None)

    async def collected() -> list[bytes]:
        page_scripts = [each for each in answers if not each.from_service_worker]
        return [await each.body() for each in page_scripts]

    return collected


async def pull_bytes(page: Page) -> tuple[int, int]:
    """How many tasks a first pull brings, and its bytes when compressed as the server does it."""
    tasks = size = 0
    cursor = ""
    while True:
        body = await page.evaluate(
            "(query) => fetch('/api/field/changes' + query).then((answer) => answer.text())",
            f"?cursor={cursor}" if cursor else "",
        )
        size += len(gzip.compress(body.encode(), 5))
        answer = json.loads(body)
        tasks += sum("inspection" in each for each in answer["changes"])
        cursor = answer["cursor"]
        if not answer["more"]:
            return tasks, size


@asynccontextmanager
async def _slowed(context: BrowserContext, page: Page) -> Any:
    """The page's processor at a quarter of its speed."""
    tools = await context.new_cdp_session(page)
    await tools.send("Emulation.setCPUThrottlingRate", {"rate": QUARTER})
    yield tools
    await tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})


async def longest_frame_scrolling(context: BrowserContext, home: str) -> float:
    """From the first task to the last, 400 px a frame."""
    page = await context.new_page()
    await page.goto(f"{home}/app/")
    await expect(page.get_by_test_id("task-row").first).to_be_visible()
    await asyncio.sleep(1)
    longest: float = await page.evaluate(_SCROLL)
    await page.close()
    return longest


async def offline_start(context: BrowserContext, home: str) -> float:
    """From the navigation to the first task, without a network."""
    await context.set_offline(True)
    page = await context.new_page()
    async with _slowed(context, page):
        await page.goto(f"{home}/app/")
        seen: float = await page.evaluate(_SEEN_AT, "[data-testid=task-row]")
    await page.close()
    await context.set_offline(False)
    return seen


_begun: dict[str, str] = {}
"""Home -> the checklist that the steps share: it is begun once."""


async def _open_checklist(page: Page, home: str) -> str:
    """Opens a checklist of this inspector's, past its check-in, and answers its address."""
    if home in _begun:
        await page.goto(_begun[home])
        await expect(page.locator("[data-testid^='q-']").first).to_be_visible()
        return page.url
    await page.goto(f"{home}/app/")
    rows = page.get_by_test_id("task-row")
    await expect(rows.first).to_be_visible()
    for number in range(await rows.count()):
        await rows.nth(number).click()
        await expect(page.locator("h2.name")).to_be_visible()
        if await page.get_by_test_id("task-start").count():
            break
        await page.go_back()
    await field.check_in(page)
    await expect(page.locator("[data-testid^='q-']").first).to_be_visible()
    _begun[home] = page.url
    return page.url


async def longest_task_answering(context: BrowserContext, home: str) -> float:
    """Yes to every question of a section, one after the other."""
    page = await context.new_page()
    await _open_checklist(page, home)
    async with _slowed(context, page):
        await page.evaluate(_WATCH_TASKS)
        for row in await page.locator("[data-testid^='q-']").all():
            if await row.get_by_test_id("answer-yes").count():
                await row.get_by_test_id("answer-yes").click()
        await asyncio.sleep(1)
        longest: float = await page.evaluate("globalThis.longest")
    await page.close()
    return longest


async def photo_stored(context: BrowserContext, home: str) -> float:
    """From the file's arrival to its thumbnail, which is shown once it is stored."""
    page = await context.new_page()
    await _open_checklist(page, home)
    with tempfile.TemporaryDirectory() as folder:
        photo = await take_photo(page, Path(folder) / "12mp.jpg", TWELVE_MEGAPIXELS)
        certificates = field.question(page, "health_certs")
        await certificates.get_by_test_id("answer-no").click()
        async with _slowed(context, page):
            await page.evaluate(
                "globalThis.taken = null; addEventListener('change', () => { taken ??= performance.now() }, true)"
            )
            await certificates.get_by_test_id("photo-input").set_input_files(photo)
            seen: float = await page.evaluate(_SEEN_AT, "[data-testid=thumbs] img")
            took: float = seen - await page.evaluate("globalThis.taken")
    await page.close()
    return took


async def first_question_on_slow_3g(context: BrowserContext, home: str) -> float:
    """The app's files are new to the phone, its tasks are there: from the navigation to the first question."""
    page = await context.new_page()
    address = await _open_checklist(page, home)
    await page.evaluate(_FORGET_THE_APP)
    await page.close()
    page = await context.new_page()
    tools = await context.new_cdp_session(page)
    await tools.send("Network.enable")
    await tools.send("Network.clearBrowserCache")
    await tools.send("Network.emulateNetworkConditions", SLOW_3G)
    await page.goto(address, wait_until="commit")
    seen: float = await page.evaluate(_SEEN_AT, "[data-testid^='q-']")
    await page.close()
    return seen

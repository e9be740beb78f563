"""Walking through the screens in a real browser: a picture of each in two widths, two languages, light and dark."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, TimeoutError

from tests.gallery.looking import Looker
from tests.gallery.screens import Screen

WIDTHS = {"phone": (390, 844), "desk": (1280, 800)}
LANGUAGES = ("zh-CN", "en")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
TALLEST = 2600
SETTLED_MS, LOADED_MS = 4_000, 30_000
ROOTS = {"field": "/app/", "console": "/console/", "public": "/"}
LOADING = "!document.querySelector('[aria-busy=\"true\"], .waiting')"
GONE_AWAY = "net::ERR_ABORTED"
SIGNED_OUT = "/api/accounts/me"
"""Whoever is not signed in is told so by 401, and the browser writes that down as an error: it is none."""


@dataclass(frozen=True)
class Picture:
    """One picture, and what is wrong with the screen on it."""

    screen: Screen
    language: str
    width: str
    scheme: str
    file: str
    faults: tuple[str, ...]


@dataclass
class _Heard:
    """What the browser complained about since the last page."""

    faults: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {str(error)[:200]}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)

    def take(self) -> list[str]:
        taken, self.faults = list(dict.fromkeys(self.faults)), []
        return taken

    def _console(self, message: ConsoleMessage) -> None:
        # A failed load is told by the response itself, with its address.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text[:200]}")

    def _failed(self, request: Request) -> None:
        if request.failure != GONE_AWAY:
            self.faults.append(f"request failed: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            signed_out = response.status == 401 and response.url.endswith(SIGNED_OUT)
            if not signed_out:
                self.faults.append(f"{response.status} {response.request.method} {response.url}")


@dataclass
class Walk:
    """One walk; `pictures` grow as it goes."""

    browser: Browser
    home: str
    out: Path
    looker: Looker
    say: Callable[[str], None]
    pictures: list[Picture] = field(default_factory=list)

    async def context(self) -> BrowserContext:
        """A browser profile of its own."""
        context = await self.browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            geolocation={"latitude": 30.6512, "longitude": 103.9031, "accuracy": 18},
            permissions=["geolocation"],
        )
        context.set_default_timeout(LOADED_MS)
        return context

    async def photograph(
        self, context: BrowserContext, screens: Iterable[tuple[Screen, str]], languages: Iterable[str] = LANGUAGES
    ) -> None:
        """Photographs screens at their filled-in addresses, signed in as the context is."""
        page, heard = await context.new_page(), _Heard()
        heard.listen(page)
        wanted = list(screens)
        for language in languages:
            spoken = ""
            for screen, address in wanted:
                if screen.app != "public" and spoken != screen.app:
                    await self._speak(page, screen, language)
                    spoken = screen.app
                for width in WIDTHS:
                    await self._visit(page, heard, screen, address, language, width)
        await page.close()

    async def _speak(self, page: Page, screen: Screen, language: str) -> None:
        await page.goto(self.home + ROOTS[screen.app])
        await page.evaluate(f"localStorage.setItem('palmcheck.language', '{language}')")

    async def _visit(self, page: Page, heard: _Heard, screen: Screen, address: str, language: str, width: str) -> None:
        await page.set_viewport_size({"width": WIDTHS[width][0], "height": WIDTHS[width][1]})
        await page.emulate_media(color_scheme="light")
        heard.take()
        url = self.home + ROOTS[screen.app] + address
        if screen.app == "public":
            url += ("&" if "?" in url else "?") + f"lang={language}"
        answer = await page.goto(url)
        await _settle(page)
        faults = [] if answer is None or answer.status == screen.status else [f"answers {answer.status}"]
        faults += await self.looker.raw_texts(page)
        if width == "phone":
            faults += await self.looker.too_wide(page)
        if screen.app != "public" and not _is_at(page, ROOTS[screen.app] + address):
            faults.append(f"led elsewhere: {page.url.removeprefix(self.home)}")
        faults += heard.take()
        tall = await page.evaluate("document.documentElement.scrollHeight")
        await page.set_viewport_size({"width": WIDTHS[width][0], "height": min(max(tall, WIDTHS[width][1]), TALLEST)})
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            await page.wait_for_timeout(60)
            file = f"{screen.title}.{language}.{width}.{scheme}.png"
            await page.screenshot(path=self.out / file, animations="disabled")
            seen = [*faults, *(await self.looker.violations(page))]
            self.pictures.append(Picture(screen, language, width, scheme, file, tuple(seen)))
        self.say(f"{screen.title} {language} {width}" + (f"  {len(seen)} faults" if seen else ""))


async def _settle(page: Page) -> None:
    """Waits until nothing is on its way any more, as far as one can see."""
    with suppress(TimeoutError):
        await page.wait_for_load_state("networkidle", timeout=SETTLED_MS)
    await page.wait_for_function(LOADING, polling=50)


def _is_at(page: Page, address: str) -> bool:
    path = address.split("?", maxsplit=1)[0].rstrip("/")
    return page.url.split("?")[0].split("#")[0].rstrip("/").endswith(path)

"""What can be wrong with a screen, found by looking at the page in the browser."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.async_api import Page

ROOT = Path(__file__).parents[2]
AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"
CATALOGUES = (ROOT / "pwa" / "src" / "messages", ROOT / "backend" / "palmcheck")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KEY = re.compile(r"(?<![\w./-])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+(?![\w/-])")
LEAST_TARGET = 48
PLACE = re.compile(r"\{\w+\}")

QUESTIONS = Path(__file__).with_name("looking.js").read_text("utf-8")


def message_keys() -> set[str]:
    """Every key of every catalogue of texts."""
    found: set[str] = set()
    for folder in CATALOGUES:
        for file in (each for each in folder.rglob("*.json") if each.parent.name == "messages"):
            found |= json.loads(file.read_text("utf-8")).keys()
    return found


class Looker:
    """Looks at one page after the other."""

    def __init__(self, *, axe: bool) -> None:
        self._keys = message_keys()
        self._families = {key.split(".")[0] for key in self._keys if "." in key}
        self._axe = AXE.read_text("utf-8") if axe else None

    async def raw_texts(self, page: Page) -> list[str]:
        """Keys that stand where their texts should, and places that nothing was put into."""
        said: list[str] = await page.evaluate(QUESTIONS + ".visibleTexts()")
        found = {key for text in said for key in KEY.findall(text) if self._is_key(key)}
        return [f"raw key {key}" for key in sorted(found)] + [
            f"empty place in: {x[:60]}" for x in said if PLACE.search(x)
        ]

    def _is_key(self, word: str) -> bool:
        return word in self._keys or word.split(".", maxsplit=1)[0] in self._families

    async def too_wide(self, page: Page) -> list[str]:
        """What makes the page scroll sideways."""
        wide: list[str] = await page.evaluate(QUESTIONS + ".tooWide()")
        return [f"overflows: {each}" for each in wide]

    async def too_small(self, page: Page) -> list[str]:
        """What a thumb would miss: below 48 px in width or height."""
        small: list[str] = await page.evaluate(QUESTIONS + f".tooSmall({LEAST_TARGET})")
        return [f"small target: {each}" for each in small]

    async def cut_off(self, page: Page) -> list[str]:
        """Text that a box hides the end of."""
        cut: list[str] = await page.evaluate(QUESTIONS + ".cutOff()")
        return [f"cut off: {each}" for each in cut]

    async def violations(self, page: Page) -> list[str]:
        """What axe-core finds, if it was asked for. Put in by the debugger, so that the page's own policy stays."""
        if self._axe is None:
            return []
        await page.evaluate(f"{self._axe}; undefined")
        found: list[Any] = await page.evaluate(QUESTIONS + f".violations({LEVELS})")
        return [f"axe {each}" for each in found]

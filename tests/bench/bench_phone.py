"""The phone's speed, each figure beside its limit (design.md, speed).

    python -m tests.bench.bench_phone [TASKS]

Serves a county where one inspector has 1,000 tasks, enrols a phone in real Chromium and measures what he waits for.
CPU throttling does not reach workers: the photo is shrunk in one, so its figure is the main thread's at a quarter.
"""

import asyncio
import gzip
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import BrowserContext, async_playwright

from tests.bench import phone_measures as measures
from tests.bench.county_of_tasks import Served, as_json, county_with_tasks
from tests.e2e import field
from tests.e2e.browser import PHONE, open_browser


@dataclass(frozen=True)
class Figure:
    """A measured value beside its limit; less is better."""

    name: str
    value: float
    limit: float
    unit: str

    def line(self) -> str:
        """One row of the report."""
        verdict = "holds" if self.value <= self.limit else "MISSED"
        return f"{self.name:<58} {self.value:>9.1f} {self.limit:>9.1f} {self.unit:<4} {verdict}"


async def measure(served: Served, folder: Path) -> list[Figure]:
    """Every figure, on one phone."""
    figures: list[Figure] = []
    async with async_playwright() as playwright:
        phone = await open_browser(playwright, folder / "phone", PHONE)
        page = await phone.new_page()
        sent = measures.scripts_sent(page)
        await field.enrol_and_sign_in(page, served.home, as_json(served.inspector()))
        scripts = [gzip.compress(body, 9) for body in await sent()]
        figures.append(Figure("JavaScript to the first list", sum(map(len, scripts)) / 1000, 80, "KB"))
        tasks, pulled = await measures.pull_bytes(page)
        figures.append(Figure(f"pull of {tasks} tasks, compressed", pulled / 1000, 300 * tasks / 1000, "KB"))
        for name, limit, unit, taken in STEPS:
            figures.append(Figure(name, await taken(phone, served.home), limit, unit))
        await phone.close()
    return figures


Step = Callable[[BrowserContext, str], Awaitable[float]]
STEPS: list[tuple[str, float, str, Step]] = [
    ("scrolling the list, longest frame", 50, "ms", measures.longest_frame_scrolling),
    ("offline start to the list, CPU at a quarter", 1000, "ms", measures.offline_start),
    ("longest task while answering, CPU at a quarter", 50, "ms", measures.longest_task_answering),
    ("12-megapixel photo shrunk, hashed, stored, CPU at a quarter", 1500, "ms", measures.photo_stored),
    ("first question, first visit, 400 kbit/s and 400 ms", 3500, "ms", measures.first_question_on_slow_3g),
]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def main(tasks: int) -> bool:
    """Measures and prints; whether every limit holds."""
    with tempfile.TemporaryDirectory() as folder:
        async with county_with_tasks(tasks, Path(folder), free_port()) as served:
            figures = await measure(served, Path(folder))
    print(f"{'':<58} {'measured':>9} {'limit':>9}")
    print("\n".join(figure.line() for figure in figures))
    return all(figure.value <= figure.limit for figure in figures)


if __name__ == "__main__":
    sys.exit(0 if asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)) else 1)

"""Real Chromium as a phone and as a desk; it can be killed as the system kills it."""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, Playwright

CHROMIUM = os.environ.get("PALMCHECK_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "geolocation": {"latitude": 30.6512, "longitude": 103.9031, "accuracy": 18},
    "permissions": ["geolocation"],
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


async def open_browser(
    playwright: Playwright, profile: Path, shape: dict[str, Any], flags: Sequence[str] = ()
) -> BrowserContext:
    """Chromium on a profile folder of its own, which a killed browser's successor can open again."""
    return await playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=[*FLAGS, *flags], headless=True, locale="zh-CN",
        timezone_id="Asia/Shanghai", **shape,
    )  # fmt: skip


def kill_browser(profile: Path) -> None:
    """SIGKILL to every process of the profile's browser: no unload event, no flush."""
    mark = f"--user-data-dir={profile}".encode()
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with suppress(OSError):
                if mark in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
    for lock in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
        (profile / lock).unlink(missing_ok=True)

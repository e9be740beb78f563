"""Fixtures of the browser tests: a running system, a proxy that cuts before it, and Playwright."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Playwright, async_playwright, expect

from tests.e2e.cutting_proxy import CuttingProxy
from tests.e2e.running_system import RunningSystem, start_system

WAIT_MS = 20_000


@pytest.fixture
async def system(tmp_path: Path) -> AsyncIterator[RunningSystem]:
    """The demonstration, served."""
    running = await start_system(tmp_path / "data")
    yield running
    await running.stop()


@pytest.fixture
async def proxy(system: RunningSystem) -> AsyncIterator[CuttingProxy]:
    """The cable between browser and server."""
    cable = CuttingProxy(system.port)
    await cable.start()
    yield cable
    await cable.stop()


@pytest.fixture
async def playwright() -> AsyncIterator[Playwright]:
    """Playwright, patient enough for two cores."""
    expect.set_options(timeout=WAIT_MS)
    async with async_playwright() as started:
        yield started

"""Waiting for what another process or a listener does by itself."""

import asyncio
from collections.abc import Awaitable, Callable

SOON = 10


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Waits for what another process or the listener does by itself."""
    async with asyncio.timeout(SOON):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.01)

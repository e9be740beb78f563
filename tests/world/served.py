"""The app in processes of its own, over a database of the tests: what one process tells another is seen there."""

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def served_app(
    database_url: str, data_folder: Path, workers: int = 1, factory: str = "palmcheck.app:create_app"
) -> AsyncIterator[str]:
    """Granian with the composed app; its address, until the block ends. Its log is in `data_folder`."""
    port = free_port()
    environment = os.environ | {"PALMCHECK_DATABASE_URL": database_url, "PALMCHECK_DATA": str(data_folder)}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    with (data_folder / f"served-{port}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--no-access-log",
            "--port", str(port), "--workers", str(workers), "--workers-kill-timeout", "5", factory,
            stdout=log, stderr=log, env=environment,
        )  # fmt: skip
        try:
            base = f"http://127.0.0.1:{port}"
            await _answering(base)
            yield base
        finally:
            process.terminate()
            await asyncio.wait_for(process.wait(), 20)


async def _answering(base: str) -> None:
    async with asyncio.timeout(START_SECONDS), httpx.AsyncClient() as client:
        while True:
            try:
                if (await client.get(f"{base}/healthz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)

"""The whole system as `infra/run` starts it, in processes of its own."""

import asyncio
import json
import os
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 180


@dataclass
class RunningSystem:
    """A served demonstration: its port and its logins."""

    process: asyncio.subprocess.Process
    port: int
    data: Path

    @property
    def logins(self) -> list[dict[str, Any]]:
        """`demo-accounts.json`."""
        found: list[dict[str, Any]] = json.loads((self.data / "demo-accounts.json").read_text())
        return found

    async def stop(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        await asyncio.wait_for(self.process.wait(), 20)


async def start_system(
    data: Path, demo: str = "small", targets: int = 60_000, database_url: str | None = None
) -> RunningSystem:
    """`palmcheck serve --demo` on a free port; returns once it says ready.

    `database_url`: a database that holds a demonstration already, instead of one of the system's own.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PALMCHECK_PORT": str(port), "PALMCHECK_DATA": str(data), "PALMCHECK_DEMO": demo}
    environment["PALMCHECK_DEMO_TARGETS"] = str(targets)
    environment.pop("PALMCHECK_DATABASE_URL", None)
    if database_url:
        environment["PALMCHECK_DATABASE_URL"] = database_url
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "palmcheck", "serve", "--demo",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        while not (line := await process.stdout.readline()).startswith(b"ready http"):
            assert line, "the system ended before it was ready"
    return RunningSystem(process, port, data)

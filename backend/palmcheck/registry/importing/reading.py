"""Starts the process that reads a file, and listens to what it says."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.registry.importing.refusals import Refused

PATIENCE_SECONDS = 1800
_PIECE = 1 << 18
_LINE_LIMIT = 1 << 30
_CHUNK = text(
    "select content from target_import_chunk "
    "where jurisdiction_id = :jurisdiction_id and import_id = :import_id and number = :number"
)
Progress = Callable[[int, int], Awaitable[None]]
"""Told the rows read, and how much of the file that is in 1/10,000."""


@asynccontextmanager
async def received_file(session: AsyncSession, jurisdiction_id: UUID, import_id: UUID) -> AsyncIterator[Path]:
    """The received file as one on this machine, for as long as it is read. Raises Refused if it is lost."""
    with tempfile.TemporaryDirectory(prefix="palmcheck-import-") as folder:
        path, number = Path(folder) / "file", 0
        with path.open("wb") as file:
            key = {"jurisdiction_id": jurisdiction_id, "import_id": import_id}
            while (piece := await session.scalar(_CHUNK, key | {"number": number})) is not None:
                await asyncio.to_thread(file.write, piece)
                number += 1
        if number == 0:
            raise Refused("unreadable")
        yield path


@dataclass
class Reading:
    """A running reader: `lines()` is text for COPY; afterwards `end` says what was read."""

    process: asyncio.subprocess.Process
    tell: Progress
    faults: list[dict[str, Any]] = field(default_factory=list)
    _end: dict[str, Any] | None = None
    _refused: Refused | None = None

    async def lines(self) -> AsyncIterator[bytes]:
        """What the process writes for COPY. Raises Refused, then nothing of the file may stay."""
        assert self.process.stdout is not None
        listening = asyncio.create_task(self._listen())
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while piece := await self.process.stdout.read(_PIECE):
                    if listening.done():
                        listening.result()  # what it raised ends the reading; a process at its end only has less to say
                    yield piece
                await listening
                await self.process.wait()
        except TimeoutError as wrong:
            raise Refused("unreadable") from wrong
        finally:
            listening.cancel()
        self.end()

    def end(self) -> dict[str, Any]:
        """What the process said at its end. Raises Refused, also for one that died without a word."""
        if self._refused or self._end is None:
            raise self._refused or Refused("unreadable")
        return self._end

    async def _listen(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            if not line.startswith(b"{"):
                continue  # a warning of the interpreter
            said = json.loads(line)
            self.faults += said.get("faults", [])
            self._end = said.get("end", self._end)
            if "refused" in said:
                self._refused = Refused(said["refused"]["code"], **said["refused"]["params"])
            if "progress" in said:
                await self.tell(said["progress"]["rows"], said["progress"]["part"])


@asynccontextmanager
async def reading(path: Path, settings: dict[str, Any], tell: Progress) -> AsyncIterator[Reading]:
    """Starts the reader on a file; it does not outlive the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "palmcheck.registry.importing.preparing", str(path),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        limit=_LINE_LIMIT, cwd=Path(__file__).parents[3],
    )  # fmt: skip
    try:
        assert process.stdin is not None
        process.stdin.write(json.dumps(settings).encode())
        process.stdin.close()
        yield Reading(process, tell)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()

"""A server as in production (its own process, real sockets) over a real database, for the slice's tests."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx
import pytest

from palmcheck.evidence.receiving import Intake
from palmcheck.evidence.upload_locks import UploadLocks
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.embedded_postgres import APP, OWNER, EmbeddedPostgres
from palmcheck.kernel.object_store import FolderStore
from palmcheck.kernel.unit_of_work import Database
from tests.evidence.visits import Visits


@dataclass(frozen=True)
class RunningServer:
    """A `granian` with one worker."""

    port: int
    photo_folder: Path
    pid: int


@pytest.fixture(scope="session")
async def uploads_url(postgres: EmbeddedPostgres) -> str:
    """A database for the server, as the app's role sees it."""
    admin = await asyncpg.connect(postgres.url("postgres", "postgres"))
    await admin.execute(f"create database uploads template palmcheck owner {OWNER}")
    await admin.close()
    return postgres.url(APP, "uploads")


@pytest.fixture(scope="session")
def upload_server(uploads_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The whole app behind granian."""
    data = tmp_path_factory.mktemp("data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "palmcheck.app:create_app", "--factory", "--interface", "asgi",
               "--port", str(port), "--workers", "1", "--workers-kill-timeout", "3", "--no-access-log"]  # fmt: skip
    environment = os.environ | {
        "PALMCHECK_DATABASE_URL": uploads_url,
        "PALMCHECK_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    process = subprocess.Popen(command, env=environment)
    try:
        _wait_until_up(f"http://127.0.0.1:{port}/healthz")
        yield RunningServer(port, data / "evidence", _worker_of(process.pid))
    finally:
        process.terminate()
        process.wait(20)


def _wait_until_up(url: str) -> None:
    for _ in range(200):
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(url)


def _worker_of(pid: int) -> int:
    """The process that serves: granian's one worker."""
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[-1])


@pytest.fixture(scope="session")
async def behind(uploads_url: str) -> AsyncIterator[Database]:
    """The server's database, from the test's process."""
    engine = open_engine(uploads_url)
    yield Database(engine)
    await engine.dispose()


@pytest.fixture
async def visits(behind: Database, upload_server: RunningServer) -> AsyncIterator[Visits]:
    """Makes parts with officers who are signed in on their phones."""
    async with Visits(behind, f"http://127.0.0.1:{upload_server.port}") as visits:
        yield visits


@pytest.fixture
def intake(behind: Database, upload_server: RunningServer) -> Intake:
    """What the server takes bytes in with, for what cannot be brought about from outside."""
    return Intake(behind, FolderStore(upload_server.photo_folder), UploadLocks(behind.engine))

"""Servers in processes of their own: the app behind granian, and a real S3 (`rclone serve s3`)."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.s3_store import S3Place, S3Store

KEY, SECRET, BUCKET, REGION = "palmcheck-tests", "palmcheck-tests-secret", "evidence", "us-east-1"


@dataclass(frozen=True)
class RunningServer:
    """A `granian` with one worker. `pid`: the worker's; `store`: where it keeps bytes, opened once more."""

    port: int
    pid: int
    process: subprocess.Popen[bytes]
    store: ObjectStore

    def kill(self) -> None:
        """As a power cut does it."""
        for pid in (self.process.pid, self.pid):
            os.kill(pid, 9)
        self.process.wait(20)


@dataclass
class Bucket:
    """A bucket that can be taken down and brought back; its objects stay."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def place(self) -> S3Place:
        return S3Place(f"http://127.0.0.1:{self.port}", BUCKET, KEY, SECRET, REGION)

    def environment(self) -> dict[str, str]:
        """The settings that lead to it."""
        return {
            "PALMCHECK_S3_ENDPOINT": self.place.endpoint,
            "PALMCHECK_S3_BUCKET": BUCKET,
            "PALMCHECK_S3_ACCESS_KEY": KEY,
            "PALMCHECK_S3_SECRET_KEY": SECRET,
            "PALMCHECK_S3_REGION": REGION,
        }

    def start(self) -> None:
        (self.folder / BUCKET).mkdir(exist_ok=True)
        program = shutil.which("rclone", path=str(Path(sys.executable).parent)) or "rclone"
        command = [program, "serve", "s3", str(self.folder), "--addr", f"127.0.0.1:{self.port}", "--auth-key",
                   f"{KEY},{SECRET}", "--vfs-cache-mode", "off"]  # fmt: skip
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        wait_until_listening(self.port)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(20)
            self.process = None

    def store(self) -> S3Store:
        return S3Store(self.place)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_listening(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


@contextmanager
def running_bucket(folder: Path) -> Iterator[Bucket]:
    bucket = Bucket(folder, free_port())
    bucket.start()
    try:
        yield bucket
    finally:
        bucket.stop()


def start_server(database_url: str, data: Path, store: ObjectStore, settings: dict[str, str]) -> RunningServer:
    """The whole app behind granian."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "palmcheck.app:create_app", "--factory", "--interface", "asgi",
               "--port", str(port), "--workers", "1", "--workers-kill-timeout", "3", "--no-access-log"]  # fmt: skip
    environment = os.environ | settings | {
        "PALMCHECK_DATABASE_URL": database_url,
        "PALMCHECK_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    process = subprocess.Popen(command, env=environment)
    _wait_until_up(f"http://127.0.0.1:{port}/healthz")
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return RunningServer(port, int(children.split()[-1]), process, store)


def _wait_until_up(url: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError(url)


def stop_server(server: RunningServer) -> None:
    """Lets it end by itself."""
    server.process.terminate()
    server.process.wait(20)

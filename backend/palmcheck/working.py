"""Running jobs in a process of their own: a server that also made thumbnails would let phones wait for them."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import threading

from palmcheck.app import REACTIONS, TIMERS
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.unit_of_work import Database
from palmcheck.kernel.worker import Worker
from palmcheck.settings import Settings

NICER = 5
"""Below the server and the database: whoever waits for an answer goes first."""
PAUSE_SECONDS = 1
GRACE_SECONDS = 8


def work(settings: Settings, url: str, *, beside: bool) -> None:
    """Runs jobs until SIGTERM or Ctrl-C.

    `beside`: next to a server that holds this process's standard input; when that ends, however it ends, so does
    this. It is elected: one of them among a database's servers. A worker that was started by hand works at once.
    """
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_work(settings, url, beside))


async def _work(settings: Settings, url: str, beside: bool) -> None:
    engine = open_engine(url)
    worker = Worker(Database(engine, REACTIONS, settings.open_store()), url, TIMERS)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, worker.stop)
    if beside:
        loop.add_signal_handler(signal.SIGINT, lambda: None)  # Ctrl-C is the server's, which then ends this
        os.nice(NICER)
        threading.Thread(target=_stop_at_the_end, args=(loop, worker), daemon=True).start()
    try:
        await worker.run(elected=beside)
    finally:
        await engine.dispose()


def _stop_at_the_end(loop: asyncio.AbstractEventLoop, worker: Worker) -> None:
    while sys.stdin.buffer.read(1):
        pass
    with contextlib.suppress(RuntimeError):  # it has stopped by itself
        loop.call_soon_threadsafe(worker.stop)


class WorkerBeside:
    """A worker process next to the server; one that dies is started again."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._keeping = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Starts it with the settings of this process's environment."""
        self._keeping.start()

    def stop(self) -> None:
        """Ends it after the jobs at hand; one that does not end is killed, and its jobs are taken over later."""
        self._ending.set()
        self._keeping.join(GRACE_SECONDS + PAUSE_SECONDS)

    def _keep(self) -> None:
        while not self._ending.is_set():
            command = [sys.executable, "-m", "palmcheck", "worker", "--beside"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 - constant words
            while process.poll() is None and not self._ending.wait(PAUSE_SECONDS):
                pass
            _end(process)
            self._ending.wait(PAUSE_SECONDS)


def _end(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    try:
        process.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

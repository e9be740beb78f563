"""The worker: runs the jobs that follow events, tries again, and keeps what failed for good."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import timedelta

import asyncpg
import msgspec
from pgqueuer import PgQueuer
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job, Schedule

from palmcheck.kernel.clock import now
from palmcheck.kernel.database import plain_url
from palmcheck.kernel.events import Reaction
from palmcheck.kernel.timers import Timer
from palmcheck.kernel.unit_of_work import Database

log = logging.getLogger(__name__)
TRIES = 8
LONGEST_WAIT = timedelta(minutes=10)


def wait_before(attempt: int) -> timedelta:
    """How long a failed job waits: 1 s doubled at each attempt (0, 1, 2 ...), at most ten minutes."""
    return min(timedelta(seconds=2**attempt), LONGEST_WAIT)


def _register(queue: PgQueuer, database: Database, reaction: Reaction) -> None:
    decoder = msgspec.json.Decoder(reaction.event)

    @queue.entrypoint(reaction.name, on_failure="hold")
    async def run(job: Job) -> None:
        """Runs the reaction in a unit of work of its own; a failure waits and tries again, then is kept."""
        try:
            async with database.unit_of_work() as tx:
                await reaction.run(tx, decoder.decode(job.payload or b"{}"))
        except Exception as failure:
            if job.attempts + 1 >= TRIES:
                if reaction.given_up is not None:
                    async with database.unit_of_work() as tx:
                        await reaction.given_up(tx, decoder.decode(job.payload or b"{}"))
                raise
            log.warning("job %s failed, attempt %s", reaction.name, job.attempts + 1, exc_info=failure)
            raise RetryRequested(delay=wait_before(job.attempts), reason=repr(failure)) from failure


def _set(queue: PgQueuer, database: Database, timer: Timer) -> None:
    @queue.schedule(timer.name, timer.expression, clean_old=True)
    async def run(_: Schedule) -> None:
        """Runs it; a failure is logged, and the next turn tries again."""
        try:
            await timer.run(database, now())
        except Exception:
            log.exception("timer %s failed", timer.name)


class Worker:
    """Runs jobs until stopped. `elected` waits for an advisory lock: one worker among a machine's processes."""

    def __init__(self, database: Database, url: str, timers: Sequence[Timer] = ()) -> None:
        self._database, self._url, self._timers = database, plain_url(url), timers
        self._queue: PgQueuer | None = None
        self._stopping = asyncio.Event()

    async def run(self, *, elected: bool = False) -> None:
        """Takes jobs until `stop`; a lost connection is opened again."""
        while not self._stopping.is_set():
            try:
                await self._run_once(elected)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as failure:
                log.warning("worker lost its connection", exc_info=failure)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), 1)

    def stop(self) -> None:
        """Ends after the jobs at hand."""
        self._stopping.set()
        if self._queue:
            self._queue.shutdown.set()

    async def _run_once(self, elected: bool) -> None:
        connection = await asyncpg.connect(self._url)
        try:
            while elected and not await connection.fetchval("select pg_try_advisory_lock(7256, 1)"):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopping.wait(), 1)
                if self._stopping.is_set():
                    return
            self._queue = PgQueuer.from_asyncpg_connection(connection)
            for reaction in self._database.reactions:
                _register(self._queue, self._database, reaction)
            for timer in self._timers:
                _set(self._queue, self._database, timer)
            if not self._stopping.is_set():
                await self._queue.run(dequeue_timeout=timedelta(seconds=5), heartbeat_timeout=timedelta(seconds=10))
        finally:
            await connection.close()

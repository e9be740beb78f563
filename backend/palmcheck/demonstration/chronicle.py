"""Making the past: units of work at historical instants, and what follows them, by the slices' own reactions."""

import heapq
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import count

from palmcheck.demonstration.one_transaction import OneTransaction
from palmcheck.kernel.events import Event, Reaction
from palmcheck.kernel.unit_of_work import Tx

Deed = Callable[[], Awaitable[None]]
MOMENT = timedelta(seconds=2)


class Chronicle:
    """Deeds in order of time over one database, in whose queue nothing is left behind.

    Reactions run here by their own functions instead of as jobs. `later` may put one off to another instant, as a
    review would.
    """

    def __init__(self, database: OneTransaction, later: Callable[[Reaction, datetime], datetime | None]) -> None:
        self._database = database.quietly()
        self._reactions = database.reactions
        self._later = later
        self._agenda: list[tuple[datetime, int, Deed]] = []
        self._waiting: dict[datetime, list[tuple[Reaction, Event]]] = {}
        self._number = count()
        self._latest = datetime.min.replace(tzinfo=UTC)

    def plan(self, at: datetime, deed: Deed) -> None:
        """Puts a deed on the agenda; deeds of one instant keep the order in which they were planned."""
        heapq.heappush(self._agenda, (at, next(self._number), deed))

    async def run(self, reached: Callable[[datetime], None]) -> None:
        """Does everything on the agenda, and what deeds put there; tells the instant that it has reached."""
        while self._agenda:
            at, _, deed = heapq.heappop(self._agenda)
            await deed()
            reached(at)

    async def happen(self, at: datetime, deed: Callable[[Tx], Awaitable[None]]) -> None:
        """One unit of work at an instant, then what follows it; time never runs back."""
        at = self._latest = max(at, self._latest)
        async with self._database.unit_of_work(at=at) as tx:
            await deed(tx)
        await self._follow(at + MOMENT, [entry.event for entry in tx.recorded])

    async def _follow(self, at: datetime, events: Iterable[Event]) -> None:
        due: list[tuple[Reaction, Event]] = []
        for event in events:
            for reaction in self._reactions:
                if isinstance(event, reaction.event):
                    put_off = self._later(reaction, at)
                    if put_off is None:
                        due.append((reaction, event))
                    else:
                        self._put_off(put_off, reaction, event)
        if due:
            await self._react(at, due)

    async def _react(self, at: datetime, due: list[tuple[Reaction, Event]]) -> None:
        async def all_of_them(tx: Tx) -> None:
            for reaction, event in due:
                await reaction.run(tx, event)

        await self.happen(at, all_of_them)

    def _put_off(self, at: datetime, reaction: Reaction, event: Event) -> None:
        if at not in self._waiting:
            self._waiting[at] = []

            async def deed() -> None:
                await self._react(at, self._waiting.pop(at))

            self.plan(at, deed)
        self._waiting[at].append((reaction, event))

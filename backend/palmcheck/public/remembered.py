"""What a process remembers of its public answers: found again by address, forgotten when the database says so.

Nothing is remembered before a connection listens, nor after it is lost: an answer that nobody could take back is
never given twice.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

KEEPS_SECONDS = 30
"""As long as a browser or nginx may keep it (public/answering.py)."""
MOST_BYTES = 64 * 1024 * 1024
LARGEST = 512 * 1024
RECORD = "record "
"""A notice of one record begins so, its id follows; any other notice is about everything."""


@dataclass(frozen=True)
class Kept:
    """A whole answer, as it went out. `until`: on the monotonic clock."""

    etag: bytes
    headers: list[tuple[bytes, bytes]]
    body: bytes
    until: float


@dataclass
class Memory:
    """Answers by address, language and coding; those asked for longest ago go first when it is full."""

    monotonic: Callable[[], float] = time.monotonic
    listening: bool = False
    changes: int = 0
    """How many notices came: an answer begun before one is not kept, for it may show what was before."""
    _kept: OrderedDict[tuple[str, ...], Kept] = field(default_factory=OrderedDict)
    _bytes: int = 0

    def find(self, key: tuple[str, ...]) -> Kept | None:
        """The answer that is still good."""
        found = self._kept.get(key)
        if found is None:
            return None
        if found.until < self.monotonic():
            self._drop(key)
            return None
        self._kept.move_to_end(key)
        return found

    def keep(self, key: tuple[str, ...], begun_at: int, kept: Kept) -> None:
        """Keeps an answer that was begun when `changes` stood at `begun_at`."""
        if not self.listening or begun_at != self.changes or len(kept.body) > LARGEST:
            return
        self._drop(key)
        self._kept[key] = kept
        self._bytes += len(kept.body)
        while self._bytes > MOST_BYTES:
            self._drop(next(iter(self._kept)))

    def hear(self, notice: str) -> None:
        """Forgets what a change makes old: a record's own pages and every list, or everything."""
        self.changes += 1
        if not notice.startswith(RECORD):
            self._kept.clear()
            self._bytes = 0
            return
        changed = notice.removeprefix(RECORD)
        for key in [key for key in self._kept if "/records/" not in key[0] or changed in key[0]]:
            self._drop(key)

    def listen(self) -> None:
        """From now on every change is heard."""
        self.listening = True

    def deafen(self) -> None:
        """Changes may go unheard: forget all, keep nothing."""
        self.listening = False
        self.hear("all")

    def _drop(self, key: tuple[str, ...]) -> None:
        dropped = self._kept.pop(key, None)
        if dropped is not None:
            self._bytes -= len(dropped.body)

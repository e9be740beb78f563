"""What a loading tells while it goes on: its stages with their seconds, and how far a long one is."""

import sys
import time
from collections.abc import Callable

Say = Callable[[str], None]
EVERY_SECONDS = 3.0


def tell() -> Say:
    """Writes one line a stage, and below it the seconds that it took."""
    began: list[float] = []

    def say(stage: str) -> None:
        if began:
            _write(f"    {time.monotonic() - began.pop():.1f} s")
        if stage:
            began.append(time.monotonic())
            _write(f"  演示数据 demonstration: {stage}")

    return say


class Shares:
    """How far several things are that run side by side; says so every few seconds."""

    def __init__(self, of: int, say: Say | None = None) -> None:
        self._of, self._say = of, say or _write
        self._done: dict[object, float] = {}
        self._said = time.monotonic()

    def reached(self, what: object, share: float) -> None:
        """One of them has come so far (0 to 1)."""
        self._done[what] = max(share, self._done.get(what, 0.0))
        if time.monotonic() - self._said >= EVERY_SECONDS:
            self._said = time.monotonic()
            self._say(f"    {sum(self._done.values()) / self._of:.0%}")


def _write(line: str) -> None:
    print(line, file=sys.stderr, flush=True)

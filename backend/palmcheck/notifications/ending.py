"""Hearing that the process is told to end, beside whoever else handles the signal."""

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType


@contextlib.contextmanager
def told_to_end(hear: Callable[[], None]) -> Iterator[None]:
    """Calls `hear` on SIGTERM, in the running loop, before what the signal did so far.

    The server waits for open answers before the app's own end begins: a stream that listens only to that would hold
    it up until it is killed. The loop's own handlers go another way (its wakeup socket) and keep working.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGTERM)

    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(hear)
        if callable(before):
            before(number, frame)
        elif before == signal.SIG_DFL:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    signal.signal(signal.SIGTERM, handle)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGTERM) is handle:
            signal.signal(signal.SIGTERM, before)

"""Timers: what a slice wants done again and again, by the worker, whether anything happened or not."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from palmcheck.kernel.unit_of_work import Database


@dataclass(frozen=True)
class Timer:
    """`expression` as cron writes it, in UTC; of several workers one runs it.

    `run` opens its own units of work, as many as it needs, at the instant that it is given; it may be run twice.
    """

    name: str
    expression: str
    run: Callable[[Database, datetime], Awaitable[None]]

"""The palm-enforcement rate, nominal: its definition (domain.md 5; S0 二(二)3). Pure."""

from datetime import date, datetime
from typing import Literal

from palmcheck.kernel.clock import law_date

SOURCE = "S0 二(二)3"
DEFINITION = "on-site department parts entered in the mobile app / on-site department parts done or overdue"
WHOLE = 10_000

Reason = Literal["mobile", "desk", "overdue"]


def counts_as(entry: str | None, formed_at: datetime | None, due_on: date, today: date) -> tuple[Reason, date] | None:
    """How one on-site part counts, and on which date of law; None while it is neither done nor overdue.

    A done part counts by the day it was formed, an overdue one by its due day. Only entry in the mobile
    app (an operation signed by an enrolled device) is in the numerator.
    """
    if formed_at is not None:
        return ("mobile" if entry == "mobile" else "desk"), law_date(formed_at)
    return ("overdue", due_on) if due_on < today else None


def rate(numerator: int, denominator: int) -> int | None:
    """Numerator over denominator in 1/10,000, rounded down so that 90 % is never shown before it is reached."""
    return numerator * WHOLE // denominator if denominator else None

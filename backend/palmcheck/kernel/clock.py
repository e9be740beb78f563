"""Time: instants in UTC, dates of law in Asia/Shanghai."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta

Instant = Annotated[datetime, Meta(tz=True)]
"""An instant with its offset, as every time in the API is."""

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This instant in UTC, cut to the millisecond that the API shows."""
    instant = datetime.now(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def law_date(instant: datetime) -> date:
    """The date of law of an instant: its date in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def quarter_of(day: date) -> str:
    """The quarter of a date of law, such as `2026Q4`."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_bounds(quarter: str) -> tuple[date, date]:
    """First day of a quarter such as `2026Q4`, and first day of the next. Raises ValueError for anything else."""
    year, _, number = quarter.partition("Q")
    if not (len(year) == 4 and year.isascii() and year.isdigit() and number in {"1", "2", "3", "4"}):
        raise ValueError(quarter)
    first = date(int(year), int(number) * 3 - 2, 1)
    try:
        return first, (first + timedelta(days=93)).replace(day=1)
    except OverflowError as wrong:
        raise ValueError(quarter) from wrong

"""Which facts count towards ratio and frequency (R7, S1 一(五): the last three years). Pure."""

from datetime import date

YEARS = 3


def counts_since(on: date, years: int = YEARS) -> date:
    """The first day whose facts count on a day: three years before it; 29 February counts as 1 March."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 3, 1)


def counts(happened_on: date, on: date, years: int = YEARS) -> bool:
    """Whether a fact counts on a day."""
    return counts_since(on, years) <= happened_on <= on

"""What a setting is: its type, default, bounds and source, and which values it takes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

V = TypeVar("V", int, bool, str)
Kind = Literal["integer", "ratio", "boolean", "choice", "month_day"]
Theme = Literal["plan", "invitation", "draw", "risk", "visit", "publication", "figures", "item_figures", "proofs"]
RATIO_UNIT = "1/10,000"
LEAP_YEAR = 2024


@dataclass(frozen=True)
class Setting(Generic[V]):
    """A typed setting. `source`: the notice or page its default comes from; `rule`: the rule of domain.md it serves."""

    key: str
    theme: Theme
    kind: Kind
    default: V
    unit: str
    source: str
    rule: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()

    def takes(self, value: object) -> bool:
        """Whether this value may stand here; a bool is never a number, and a number never a bool."""
        match self.kind:
            case "boolean":
                return isinstance(value, bool)
            case "choice":
                return value in self.choices
            case "month_day":
                return isinstance(value, str) and is_month_day(value)
            case _:
                return type(value) is int and self._holds(value)

    def _holds(self, value: int) -> bool:
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)


def is_month_day(value: str) -> bool:
    """Whether this is a day of every year, `MM-DD`: 29 February is none."""
    try:
        day = date.fromisoformat(f"{LEAP_YEAR}-{value}")
    except ValueError:
        return False
    return value == f"{day:%m-%d}" and value != "02-29"


def days(
    key: str, theme: Theme, default: int, source: str, rule: str | None = None, *, most: int = 250
) -> Setting[int]:
    """A count of working days; a year has about 250."""
    return Setting(key, theme, "integer", default, "working_days", source, rule, 1, most)


def count(
    key: str, theme: Theme, default: int, unit: str, source: str, rule: str | None = None, *, between: tuple[int, int]
) -> Setting[int]:
    """A whole number of something, with its bounds."""
    return Setting(key, theme, "integer", default, unit, source, rule, *between)


def ratio(key: str, theme: Theme, default: int, source: str, rule: str | None = None) -> Setting[int]:
    """A share in 1/10,000."""
    return Setting(key, theme, "ratio", default, RATIO_UNIT, source, rule, 0, 10_000)


def flag(key: str, theme: Theme, default: bool, source: str, rule: str | None = None) -> Setting[bool]:
    """Yes or no."""
    return Setting(key, theme, "boolean", default, "", source, rule)


def choice(key: str, theme: Theme, choices: Sequence[str], source: str, rule: str | None = None) -> Setting[str]:
    """One of several; the first is the default."""
    return Setting(key, theme, "choice", choices[0], "", source, rule, choices=tuple(choices))


def month_day(key: str, theme: Theme, default: str, source: str, rule: str | None = None) -> Setting[str]:
    """A day of every year, `MM-DD`."""
    return Setting(key, theme, "month_day", default, "", source, rule)

"""Whether an operation can be kept at all: text, numbers and times that PostgreSQL and RFC 8785 take. Pure.

What cannot be kept can never be accepted, so it is refused in words instead of being asked for again and again.
"""

from datetime import UTC, datetime
from typing import Any

DEEPEST = 24
LARGEST_NUMBER = 2**53
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def unstorable(value: Any, place: str = "", depth: int = 0) -> str | None:
    """Where the first thing is that cannot be kept, or None."""
    if depth > DEEPEST:
        return place
    if isinstance(value, str):
        return place if "\x00" in value or not _is_unicode(value) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None if -LARGEST_NUMBER < value < LARGEST_NUMBER else place
    if isinstance(value, dict):
        return _first(value.items(), place, depth)
    if isinstance(value, list):
        return _first(enumerate(value), place, depth)
    return None


def _is_unicode(value: str) -> bool:
    """Whether no half of a surrogate pair stands alone."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first(members: Any, place: str, depth: int) -> str | None:
    for key, member in members:
        if unstorable(key, place, depth) is not None:
            return place
        found = unstorable(member, f"{place}.{key}".lstrip("."), depth + 1)
        if found is not None:
            return found
    return None


def out_of_time(value: Any, place: str = "operation") -> str | None:
    """Where the first instant is that no clock of ours could have shown, or None. `value`: of structs and lists."""
    if isinstance(value, datetime):
        return None if EARLIEST <= value < LATEST else place
    if isinstance(value, list):
        members: Any = enumerate(value)
    elif hasattr(value, "__struct_fields__"):
        members = ((name, getattr(value, name)) for name in value.__struct_fields__)
    else:
        return None
    found = (out_of_time(member, f"{place}.{name}") for name, member in members)
    return next((each for each in found if each is not None), None)

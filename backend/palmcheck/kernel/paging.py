"""Paging by key: a cursor is the last row's key, opaque to the client."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from palmcheck.kernel.problems import Problem

T = TypeVar("T")
R = TypeVar("R")
PAGE = 50


class CursorInvalid(Problem):
    """A cursor that this list did not give out."""

    code, status = "cursor_invalid", 400


class Page(Struct, Generic[T]):
    """One page of a list: `items`, and the cursor of what follows or null."""

    items: list[T]
    next: str | None


def encode_cursor(*key: str | int) -> str:
    """The cursor that continues after this key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()


def decode_cursor(cursor: str, *types: type) -> tuple[object, ...]:
    """The key behind a cursor, converted to `types`. Raises CursorInvalid."""
    try:
        parts = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=list)
        if len(parts) != len(types):
            raise CursorInvalid(field="cursor")
        return tuple(msgspec.convert(part, kind) for part, kind in zip(parts, types, strict=True))
    except (binascii.Error, msgspec.MsgspecError, ValueError) as wrong:
        raise CursorInvalid(field="cursor") from wrong


def page_of(rows: Sequence[R], size: int, show: Callable[[R], T], key: Callable[[R], tuple[str | int, ...]]) -> Page[T]:
    """A page out of up to `size + 1` rows; the one too many only says that there is more."""
    shown = rows[:size]
    following = encode_cursor(*key(shown[-1])) if len(rows) > size else None
    return Page([show(row) for row in shown], following)

"""The code that an enterprise scans to see who comes and by what task (R25). Pure.

It is signed when the phone pulls and stands for itself: shown without a network, opened on the enterprise's own phone.
"""

import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from palmcheck.kernel.signatures import from_base64url, to_base64url

EPOCH = date(2020, 1, 1)
ID_BYTES, DAY_BYTES, MAC_BYTES = 16, 2, 12
HEAD_BYTES = 2 * ID_BYTES + DAY_BYTES
AT_LEAST_DAYS = 7
"""An overdue visit still takes place: its code is good for so many days after the pull."""


@dataclass(frozen=True)
class ShowCode:
    """What a code says: whose inspection, which one, and the last day it is good."""

    jurisdiction_id: UUID
    inspection_id: UUID
    last_day: date

    def head(self) -> bytes:
        """Both ids || days since 2020 in 2 bytes."""
        day = (self.last_day - EPOCH).days
        return self.jurisdiction_id.bytes + self.inspection_id.bytes + day.to_bytes(DAY_BYTES)


def last_day_of(due_on: date, today: date) -> date:
    """A code is good until the visit is due, and a week from its pull at least."""
    return max(due_on, today + timedelta(days=AT_LEAST_DAYS))


def make_show_code(key: bytes, said: ShowCode) -> str:
    """62 characters of base64url: what the code says, and 12 bytes of HMAC-SHA256 over it."""
    head = said.head()
    return to_base64url(head + _mac(key, head))


def read_show_code(key: bytes, code: str) -> ShowCode | None:
    """What a code says; None if this server never gave it."""
    try:
        raw = from_base64url(code)
    except ValueError:
        return None
    head, mac = raw[:HEAD_BYTES], raw[HEAD_BYTES:]
    if len(mac) != MAC_BYTES or not hmac.compare_digest(mac, _mac(key, head)):
        return None
    ids, day = head[: 2 * ID_BYTES], int.from_bytes(head[2 * ID_BYTES :])
    return ShowCode(UUID(bytes=ids[:ID_BYTES]), UUID(bytes=ids[ID_BYTES:]), EPOCH + timedelta(days=day))


def _mac(key: bytes, head: bytes) -> bytes:
    return hmac.digest(key, b"palmcheck/show/v1\x00" + head, "sha256")[:MAC_BYTES]

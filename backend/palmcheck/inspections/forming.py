"""When a result was formed, and whether its times make sense. Pure."""

from datetime import datetime, timedelta

CLOCK_TOLERANCE = timedelta(minutes=5)


def formed_at(left_at: datetime, not_before: datetime, received_at: datetime) -> datetime:
    """The instant that counts for the law: the phone's time of leaving, within [not_before, received_at].

    `not_before` is when the phone's newest nonce was given out: the record cannot be older than it
    claims to have been signed. A wrong clock therefore moves nothing beyond what the server knows itself.
    """
    return min(max(left_at, not_before), received_at)


def in_order(entered_at: datetime, rights_read_at: datetime, left_at: datetime) -> bool:
    """Whether the visit's times follow each other; all three come from one clock, so a skewed one passes."""
    return entered_at <= rights_read_at <= left_at


def visit_in_order(entered_at: datetime, left_at: datetime, received_at: datetime) -> bool:
    """Whether a desk's times follow each other and do not lie in the future."""
    return entered_at <= left_at <= received_at + CLOCK_TOLERANCE

"""Who and what may be drawn (R1, R2, S1 一(四)). Pure."""

from datetime import date

DRAWN_STAFF_KINDS = frozenset({"enforcement", "qualified"})


def is_drawable_target(status: str) -> bool:
    """Only targets in operation are drawn; deregistered and revoked ones never (R1)."""
    return status == "operating"


def why_not_drawable(
    status: str, staff_kind: str, certificate_expires_on: date, on: date, *, reviewed: bool = True
) -> tuple[str, ...]:
    """What keeps an inspector out of a draw on a day: left | staff_kind | certificate_expired | not_reviewed.

    Only active enforcement or qualified staff with a valid certificate is drawn (R2, S1 一(四)), and a row that was
    changed only once the justice department of the same level has reviewed it.
    """
    reasons = {
        "left": status != "active",
        "staff_kind": staff_kind not in DRAWN_STAFF_KINDS,
        "certificate_expired": certificate_expires_on < on,
        "not_reviewed": not reviewed,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def is_drawable_inspector(
    status: str, staff_kind: str, certificate_expires_on: date, on: date, *, reviewed: bool = True
) -> bool:
    """Whether nothing keeps an inspector out of a draw on a day (R2)."""
    return not why_not_drawable(status, staff_kind, certificate_expires_on, on, reviewed=reviewed)


def holds_interest(since: date, ended_on: date | None, on: date) -> bool:
    """Whether a declared interest holds on a day, its first and its last among them (R21)."""
    return since <= on and (ended_on is None or on <= ended_on)

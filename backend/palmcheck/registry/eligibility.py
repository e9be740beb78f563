"""Who and what may be drawn (R1, R2, S1 一(四)). Pure."""

from datetime import date

DRAWN_STAFF_KINDS = frozenset({"enforcement", "qualified"})


def is_drawable_target(status: str) -> bool:
    """Only targets in operation are drawn; deregistered and revoked ones never (R1)."""
    return status == "operating"


def is_drawable_inspector(status: str, staff_kind: str, certificate_expires_on: date, on: date) -> bool:
    """Active enforcement or qualified staff with a certificate valid on the day (R2, S1 一(四))."""
    return status == "active" and staff_kind in DRAWN_STAFF_KINDS and certificate_expires_on >= on

"""Every threshold, cap, clock and day count that a jurisdiction may set (domain.md 3, 5, 7), in one list."""

from typing import Any

from palmcheck.jurisdictions.settings.figures import (
    DUE_ON_TIME,
    FIGURES,
    FOLLOW_UP_RATE,
    ON_TIME_PUBLICATION,
    PALM_RATE_THRESHOLD,
    PUBLICATION_RATE,
    TARGET_COMPLETION,
)
from palmcheck.jurisdictions.settings.kinds import Setting, V
from palmcheck.jurisdictions.settings.lifecycles import (
    CONTACT_ATTEMPTS,
    CORRECTION_DAYS,
    DRAINING_DAYS,
    DRAW_AT_LEAST_ONE,
    DRAW_ORGANISE_DAYS,
    DRAW_RESERVE_PERCENT,
    LIFECYCLES,
    ORPHAN_DAYS,
    PARTY_PAGE_DAYS,
    PHOTO_LONG_SIDE,
    PHOTO_QUALITY,
    PUBLICATION_CLOCK,
    PUBLICATION_DAYS,
    PUBLICATION_REMINDER_DAYS,
    PUBLICATION_REVIEW,
    REVIEW_DAYS,
    TASK_PERIOD_MAX,
    TASK_PERIOD_MIN,
    TASK_REMINDER_DAYS,
    UPLOAD_DAYS,
)

__all__ = [
    "CONTACT_ATTEMPTS",
    "CORRECTION_DAYS",
    "DRAINING_DAYS",
    "DRAW_AT_LEAST_ONE",
    "DRAW_ORGANISE_DAYS",
    "DRAW_RESERVE_PERCENT",
    "DUE_ON_TIME",
    "FOLLOW_UP_RATE",
    "ON_TIME_PUBLICATION",
    "ORDERED",
    "ORPHAN_DAYS",
    "PALM_RATE_THRESHOLD",
    "PARTY_PAGE_DAYS",
    "PHOTO_LONG_SIDE",
    "PHOTO_QUALITY",
    "PUBLICATION_CLOCK",
    "PUBLICATION_DAYS",
    "PUBLICATION_RATE",
    "PUBLICATION_REMINDER_DAYS",
    "PUBLICATION_REVIEW",
    "REVIEW_DAYS",
    "SETTINGS",
    "TARGET_COMPLETION",
    "TASK_REMINDER_DAYS",
    "UPLOAD_DAYS",
    "Setting",
    "V",
]

SETTINGS: dict[str, Setting[Any]] = {each.key: each for each in (*LIFECYCLES, *FIGURES)}
"""The registry, by key, in the order in which a screen shows them."""

ORDERED: tuple[tuple[Setting[int], Setting[int]], ...] = ((TASK_PERIOD_MIN, TASK_PERIOD_MAX),)
"""Pairs of which the first may not exceed the second."""

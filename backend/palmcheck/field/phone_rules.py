"""The jurisdiction's settings that a phone works by while it is alone."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.field.types import FieldRules
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import (
    CONTACT_ATTEMPTS,
    CORRECTION_DAYS,
    PARTY_PAGE_DAYS,
    PHOTO_LONG_SIDE,
    PHOTO_QUALITY,
)
from palmcheck.jurisdictions.working_days import CalendarMissing, add_working_days
from palmcheck.kernel.clock import law_date, now

AHEAD = 21
"""Days that a phone may be alone and still propose a day to correct by."""


async def phone_rules(session: AsyncSession, jurisdiction_id: UUID) -> FieldRules:
    """The settings as they are now, and the proposed days for visits of the next three weeks."""
    today = law_date(now())
    days = await jurisdictions.setting(session, jurisdiction_id, CORRECTION_DAYS)
    _, calendar = await jurisdictions.working_days(session, jurisdiction_id, today)
    correct_by = {}
    for ahead in range(AHEAD):
        day = today + timedelta(days=ahead)
        try:
            correct_by[day.isoformat()] = add_working_days(day, days, calendar)
        except CalendarMissing:
            break
    return FieldRules(
        contact_attempts=await jurisdictions.setting(session, jurisdiction_id, CONTACT_ATTEMPTS),
        party_page_days=await jurisdictions.setting(session, jurisdiction_id, PARTY_PAGE_DAYS),
        photo_long_side=await jurisdictions.setting(session, jurisdiction_id, PHOTO_LONG_SIDE),
        photo_quality=await jurisdictions.setting(session, jurisdiction_id, PHOTO_QUALITY),
        correct_by=correct_by,
    )

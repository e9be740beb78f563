"""The working-day table as the office sees and changes it; each change is a new version (design.md 2)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions.events import CalendarChanged
from palmcheck.jurisdictions.models import CalendarVersion, WorkingDay
from palmcheck.jurisdictions.problems import DayTwice, NothingChanges, YearIncomplete, YearOutOfReach
from palmcheck.jurisdictions.service import working_days
from palmcheck.jurisdictions.types import Author, CalendarVersionView, CalendarYear, ChangeDays, DayView
from palmcheck.jurisdictions.versions import require_reason, require_version
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.events import Trace
from palmcheck.kernel.unit_of_work import Tx

FIRST_YEAR, YEARS_AHEAD = 2020, 10
SHOWN_VERSIONS = 50


async def calendar_year(session: AsyncSession, jurisdiction_id: UUID, year: int, today: date) -> CalendarYear:
    """One year of the newest calendar, with its versions and the years that lack a table."""
    version, all_days = await working_days(session, jurisdiction_id, date.min)
    years = sorted({day.year for day in all_days})
    rows = await session.scalars(
        select(CalendarVersion)
        .where(CalendarVersion.jurisdiction_id == jurisdiction_id)
        .order_by(CalendarVersion.version.desc())
        .limit(SHOWN_VERSIONS)
    )
    return CalendarYear(
        year=year,
        version=version,
        missing=year not in years,
        missing_years=[each for each in (today.year, today.year + 1) if each not in years],
        years=years,
        days=[DayView(day, works) for day, works in sorted(all_days.items()) if day.year == year],
        versions=[_version_view(row) for row in rows],
    )


async def change_days(
    tx: Tx, by: Trace, jurisdiction_id: UUID, change: ChangeDays, if_match: str | None, author: Author
) -> int:
    """Makes a new version of the calendar and answers its number; open deadlines are recounted by what reacts.

    Raises VersionNeeded, ChangedMeanwhile, ReasonMissing, DayTwice, YearOutOfReach, NothingChanges, YearIncomplete.
    """
    await tx.lock("working_day", jurisdiction_id)
    version, standing = await working_days(tx.session, jurisdiction_id, date.min)
    require_version(if_match, version)
    reason = require_reason(change.reason)
    wanted = real_changes(change.changes, standing, tx.now.year)
    changes = [[day.isoformat(), works, standing.get(day)] for day, works in sorted(wanted.items())]
    await _write_version(tx, jurisdiction_id, version + 1, standing | wanted)
    tx.session.add(
        CalendarVersion(
            jurisdiction_id=jurisdiction_id,
            version=version + 1,
            since=tx.now,
            reason=reason,
            changes=changes,
            author_id=author.account_id,
            author_name=author.name,
        )
    )
    changed = CalendarChanged(
        jurisdiction_id=jurisdiction_id,
        version=version + 1,
        first_day=min(wanted),
        last_day=max(wanted),
        days=len(wanted),
        changes_sha256=digest(changes),
        reason=reason,
    )
    tx.record(by, changed)
    return version + 1


def real_changes(changes: Sequence[DayView], standing: Mapping[date, bool], this_year: int) -> dict[date, bool]:
    """Those days of a change that differ from what stands; pure.

    Raises DayTwice, YearOutOfReach, NothingChanges, YearIncomplete.
    """
    wanted: dict[date, bool] = {}
    for each in changes:
        if wanted.setdefault(each.day, each.is_working) is not each.is_working:
            raise DayTwice(field="changes", day=each.day.isoformat())
        if not FIRST_YEAR <= each.day.year <= this_year + YEARS_AHEAD:
            raise YearOutOfReach(
                field="changes", day=each.day.isoformat(), first=FIRST_YEAR, last=this_year + YEARS_AHEAD
            )
    wanted = {day: works for day, works in wanted.items() if standing.get(day) is not works}
    if not wanted:
        raise NothingChanges(field="changes")
    for year in sorted({day.year for day in wanted}):
        lacking = [day for day in days_of(year) if day not in standing and day not in wanted]
        if lacking:
            raise YearIncomplete(field="changes", year=year, lacking=len(lacking), first=lacking[0].isoformat())
    return wanted


def days_of(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]


async def _write_version(tx: Tx, jurisdiction_id: UUID, version: int, days: Mapping[date, bool]) -> None:
    rows = [
        {"jurisdiction_id": jurisdiction_id, "version": version, "day": day, "is_working": works}
        for day, works in days.items()
    ]
    await tx.session.execute(insert(WorkingDay), rows)


def _version_view(row: CalendarVersion) -> CalendarVersionView:
    changes = [DayView(date.fromisoformat(day), works) for day, works, _ in row.changes]
    return CalendarVersionView(row.version, row.since, row.reason, row.author_name, changes)

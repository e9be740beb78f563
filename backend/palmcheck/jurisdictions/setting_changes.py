"""Settings as the office sees and changes them; reading one for a rule is `service.setting`."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.jurisdictions import service
from palmcheck.jurisdictions.models import SettingValue
from palmcheck.jurisdictions.problems import SettingUnknown, ValueOutOfBounds, ValueRefused, ValuesClash
from palmcheck.jurisdictions.settings import ORDERED, SETTINGS, Setting
from palmcheck.jurisdictions.types import Author, ChangeSetting, SettingChange, SettingView, Value
from palmcheck.jurisdictions.versions import require_reason, require_version
from palmcheck.kernel.events import Trace
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import Problem
from palmcheck.kernel.unit_of_work import Tx


async def settings(session: AsyncSession, jurisdiction_id: UUID) -> list[SettingView]:
    """Every setting with its value in force, in the registry's order."""
    newest = (
        select(SettingValue, func.count().over(partition_by=SettingValue.key).label("version"))
        .where(SettingValue.jurisdiction_id == jurisdiction_id)
        .ext(distinct_on(SettingValue.key))
        .order_by(SettingValue.key, SettingValue.since.desc())
    )
    found = {row.key: (row, version) for row, version in (await session.execute(newest)).all()}
    return [_view(each, *found.get(each.key, (None, 0))) for each in SETTINGS.values()]


def setting_of(key: str) -> Setting[Any]:
    """The setting with this key. Raises SettingUnknown."""
    if key not in SETTINGS:
        raise SettingUnknown(key=key)
    return SETTINGS[key]


async def setting_history(
    session: AsyncSession, jurisdiction_id: UUID, key: str, cursor: str | None
) -> Page[SettingChange]:
    """The values that a setting had, newest first. Raises SettingUnknown, CursorInvalid."""
    which = setting_of(key)
    before = func.lag(SettingValue.value).over(order_by=SettingValue.since).label("before")
    number = func.row_number().over(order_by=SettingValue.since).label("number")
    wanted = select(SettingValue, before, number).where(
        SettingValue.jurisdiction_id == jurisdiction_id, SettingValue.key == key
    )
    rows = (await session.execute(wanted.order_by(SettingValue.since.desc()))).all()
    last = int(str(decode_cursor(cursor, int)[0])) if cursor else len(rows) + 1
    return page_of(
        [row for row in rows if row.number < last][: PAGE + 1],
        PAGE,
        lambda row: _change(row[0], which.default if row.before is None else row.before),
        lambda row: (row.number,),
    )


async def change_setting(
    tx: Tx, by: Trace, jurisdiction_id: UUID, key: str, change: ChangeSetting, if_match: str | None, author: Author
) -> SettingView:
    """Gives a setting another value from now on; its history stays.

    Raises SettingUnknown, VersionNeeded, ChangedMeanwhile, ValueRefused, ValuesClash, ReasonMissing.
    """
    which = setting_of(key)
    await tx.lock(f"setting/{key}", jurisdiction_id)
    version = await _version(tx.session, jurisdiction_id, key)
    require_version(if_match, version)
    reason = require_reason(change.reason)
    await _require_fit(tx.session, jurisdiction_id, which, change.value)
    row = await service.change_setting(tx, by, jurisdiction_id, which, change.value, reason, author)
    return _view(which, row, version + 1)


async def _require_fit(session: AsyncSession, jurisdiction_id: UUID, which: Setting[Any], value: Value) -> None:
    if not which.takes(value):
        raise _refusal(which, value)
    for low, high in ORDERED:
        if which.key not in {low.key, high.key}:
            continue
        other = high if which.key == low.key else low
        standing = await service.setting(session, jurisdiction_id, other)
        smaller, larger = (value, standing) if other is high else (standing, value)
        if int(smaller) > int(larger):
            raise ValuesClash(field="value", rule=which.rule, other=other.key, standing=standing)


def _refusal(which: Setting[Any], value: Value) -> Problem:
    if type(value) is not int or which.kind not in {"integer", "ratio"}:
        return ValueRefused(field="value", rule=which.rule, key=which.key)
    low, high = which.minimum or 0, which.maximum or 0
    shown = (f"{low / 100:g}%", f"{high / 100:g}%") if which.kind == "ratio" else (low, high)
    return ValueOutOfBounds(field="value", rule=which.rule, minimum=shown[0], maximum=shown[1])


async def _version(session: AsyncSession, jurisdiction_id: UUID, key: str) -> int:
    count = select(func.count()).where(SettingValue.jurisdiction_id == jurisdiction_id, SettingValue.key == key)
    return await session.scalar(count) or 0


def _view(which: Setting[Any], row: SettingValue | None, version: int) -> SettingView:
    return SettingView(
        key=which.key,
        theme=which.theme,
        kind=which.kind,
        value=which.default if row is None else row.value,
        default=which.default,
        unit=which.unit,
        minimum=which.minimum,
        maximum=which.maximum,
        choices=list(which.choices),
        source=which.source,
        rule=which.rule,
        version=version,
        since=row.since if row else None,
        author_name=row.author_name if row else None,
        reason=row.reason if row else None,
    )


def _change(row: SettingValue, before: Value) -> SettingChange:
    return SettingChange(row.value, before, row.since, row.reason, row.author_name)

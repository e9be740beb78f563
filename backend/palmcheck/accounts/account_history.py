"""An account's history in words: who did what, and what stood there before and after."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.administration_types import AccountFieldChange, AccountHistoryEntry, HistoryField
from palmcheck.accounts.inspector_directory import InspectorDirectory
from palmcheck.accounts.models import Account
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.paging import Page
from palmcheck.kernel.trail import HistoryEntry, history_of

Words = dict[str, str]


async def account_history(
    session: AsyncSession, account: Account, directory: InspectorDirectory, cursor: str | None
) -> Page[AccountHistoryEntry]:
    """One page of what the trail says about an account, the newest first. Raises CursorInvalid."""
    here = account.jurisdiction_id
    page = await history_of(session, here, "account_id", account.id, cursor, listed_under=("opened", "linked"))
    people = await _people(session, here, page.items)
    departments = {str(id): each.name for id, each in (await jurisdictions.departments(session, here)).items()}
    inspectors = await _inspectors(session, here, page.items, directory)
    shown = [
        AccountHistoryEntry(
            number=entry.number,
            at=entry.at,
            name=entry.name,
            by_name=people.get(entry.actor.get("account_id", "")),
            changes=field_changes(entry, departments, inspectors),
            reason=entry.payload.get("reason"),
        )
        for entry in page.items
    ]
    return Page(shown, page.next)


def field_changes(entry: HistoryEntry, departments: Words, inspectors: Words) -> list[AccountFieldChange]:
    """The fields in which the account differs after an event. Pure."""
    told = entry.payload
    if entry.name == "account.left":
        return [AccountFieldChange("status", ["active"], [told["status"]])]
    if entry.name == "account.returned":
        return [AccountFieldChange("status", [], ["active"])]
    if entry.name != "account.changed":
        return []
    pairs: list[tuple[HistoryField, list[str], list[str]]] = [
        ("roles", sorted(told["roles_before"]), sorted(told["roles"])),
        ("department", _named(told, "department_before", departments), _named(told, "department_id", departments)),
        ("inspector", _named(told, "inspector_before", inspectors), _named(told, "inspector_id", inspectors)),
    ]
    changed = [AccountFieldChange(field, before, after) for field, before, after in pairs if before != after]
    return [AccountFieldChange("display_name", [], []), *changed] if told.get("renamed") else changed


def _named(told: dict[str, Any], key: str, words: Words) -> list[str]:
    id = told.get(key)
    return [words.get(id, id)] if id else []


async def _people(session: AsyncSession, here: UUID, entries: list[HistoryEntry]) -> Words:
    ids = {UUID(entry.actor["account_id"]) for entry in entries if "account_id" in entry.actor}
    wanted = select(Account.id, Account.display_name).where(Account.jurisdiction_id == here, Account.id.in_(ids))
    return {str(row.id): row.display_name for row in await session.execute(wanted)}


async def _inspectors(
    session: AsyncSession, here: UUID, entries: list[HistoryEntry], directory: InspectorDirectory
) -> Words:
    ids = {entry.payload.get(key) for entry in entries for key in ("inspector_before", "inspector_id")} - {None}
    return await directory.names(session, here, [UUID(id) for id in ids])

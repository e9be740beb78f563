"""The trail's entries for people who read: whoever acted has a name."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.models import Account
from palmcheck.kernel.paging import Page
from palmcheck.kernel.trail import HistoryEntry


class NamedEntry(HistoryEntry, frozen=True):
    """An entry with the name of whoever acted; null where the system did."""

    by_name: str | None = None


async def with_names(session: AsyncSession, page: Page[HistoryEntry]) -> Page[NamedEntry]:
    """The same entries, each with the name that its account has now."""
    ids = {UUID(entry.actor["account_id"]) for entry in page.items if "account_id" in entry.actor}
    rows = await session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    names = {str(row.id): row.display_name for row in rows}
    shown = [
        NamedEntry(
            entry.number, entry.at, entry.name, entry.actor, entry.payload, names.get(entry.actor.get("account_id", ""))
        )
        for entry in page.items
    ]
    return Page(shown, page.next)

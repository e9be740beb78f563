"""Names of accounts for the registry's screens."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.reads import account_rows


async def people_of(session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Who did it, by account: the name to show."""
    people = account_rows.subquery()
    rows = await session.execute(
        select(people.c.id, people.c.display_name).where(
            people.c.jurisdiction_id == jurisdiction_id, people.c.id.in_(list(ids))
        )
    )
    return {row.id: row.display_name for row in rows}

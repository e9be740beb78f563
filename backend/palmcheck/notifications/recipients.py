"""Who is told: the accounts behind inspectors and roles."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts import reads as accounts


async def accounts_of_inspectors(
    session: AsyncSession, jurisdiction_id: UUID, inspector_ids: Iterable[UUID]
) -> dict[UUID, UUID]:
    """Inspector -> his account, of those who have one in use."""
    people = accounts.active_account_rows.subquery()
    rows = await session.execute(
        select(people.c.inspector_id, people.c.id).where(
            people.c.jurisdiction_id == jurisdiction_id, people.c.inspector_id.in_(list(inspector_ids))
        )
    )
    return {row.inspector_id: row.id for row in rows}


async def accounts_with_role(
    session: AsyncSession, jurisdiction_id: UUID, role: str, departments: Iterable[UUID] | None = None
) -> dict[UUID, UUID | None]:
    """Account -> its department, of those in use that have a role; of some departments if any are named."""
    people = accounts.active_account_rows.subquery()
    wanted = select(people.c.id, people.c.department_id).where(
        people.c.jurisdiction_id == jurisdiction_id, people.c.roles.contains([role])
    )
    if departments is not None:
        wanted = wanted.where(people.c.department_id.in_(list(departments)))
    return {row.id: row.department_id for row in await session.execute(wanted)}

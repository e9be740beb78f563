"""What accounts must know of the registry, which stands above: a door that the registry fills and the app hangs in.

An account keeps an inspector's id and nothing else of him; who he is and whether he may have the account is asked
here when the link is made.
"""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.models import Account
from palmcheck.accounts.problems import InspectorElsewhere, InspectorTaken, InspectorUnknown
from palmcheck.kernel.unit_of_work import Tx


class KnownInspector(Struct, frozen=True):
    """An inspector in service, as far as an account's link is concerned."""

    id: UUID
    name: str
    department_id: UUID


class InspectorDirectory(Protocol):
    """The registry's inspectors in service of one jurisdiction."""

    async def by_id(self, session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> KnownInspector | None:
        """The one with this id; None if there is none in service."""
        ...

    async def by_certificate(
        self, session: AsyncSession, jurisdiction_id: UUID, numbers: Iterable[str]
    ) -> dict[str, KnownInspector]:
        """Those with these certificate numbers, by the number as it was given."""
        ...

    async def names(self, session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[str, str]:
        """The names of these, also of those who left, by their ids as text."""
        ...


async def check_link(
    tx: Tx, by: Actor, directory: InspectorDirectory, account_id: UUID, inspector_id: UUID, department_id: UUID | None
) -> None:
    """Whether this account of this department may be that inspector's.

    Raises InspectorUnknown, InspectorElsewhere, InspectorTaken.
    """
    known = await directory.by_id(tx.session, by.jurisdiction_id, inspector_id)
    if known is None:
        raise InspectorUnknown(field="inspector_id")
    if known.department_id != department_id:
        raise InspectorElsewhere(field="inspector_id", name=known.name)
    await must_be_free(tx, by.jurisdiction_id, account_id, inspector_id)


async def must_be_free(tx: Tx, jurisdiction_id: UUID, account_id: UUID, inspector_id: UUID) -> None:
    """No other active account is this inspector's, until the transaction ends. Raises InspectorTaken."""
    await tx.lock("account_inspector", inspector_id)
    holder = (await holders(tx.session, jurisdiction_id, [inspector_id])).get(inspector_id)
    if holder is not None and holder.id != account_id:
        raise InspectorTaken(field="inspector_id", username=holder.username)


async def holders(session: AsyncSession, jurisdiction_id: UUID, inspector_ids: Iterable[UUID]) -> dict[UUID, Account]:
    """The active accounts of these inspectors, one at most for each."""
    wanted = select(Account).where(
        Account.jurisdiction_id == jurisdiction_id,
        Account.inspector_id.in_(list(inspector_ids)),
        Account.status == "active",
    )
    return {row.inspector_id: row for row in await session.scalars(wanted) if row.inspector_id}

"""The inspectors in service, as accounts asks for them when one is linked to an account."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.inspector_directory import KnownInspector
from palmcheck.kernel.grams import normal
from palmcheck.registry.models import Inspector

_in_service = select(Inspector).where(Inspector.status == "active")


class InspectorsInService:
    """Fills accounts' `InspectorDirectory`."""

    async def by_id(self, session: AsyncSession, jurisdiction_id: UUID, id: UUID) -> KnownInspector | None:
        """The one with this id; None if there is none in service."""
        wanted = _in_service.where(Inspector.jurisdiction_id == jurisdiction_id, Inspector.id == id)
        row = await session.scalar(wanted)
        return _known(row) if row else None

    async def by_certificate(
        self, session: AsyncSession, jurisdiction_id: UUID, numbers: Iterable[str]
    ) -> dict[str, KnownInspector]:
        """Those with these certificate numbers, however a clerk spells them, by the number as it was given."""
        spelled = {given: normal(given).upper() for given in numbers}
        wanted = _in_service.where(
            Inspector.jurisdiction_id == jurisdiction_id, Inspector.certificate_number.in_(set(spelled.values()))
        )
        found = {row.certificate_number: _known(row) for row in await session.scalars(wanted)}
        return {given: found[number] for given, number in spelled.items() if number in found}

    async def names(self, session: AsyncSession, jurisdiction_id: UUID, ids: Iterable[UUID]) -> dict[str, str]:
        """The names of these, also of those who left, by their ids as text."""
        wanted = select(Inspector.id, Inspector.name).where(
            Inspector.jurisdiction_id == jurisdiction_id, Inspector.id.in_(list(ids))
        )
        return {str(row.id): row.name for row in await session.execute(wanted)}


def _known(row: Inspector) -> KnownInspector:
    return KnownInspector(row.id, row.name, row.department_id)

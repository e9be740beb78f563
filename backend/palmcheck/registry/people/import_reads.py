"""What screens and downloads show of imports of inspectors."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import in_reach
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound, Problem
from palmcheck.registry.importing.problems import ImportCancelled, ImportFailed
from palmcheck.registry.importing.types import ENDED, ImportFaultView, ImportRefusal, InspectorImportView
from palmcheck.registry.importing.wording import words
from palmcheck.registry.people.import_models import InspectorImport
from palmcheck.registry.people.problems import PeopleFileLacksColumns, PeopleFileUnreadable
from palmcheck.registry.people.staff_sheet import HEADINGS
from palmcheck.registry.people.types import PersonFault

_SHOWN = ("id", "file_name", "file_bytes", "state", "rows_read", "progress", "new", "changed", "unchanged", "bad",
          "received_at", "finished_at")  # fmt: skip
_REFUSALS: dict[str, type[Problem]] = {
    kind.code: kind for kind in (PeopleFileUnreadable, PeopleFileLacksColumns, ImportCancelled, ImportFailed)
}


def view(row: InspectorImport, language: str) -> InspectorImportView:
    """An import in the reader's language."""
    stopping = row.cancelled_by is not None and row.state not in ENDED
    shown = {name: getattr(row, name) for name in _SHOWN}
    return InspectorImportView(refusal=_refusal(row.refusal, language), stopping=stopping, **shown)


def _refusal(kept: dict[str, Any] | None, language: str) -> ImportRefusal | None:
    if kept is None:
        return None
    document = _REFUSALS[kept["code"]](**kept["params"]).document(language)
    return ImportRefusal(document["code"], document["title"], document["detail"])


def _readable(by: Actor) -> ColumnElement[bool]:
    return in_reach(by, "import.read", InspectorImport.jurisdiction_id, InspectorImport.department_id)


async def inspector_import(session: AsyncSession, by: Actor, import_id: UUID) -> InspectorImport:
    """An import that the actor may read; who is bound to a department sees its own. Raises NotFound."""
    row = await session.scalar(select(InspectorImport).where(_readable(by), InspectorImport.id == import_id))
    if row is None:
        raise NotFound(field="id")
    return row


async def inspector_imports(
    session: AsyncSession, by: Actor, jurisdiction_id: UUID, cursor: str | None, language: str
) -> Page[InspectorImportView]:
    """The newest imports of a jurisdiction first."""
    asked = select(InspectorImport).where(_readable(by), InspectorImport.jurisdiction_id == jurisdiction_id)
    if cursor:
        (before,) = decode_cursor(cursor, UUID)
        asked = asked.where(InspectorImport.id < before)
    rows = list(await session.scalars(asked.order_by(InspectorImport.id.desc()).limit(PAGE + 1)))
    return page_of(rows, PAGE, lambda row: view(row, language), lambda row: (str(row.id),))


async def faults(session: AsyncSession, by: Actor, import_id: UUID, language: str) -> list[ImportFaultView]:
    """All faults of an import that are kept, by line, in the reader's language. Raises NotFound."""
    row = await inspector_import(session, by, import_id)
    key = {"jurisdiction_id": row.jurisdiction_id, "id": row.id}
    kept = await session.scalar(select(InspectorImport.faults).filter_by(**key))
    return [_fault_view(each, language) for each in msgspec.convert(kept or [], list[PersonFault])]


async def fault_page(
    session: AsyncSession, by: Actor, import_id: UUID, cursor: str | None, language: str
) -> Page[ImportFaultView]:
    """Faults for the screen; the cursor counts them."""
    first = decode_cursor(cursor, int)[0] if cursor else 0
    assert isinstance(first, int)
    shown = list(enumerate(await faults(session, by, import_id, language), start=1))[max(first, 0) :]
    return page_of(shown[: PAGE + 1], PAGE, lambda each: each[1], lambda each: (each[0],))


def _fault_view(fault: PersonFault, language: str) -> ImportFaultView:
    """A fault as a clerk reads it; a column is called what the file calls it."""
    column = HEADINGS["department" if fault.field == "department_id" else fault.field]
    message = words(language)[f"staff_rule.{fault.rule}"]
    return ImportFaultView(fault.line, fault.field, fault.rule, column, message, fault.value)

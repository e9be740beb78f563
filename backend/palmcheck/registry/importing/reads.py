"""What screens and downloads show of imports."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.scope import in_reach
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound
from palmcheck.registry.importing.models import TargetImport, TargetImportFault
from palmcheck.registry.importing.problems import REFUSALS
from palmcheck.registry.importing.types import ENDED, ImportFaultView, ImportRefusal, TargetImportView
from palmcheck.registry.importing.wording import column_text, words

_SHOWN = ("id", "file_name", "file_bytes", "mode", "state", "rows_read", "progress", "new", "changed", "unchanged",
          "gone", "bad", "redirected", "received_at", "finished_at")  # fmt: skip


def view(row: TargetImport, language: str) -> TargetImportView:
    """An import in the reader's language."""
    notes = [words(language)[f"note.{each['code']}"].format(words=each["words"]) for each in row.notes]
    return TargetImportView(
        refusal=_refusal(row, language),
        notes=notes,
        stopping=row.cancelled_by is not None and row.state not in ENDED,
        **{name: getattr(row, name) for name in _SHOWN},
    )


def _refusal(row: TargetImport, language: str) -> ImportRefusal | None:
    if row.refusal is None:
        return None
    document = REFUSALS[row.refusal["code"]](**row.refusal["params"]).document(language)
    return ImportRefusal(document["code"], document["title"], document["detail"])


def _readable(by: Actor) -> ColumnElement[bool]:
    return in_reach(by, "import.read", TargetImport.jurisdiction_id, TargetImport.department_id)


async def target_import(session: AsyncSession, by: Actor, import_id: UUID) -> TargetImport:
    """An import that the actor may read; who is bound to a department sees its own. Raises NotFound."""
    row = await session.scalar(select(TargetImport).where(_readable(by), TargetImport.id == import_id))
    if row is None:
        raise NotFound(field="id")
    return row


async def target_imports(
    session: AsyncSession, by: Actor, jurisdiction_id: UUID, cursor: str | None, language: str
) -> Page[TargetImportView]:
    """The newest imports of a jurisdiction first."""
    asked = select(TargetImport).where(_readable(by), TargetImport.jurisdiction_id == jurisdiction_id)
    if cursor:
        (before,) = decode_cursor(cursor, UUID)
        asked = asked.where(TargetImport.id < before)
    rows = list(await session.scalars(asked.order_by(TargetImport.id.desc()).limit(PAGE + 1)))
    return page_of(rows, PAGE, lambda row: view(row, language), lambda row: (str(row.id),))


async def faults(session: AsyncSession, by: Actor, import_id: UUID, after: int = 0, most: int = 0) -> Sequence[
    TargetImportFault
]:  # fmt: skip
    """Faults of an import by line, up to `most` (0: all that are kept)."""
    row = await target_import(session, by, import_id)
    of_import = (
        TargetImportFault.jurisdiction_id == row.jurisdiction_id,
        TargetImportFault.import_id == import_id,
        TargetImportFault.number > after,
    )
    asked = select(TargetImportFault).where(*of_import).order_by(TargetImportFault.number)
    return (await session.scalars(asked.limit(most) if most else asked)).all()


async def fault_page(
    session: AsyncSession, by: Actor, import_id: UUID, cursor: str | None, language: str
) -> Page[ImportFaultView]:
    """Faults for the screen."""
    after = decode_cursor(cursor, int)[0] if cursor else 0
    assert isinstance(after, int)
    rows = await faults(session, by, import_id, after, PAGE + 1)
    return page_of(rows, PAGE, lambda row: fault_view(row, language), lambda row: (row.number,))


def fault_view(row: TargetImportFault, language: str) -> ImportFaultView:
    """A fault in the reader's language."""
    message = words(language)[f"rule.{row.rule}"]
    return ImportFaultView(row.line, row.field, row.rule, column_text(row.field, language), message, row.value)

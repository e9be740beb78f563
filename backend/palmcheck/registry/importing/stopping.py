"""Stopping an import while it runs, and starting one again that the system failed to finish."""

from uuid import UUID

from sqlalchemy import delete

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.importing.events import TargetImportCancelled, TargetImportRetried
from palmcheck.registry.importing.models import TargetImport, TargetImportChunk
from palmcheck.registry.importing.problems import ImportEnded, ImportNotFailed
from palmcheck.registry.importing.reads import target_import
from palmcheck.registry.importing.types import ENDED


async def cancel_import(tx: Tx, by: Actor, import_id: UUID) -> TargetImport:
    """Asks an import to stop: one that nobody has begun to read stops at once, another within its next step.

    Nothing of it stays in the registry. A repeat changes nothing. Raises NotFound, ImportEnded.
    """
    await tx.lock("target_import", import_id)
    row = await _own(tx, by, import_id)
    if row.cancelled_by is not None:
        return row
    if row.state in ENDED:
        raise ImportEnded(state=row.state)
    row.cancelled_by = by.account_id
    if row.state == "received":
        row.state, row.finished_at, row.refusal = "cancelled", tx.now, {"code": "cancelled", "params": {}}
        chunks = {"jurisdiction_id": by.jurisdiction_id, "import_id": import_id}
        await tx.session.execute(delete(TargetImportChunk).filter_by(**chunks))
    await tx.session.flush()
    tx.record(by, TargetImportCancelled(jurisdiction_id=by.jurisdiction_id, import_id=import_id))
    return row


async def retry_import(tx: Tx, by: Actor, import_id: UUID) -> TargetImport:
    """Starts an import again that failed; its file is still here. Raises NotFound, ImportNotFailed."""
    await tx.lock("target_import", import_id)
    row = await _own(tx, by, import_id)
    if row.state not in ENDED:
        return row
    if row.state != "failed":
        raise ImportNotFailed(state=row.state)
    row.state, row.finished_at, row.refusal, row.progress, row.rows_read = "received", None, None, 0, 0
    await tx.session.flush()
    tx.record(by, TargetImportRetried(jurisdiction_id=by.jurisdiction_id, import_id=import_id))
    return row


async def _own(tx: Tx, by: Actor, import_id: UUID) -> TargetImport:
    """An import of the own jurisdiction that the actor sees; those below belong to others."""
    row = await target_import(tx.session, by, import_id)
    if row.jurisdiction_id != by.jurisdiction_id:
        raise NotFound(field="id")
    return row

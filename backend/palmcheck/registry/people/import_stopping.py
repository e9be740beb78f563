"""Stopping an import of inspectors while it runs, and starting one again that the system failed to finish."""

from uuid import UUID

from palmcheck.accounts.actor import Actor
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.importing.problems import ImportEnded, ImportNotFailed
from palmcheck.registry.importing.types import ENDED
from palmcheck.registry.people.import_events import InspectorImportCancelled, InspectorImportRetried
from palmcheck.registry.people.import_models import InspectorImport
from palmcheck.registry.people.import_reads import inspector_import


async def cancel_import(tx: Tx, by: Actor, import_id: UUID) -> InspectorImport:
    """Asks an import to stop: one that nobody has begun to read stops at once, another within its next step.

    Nothing of it stays in the registry. A repeat changes nothing. Raises NotFound, ImportEnded.
    """
    await tx.lock("inspector_import", import_id)
    row = await _own(tx, by, import_id)
    if row.cancelled_by is not None:
        return row
    if row.state in ENDED:
        raise ImportEnded(state=row.state)
    row.cancelled_by = by.account_id
    if row.state == "received":
        row.state, row.finished_at, row.content = "cancelled", tx.now, None
        row.refusal = {"code": "registry.import_cancelled", "params": {}}
    await tx.session.flush()
    tx.record(by, InspectorImportCancelled(jurisdiction_id=by.jurisdiction_id, import_id=import_id))
    return row


async def retry_import(tx: Tx, by: Actor, import_id: UUID) -> InspectorImport:
    """Starts an import again that failed; its file is still here. Raises NotFound, ImportNotFailed."""
    await tx.lock("inspector_import", import_id)
    row = await _own(tx, by, import_id)
    if row.state not in ENDED:
        return row
    if row.state != "failed":
        raise ImportNotFailed(state=row.state)
    row.state, row.finished_at, row.refusal, row.progress, row.rows_read = "received", None, None, 0, 0
    await tx.session.flush()
    tx.record(by, InspectorImportRetried(jurisdiction_id=by.jurisdiction_id, import_id=import_id))
    return row


async def _own(tx: Tx, by: Actor, import_id: UUID) -> InspectorImport:
    """An import of the own jurisdiction that the actor sees; those below belong to others."""
    row = await inspector_import(tx.session, by, import_id)
    if row.jurisdiction_id != by.jurisdiction_id:
        raise NotFound(field="id")
    return row

"""A file of inspectors goes in, read by a job: good rows all together, bad ones are told."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import Reach
from palmcheck.accounts.scope import reach_of
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.events import SystemActor, reaction
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.kernel.worker import TRIES
from palmcheck.registry.importing.progress import WHOLE, Cancelled, Telling
from palmcheck.registry.importing.types import ENDED
from palmcheck.registry.models import Inspector
from palmcheck.registry.people import import_events as events
from palmcheck.registry.people import inspectors
from palmcheck.registry.people.events import InspectorsImported
from palmcheck.registry.people.import_models import InspectorImport
from palmcheck.registry.people.problems import PeopleFileLacksColumns, PeopleFileUnreadable
from palmcheck.registry.people.staff_sheet import StaffSheet, read_staff
from palmcheck.registry.people.types import PersonFault, SaveInspector
from palmcheck.registry.people.versions import FIELDS

MOST_BYTES = 5_000_000
MOST_FAULTS = 5_000
"""So many are kept; bad rows beyond are only counted."""
IMPORTER = SystemActor("registry.import")


async def receive_import(
    tx: Tx, by: Actor, import_id: UUID, file_name: str, content: bytes, file_sha256: str
) -> InspectorImport:
    """Takes a whole file in; a job will read it. A repeat answers what became of it. Raises IdReuse."""
    await tx.lock("inspector_import", import_id)
    sent = digest({"file_sha256": file_sha256, "account_id": str(by.account_id)})
    known = await tx.session.get(InspectorImport, (by.jurisdiction_id, import_id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return known
    row = InspectorImport(
        jurisdiction_id=by.jurisdiction_id,
        id=import_id,
        department_id=by.department_id if reach_of(by, "inspector.edit") is Reach.DEPARTMENT else None,
        account_id=by.account_id,
        file_name=file_name,
        file_bytes=len(content),
        request_sha256=sent,
        content=content,
        state="received",
        received_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    await tx.session.refresh(row)
    tx.record(
        by,
        events.InspectorImportReceived(
            jurisdiction_id=by.jurisdiction_id, import_id=import_id, file_sha256=file_sha256
        ),
    )
    return row


@dataclass(frozen=True)
class _This:
    """What the job knows of its import; the row itself is written by others meanwhile. The trail names the sender."""

    jurisdiction_id: UUID
    id: UUID
    department_id: UUID | None
    account_id: UUID

    def trace(self) -> dict[str, str]:
        return {"account_id": str(self.account_id), "import_id": str(self.id)}


async def run_import(tx: Tx, event: events.InspectorImportReceived | events.InspectorImportRetried) -> None:
    """Reads a received file and enters its good rows, all in this one transaction."""
    row = await tx.session.get(InspectorImport, (event.jurisdiction_id, event.import_id))
    if row is None or row.state in ENDED:
        return
    this = _This(row.jurisdiction_id, row.id, row.department_id, row.account_id)
    recorded = len(tx.recorded)
    try:
        async with tx.session.begin_nested():  # so that a stop at the last moment leaves nothing behind
            await _read_and_enter(tx, this)
    except (Cancelled, PeopleFileUnreadable, PeopleFileLacksColumns) as refused:
        del tx.recorded[recorded:]
        stopped = isinstance(refused, Cancelled)
        code = "registry.import_cancelled" if isinstance(refused, Cancelled) else refused.code
        refusal = {"code": code, "params": refused.params}
        await _finish(tx, this, state="cancelled" if stopped else "refused", refusal=refusal)
        said = events.InspectorImportRefused(jurisdiction_id=this.jurisdiction_id, import_id=this.id, code=code)
        tx.record(IMPORTER, said)


async def _read_and_enter(tx: Tx, this: _This) -> None:
    engine = tx.session.bind
    assert isinstance(engine, AsyncEngine)
    telling = Telling(engine, this.jurisdiction_id, this.id, InspectorImport)
    await telling.reading(0, 0)
    sheet = await _sheet(tx, this)
    await telling.wait_for_turn(tx, sheet.read, "inspectors")
    counts, faults = await _enter(tx, this, sheet, telling)
    bad = len({each.line for each in faults})
    faults.sort(key=lambda each: each.line)
    await tx.lock("inspector_import", this.id)  # from here on it is too late to stop
    await telling.go_on()
    kept = msgspec.to_builtins(faults[:MOST_FAULTS])
    await _finish(tx, this, state="done", rows_read=sheet.read, progress=WHOLE, bad=bad, faults=kept, **counts)
    done = InspectorsImported(jurisdiction_id=this.jurisdiction_id, import_id=this.id, bad=bad, **counts)
    tx.record(IMPORTER, done)


async def _sheet(tx: Tx, this: _This) -> StaffSheet:
    """The file's rows. Raises PeopleFileUnreadable, PeopleFileLacksColumns."""
    departments = await jurisdictions.departments(tx.session, this.jurisdiction_id)
    names = {each.name: id for id, each in departments.items()}
    key = {"jurisdiction_id": this.jurisdiction_id, "id": this.id}
    content = await tx.session.scalar(select(InspectorImport.content).filter_by(**key))
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        await asyncio.to_thread(file.write, content or b"")
        file.flush()
        return await asyncio.to_thread(read_staff, Path(file.name), names, this.department_id)


async def _enter(tx: Tx, this: _This, sheet: StaffSheet, telling: Telling) -> tuple[dict[str, int], list[PersonFault]]:
    """Enters and changes inspectors by their certificate numbers; who has left and whose they are not is a fault."""
    rows = await tx.session.scalars(select(Inspector).where(Inspector.jurisdiction_id == this.jurisdiction_id))
    known = {row.certificate_number: row for row in rows}
    counts, faults = {"new": 0, "changed": 0, "unchanged": 0}, list(sheet.faults)
    for number, (line, data) in enumerate(sheet.rows):
        await telling.entering(sheet.read, number, len(sheet.rows))
        wanted = inspectors.cleaned(data)
        row = known.get(wanted["certificate_number"])
        fault = _forbidden(this, line, data, row)
        if fault is not None:
            faults.append(fault)
        elif row is None:
            fresh = Inspector(
                jurisdiction_id=this.jurisdiction_id, id=new_id(), status="active", review_state="changed", version=0
            )
            await inspectors.write(tx, this, fresh, wanted, sorted(FIELDS))
            counts["new"] += 1
        elif changed := inspectors.changes(row, wanted):
            await inspectors.write(tx, this, row, wanted, changed)
            counts["changed"] += 1
        else:
            counts["unchanged"] += 1
    return counts, faults


def _forbidden(this: _This, line: int, data: SaveInspector, row: Inspector | None) -> PersonFault | None:
    homes = {data.department_id} | ({row.department_id} if row is not None else set())
    if this.department_id is not None and homes != {this.department_id}:
        return PersonFault(line, "department_id", "not_yours", data.name)
    if row is not None and row.status != "active":
        return PersonFault(line, "name", "left", data.name)
    return None


async def _finish(tx: Tx, this: _This, **values: Any) -> None:
    """Says what became of the file, and lets go of its bytes."""
    key = {"jurisdiction_id": this.jurisdiction_id, "id": this.id}
    done = update(InspectorImport).filter_by(**key).values(**values, finished_at=tx.now, content=None)
    await tx.session.execute(done, execution_options={"synchronize_session": False})


async def fail_import(tx: Tx, event: events.InspectorImportReceived | events.InspectorImportRetried) -> None:
    """What is said when the last try has failed. The bytes stay, so that it can be tried again."""
    await tx.lock("inspector_import", event.import_id)
    row = await tx.session.get(InspectorImport, (event.jurisdiction_id, event.import_id))
    if row is None or row.state in ENDED:
        return
    row.state, row.finished_at = "failed", tx.now
    row.refusal = {"code": "registry.import_failed", "params": {"tries": str(TRIES)}}
    failed = events.InspectorImportFailed(jurisdiction_id=row.jurisdiction_id, import_id=row.id, tries=TRIES)
    tx.record(IMPORTER, failed)


REACTIONS = [
    reaction(events.InspectorImportReceived, run_import, fail_import),
    reaction(events.InspectorImportRetried, run_import, fail_import),
]

"""The verbs of the import: take a file in, read and merge it as a job."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.accounts.actor import Actor
from palmcheck.jurisdictions.reads import department_rows
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.events import SystemActor, reaction
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.kernel.worker import TRIES
from palmcheck.registry.importing.events import (
    TargetImportFailed,
    TargetImportReceived,
    TargetImportRefused,
    TargetImportRetried,
    TargetsImported,
)
from palmcheck.registry.importing.models import TargetImport, TargetImportChunk, TargetImportFault
from palmcheck.registry.importing.preparing import MOST_FAULTS
from palmcheck.registry.importing.problems import ImportEmpty, ImportTooLarge
from palmcheck.registry.importing.progress import WHOLE, Cancelled, Telling
from palmcheck.registry.importing.reading import reading, received_file
from palmcheck.registry.importing.refusals import Refused
from palmcheck.registry.importing.staging import Staging
from palmcheck.registry.importing.types import ENDED, ImportMode

MOST_BYTES = 300_000_000
CHUNK_BYTES = 1 << 20
IMPORTER = SystemActor("registry.import")


async def spool(chunks: AsyncIterator[bytes], file: BinaryIO) -> tuple[int, str]:
    """Writes a body to a file as it comes; answers its length and SHA-256. Raises ImportTooLarge, ImportEmpty."""
    length, seen = 0, sha256()
    async for chunk in chunks:
        length += len(chunk)
        if length > MOST_BYTES:
            raise ImportTooLarge(field="body", megabytes=MOST_BYTES // 1_000_000)
        seen.update(chunk)
        await asyncio.to_thread(file.write, chunk)
    if length == 0:
        raise ImportEmpty(field="body")
    return length, seen.hexdigest()


async def receive_import(
    tx: Tx, by: Actor, import_id: UUID, file_name: str, mode: ImportMode, file: BinaryIO, length: int, file_sha256: str
) -> TargetImport:
    """Takes a whole file in; a job will read it. A repeat answers what became of it. Raises IdReuse."""
    await tx.lock("target_import", import_id)
    sent = digest({"file_sha256": file_sha256, "mode": mode, "account_id": str(by.account_id)})
    known = await tx.session.get(TargetImport, (by.jurisdiction_id, import_id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return known
    row = TargetImport(
        jurisdiction_id=by.jurisdiction_id,
        id=import_id,
        department_id=None if "joint_office" in by.roles else by.department_id,
        account_id=by.account_id,
        file_name=file_name,
        file_bytes=length,
        mode=mode,
        request_sha256=sent,
        state="received",
        received_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    await _store(tx, by.jurisdiction_id, import_id, file)
    await tx.session.refresh(row)
    received = TargetImportReceived(
        jurisdiction_id=by.jurisdiction_id, import_id=import_id, mode=mode, file_sha256=file_sha256
    )
    tx.record(by, received)
    return row


async def _store(tx: Tx, jurisdiction_id: UUID, import_id: UUID, file: BinaryIO) -> None:
    file.seek(0)
    number = 0
    while piece := await asyncio.to_thread(file.read, CHUNK_BYTES):
        values = {"jurisdiction_id": jurisdiction_id, "import_id": import_id, "number": number, "content": piece}
        await tx.session.execute(insert(TargetImportChunk).values(values))
        number += 1


async def run_import(tx: Tx, event: TargetImportReceived | TargetImportRetried) -> None:
    """Reads a received file and merges its good rows, all in this one transaction."""
    row = await tx.session.get(TargetImport, (event.jurisdiction_id, event.import_id))
    if row is None or row.state in ENDED:
        return
    this = _This(row.jurisdiction_id, row.id, row.department_id, row.mode == "replace")
    try:
        async with tx.session.begin_nested():  # so that a stop at the last moment leaves nothing behind
            done = await _read_and_merge(tx, this)
    except Refused as refused:
        state = "cancelled" if isinstance(refused, Cancelled) else "refused"
        refusal = {"code": refused.code, "params": refused.params}
        await _finish(tx, this, state=state, refusal=refusal)
        tx.record(
            IMPORTER,
            TargetImportRefused(jurisdiction_id=this.jurisdiction_id, import_id=this.id, code=refused.code),
        )
    else:
        tx.record(IMPORTER, done)


@dataclass(frozen=True)
class _This:
    """What the job knows of its import; the row itself may be written by others meanwhile."""

    jurisdiction_id: UUID
    id: UUID
    department_id: UUID | None
    replace: bool


async def _read_and_merge(tx: Tx, this: _This) -> TargetsImported:
    engine = tx.session.bind
    assert isinstance(engine, AsyncEngine)
    telling = Telling(engine, this.jurisdiction_id, this.id)
    staging = Staging(tx.session, this.jurisdiction_id, this.department_id)
    settings = await _settings(tx, this)
    file = received_file(tx.session, this.jurisdiction_id, this.id)
    async with file as path, reading(path, settings, telling.reading) as reader:
        await _staged(tx, staging, reader.lines())
        end, faults = reader.end(), reader.faults
    await staging.keep(end["kept"])
    await telling.wait_for_turn(tx, end["rows"])
    await telling.merging(end["rows"])
    counts, told = await staging.merge(end["fields"], telling.go_on, replace=this.replace, things=end["things"])
    faults += [{"line": each["line"], "field": "row", "rule": each["rule"], "value": each["value"]} for each in told]
    await _keep_faults(tx, this, faults)
    total = asdict(counts) | {"bad": counts.bad + end["bad"]}
    await tx.lock("target_import", this.id)  # from here on it is too late to stop
    await telling.go_on()
    await _finish(tx, this, state="done", rows_read=end["rows"], progress=WHOLE, notes=end["notes"], **total)
    return TargetsImported(
        jurisdiction_id=this.jurisdiction_id, import_id=this.id, rows_sha256=end["rows_sha256"], **total
    )


async def _staged(tx: Tx, staging: Staging, lines: AsyncIterator[bytes]) -> None:
    """COPY within a savepoint: a refusal in the middle leaves the transaction usable."""
    try:
        async with tx.session.begin_nested():
            await staging.copy(lines)
    except Exception as failure:
        refused = _refusal_in(failure)
        if refused:
            raise refused from failure
        raise


def _refusal_in(failure: BaseException | None) -> Refused | None:
    while failure is not None and not isinstance(failure, Refused):
        failure = failure.__cause__ or failure.__context__
    return failure


async def _settings(tx: Tx, this: _This) -> dict[str, Any]:
    """What the reader needs to know of us: departments by name and code, and whose import it is."""
    known = department_rows.subquery()
    found = await tx.session.execute(select(known).where(known.c.jurisdiction_id == this.jurisdiction_id))
    departments = {name: str(each.id) for each in found for name in (each.name, each.code)}
    return {"departments": departments, "own_department": str(this.department_id or "")}


async def _keep_faults(tx: Tx, this: _This, faults: list[dict[str, Any]]) -> None:
    faults = sorted(faults, key=lambda each: int(each["line"]))[:MOST_FAULTS]
    key = {"jurisdiction_id": this.jurisdiction_id, "import_id": this.id}
    await tx.session.execute(delete(TargetImportFault).filter_by(**key))
    if faults:
        rows = [key | {"number": number} | fault for number, fault in enumerate(faults, start=1)]
        await tx.session.execute(insert(TargetImportFault), rows)


async def _finish(tx: Tx, this: _This, **values: Any) -> None:
    """Says what became of the file, and lets go of its bytes."""
    key = {"jurisdiction_id": this.jurisdiction_id, "id": this.id}
    done = update(TargetImport).filter_by(**key).values(**values, finished_at=tx.now)
    await tx.session.execute(done, execution_options={"synchronize_session": False})
    await tx.session.execute(
        delete(TargetImportChunk).filter_by(jurisdiction_id=this.jurisdiction_id, import_id=this.id)
    )


async def fail_import(tx: Tx, event: TargetImportReceived | TargetImportRetried) -> None:
    """What is said when the last try has failed. The bytes stay, so that it can be tried again."""
    await tx.lock("target_import", event.import_id)
    row = await tx.session.get(TargetImport, (event.jurisdiction_id, event.import_id))
    if row is None or row.state in ENDED:
        return
    row.state, row.finished_at, row.refusal = "failed", tx.now, {"code": "failed", "params": {"tries": str(TRIES)}}
    tx.record(IMPORTER, TargetImportFailed(jurisdiction_id=row.jurisdiction_id, import_id=row.id, tries=TRIES))


REACTIONS = [
    reaction(TargetImportReceived, run_import, fail_import),
    reaction(TargetImportRetried, run_import, fail_import),
]

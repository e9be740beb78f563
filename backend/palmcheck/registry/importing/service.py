"""The verbs of the import: take a file in, read and merge it as a job."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import asdict
from hashlib import sha256
from time import monotonic
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
from palmcheck.registry.importing.events import TargetImportReceived, TargetImportRefused, TargetsImported
from palmcheck.registry.importing.models import TargetImport, TargetImportChunk, TargetImportFault
from palmcheck.registry.importing.preparing import MOST_FAULTS
from palmcheck.registry.importing.problems import ImportEmpty, ImportTooLarge
from palmcheck.registry.importing.reading import Progress, reading, received_file
from palmcheck.registry.importing.refusals import Refused
from palmcheck.registry.importing.staging import Staging
from palmcheck.registry.importing.types import ImportMode

MOST_BYTES = 300_000_000
CHUNK_BYTES = 1 << 20
TELL_SECONDS = 0.5
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


async def run_import(tx: Tx, event: TargetImportReceived) -> None:
    """Reads a received file and merges its good rows, all in this one transaction."""
    row = await tx.session.get(TargetImport, (event.jurisdiction_id, event.import_id))
    if row is None or row.state in {"done", "refused"}:
        return
    try:
        await _read_and_merge(tx, row, _progress_of(tx, row))
    except Refused as refused:
        refusal = {"code": refused.code, "params": refused.params}
        await _finish(tx, row, state="refused", refusal=refusal)
        tx.record(
            IMPORTER,
            TargetImportRefused(jurisdiction_id=row.jurisdiction_id, import_id=row.id, code=refused.code),
        )


async def _read_and_merge(tx: Tx, row: TargetImport, tell: Progress) -> None:
    staging = Staging(tx.session, row.jurisdiction_id, row.department_id)
    settings = await _settings(tx, row)
    async with received_file(tx.session, row.jurisdiction_id, row.id) as path, reading(path, settings, tell) as reader:
        await _staged(tx, staging, reader.lines())
        end, faults = reader.end(), reader.faults
    await tell(end["rows"], -1)
    await staging.keep(end["kept"])
    await tx.lock("targets_of", row.jurisdiction_id)
    counts, refused = await staging.merge(end["fields"], replace=row.mode == "replace")
    faults += [{"line": each["line"], "field": "row", "rule": each["rule"], "value": each["value"]} for each in refused]
    await _keep_faults(tx, row, faults)
    total = asdict(counts) | {"bad": counts.bad + end["bad"]}
    await _finish(tx, row, state="done", rows_read=end["rows"], progress=10_000, notes=end["notes"], **total)
    tx.record(
        IMPORTER,
        TargetsImported(jurisdiction_id=row.jurisdiction_id, import_id=row.id, rows_sha256=end["rows_sha256"], **total),
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


async def _settings(tx: Tx, row: TargetImport) -> dict[str, Any]:
    """What the reader needs to know of us: departments by name and code, and whose import it is."""
    known = department_rows.subquery()
    found = await tx.session.execute(select(known).where(known.c.jurisdiction_id == row.jurisdiction_id))
    departments = {name: str(each.id) for each in found for name in (each.name, each.code)}
    return {"departments": departments, "own_department": str(row.department_id or "")}


def _progress_of(tx: Tx, row: TargetImport) -> Progress:
    """Writes how far the reading is, at most twice a second, in transactions of their own: the job's one is not to be
    seen before its end. Progress is no fact, so it leaves no trail."""
    engine, told = tx.session.bind, 0.0
    assert isinstance(engine, AsyncEngine)
    ours = (TargetImport.jurisdiction_id == row.jurisdiction_id, TargetImport.id == row.id)

    async def tell(rows: int, part: int) -> None:
        nonlocal told
        merging = part < 0
        if not merging and monotonic() - told < TELL_SECONDS:
            return
        told = monotonic()
        values = {"state": "merging" if merging else "reading", "rows_read": rows}
        async with engine.begin() as connection:
            await connection.execute(
                update(TargetImport).where(*ours).values(**values, progress=10_000 if merging else part)
            )

    return tell


async def _keep_faults(tx: Tx, row: TargetImport, faults: list[dict[str, Any]]) -> None:
    faults = sorted(faults, key=lambda each: int(each["line"]))[:MOST_FAULTS]
    key = {"jurisdiction_id": row.jurisdiction_id, "import_id": row.id}
    await tx.session.execute(delete(TargetImportFault).filter_by(**key))
    if faults:
        rows = [key | {"number": number} | fault for number, fault in enumerate(faults, start=1)]
        await tx.session.execute(insert(TargetImportFault), rows)


async def _finish(tx: Tx, row: TargetImport, **values: Any) -> None:
    """Says what became of the file, and lets go of its bytes."""
    key = {"jurisdiction_id": row.jurisdiction_id, "id": row.id}
    await tx.session.execute(update(TargetImport).filter_by(**key).values(**values, finished_at=tx.now))
    await tx.session.execute(delete(TargetImportChunk).filter_by(jurisdiction_id=row.jurisdiction_id, import_id=row.id))


REACTIONS = [reaction(TargetImportReceived, run_import)]

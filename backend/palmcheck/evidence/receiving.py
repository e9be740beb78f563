"""Bytes into the object store: never a whole photo in memory, never a transaction open while they come."""

import hashlib
from collections.abc import AsyncIterator
from uuid import UUID

from palmcheck.accounts.actor import Actor
from palmcheck.evidence import examining, service
from palmcheck.evidence.models import Upload
from palmcheck.evidence.problems import (
    REFUSALS,
    ChecksumMismatch,
    OffsetMismatch,
    PastTheEnd,
    UploadComplete,
    UploadGone,
)
from palmcheck.evidence.service import object_key
from palmcheck.evidence.types import Ended, Piece
from palmcheck.evidence.upload_locks import UploadLocks
from palmcheck.kernel.clock import now
from palmcheck.kernel.object_store import ObjectStore
from palmcheck.kernel.problems import Problem
from palmcheck.kernel.unit_of_work import Database

REFUSED: tuple[type[Problem], ...] = (ChecksumMismatch, *REFUSALS.values())


class Intake:
    """What it takes to take bytes in."""

    def __init__(self, database: Database, store: ObjectStore, locks: UploadLocks) -> None:
        self.database, self.store, self.locks = database, store, locks


async def standing(intake: Intake, by: Actor, id: UUID) -> tuple[Upload, int]:
    """The upload and how many bytes of it are in.

    The whole length is only answered once the photo is complete, because the phone then takes it as
    received: a photo whose last byte came but whose end was lost (a crash, a cut) gets its end here first.
    Raises NotFound, UploadGone, UploadBusy, ChecksumMismatch.
    """
    upload, offset = await _look(intake, by, id)
    if upload.state == "receiving" and offset == upload.length:
        async with intake.locks.holding(by.jurisdiction_id, id):
            upload, offset = await _look(intake, by, id)
            if upload.state == "receiving" and offset == upload.length:
                await _conclude(intake, by, upload)
    return upload, offset


async def receive(
    intake: Intake, by: Actor, id: UUID, piece: Piece, chunks: AsyncIterator[bytes]
) -> tuple[Upload, int]:
    """Appends a piece and answers the upload with its new offset; the last byte completes the photo.

    If the bytes stop coming, what came stays, also when the piece has a checksum: the photo's own hash
    judges it at the end. Raises NotFound, UploadGone, UploadBusy, OffsetMismatch, PastTheEnd,
    ChecksumMismatch, and whatever `chunks` raises.
    """
    async with intake.locks.holding(by.jurisdiction_id, id):
        upload, offset = await _look(intake, by, id)
        if piece.offset != offset:
            raise OffsetMismatch(field="Upload-Offset", offset=offset)
        if piece.length is not None and piece.length > upload.length - offset:
            raise PastTheEnd(field="Content-Length", length=upload.length)
        if upload.state == "receiving":
            offset = await _append(intake, upload, piece, chunks)
            if offset == upload.length:
                await _conclude(intake, by, upload)
        return upload, offset


async def terminate(intake: Intake, by: Actor, id: UUID) -> None:
    """Gives up an upload and deletes what came. Raises NotFound, UploadGone, UploadBusy, UploadComplete."""
    async with intake.locks.holding(by.jurisdiction_id, id):
        upload, _ = await _look(intake, by, id)
        if upload.state == "complete":
            raise UploadComplete(field="id", rule="R15")
        async with intake.database.unit_of_work() as tx:
            await service.terminate_upload(tx, by, upload, "asked")
            await intake.store.delete(object_key(upload))


async def _look(intake: Intake, by: Actor, id: UUID) -> tuple[Upload, int]:
    async with intake.database.reading() as session:
        upload = await service.own_upload(session, by, id)
    if upload.state == "terminated" or service.is_expired(upload, now()):
        raise UploadGone(field="id")
    return upload, await intake.store.length(object_key(upload))


async def _append(intake: Intake, upload: Upload, piece: Piece, chunks: AsyncIterator[bytes]) -> int:
    """Writes while hashing; bytes that are too many or not the sent ones are cut off again."""
    hasher = piece.checksum.hasher() if piece.checksum else None
    key = object_key(upload)
    try:
        offset = await intake.store.append(key, piece.offset, _metered(chunks, piece.offset, upload.length, hasher))
    except PastTheEnd:
        await intake.store.append(key, piece.offset, _nothing())
        raise
    if piece.checksum and hasher and hasher.digest() != piece.checksum.digest:
        await intake.store.append(key, piece.offset, _nothing())
        raise ChecksumMismatch(field="Upload-Checksum")
    return offset


async def _metered(
    chunks: AsyncIterator[bytes], reached: int, length: int, hasher: "hashlib._Hash | None"
) -> AsyncIterator[bytes]:
    async for chunk in chunks:
        reached += len(chunk)
        if reached > length:
            raise PastTheEnd(field="Content-Length", length=length)
        if hasher:
            hasher.update(chunk)
        yield chunk


async def _nothing() -> AsyncIterator[bytes]:
    return
    yield b""


async def _conclude(intake: Intake, by: Actor, upload: Upload) -> None:
    """Examines the whole photo: complete; or its bytes are deleted, for good unless they were only damaged.

    Raises ChecksumMismatch, and one of REFUSALS.
    """
    key = object_key(upload)
    try:
        async with intake.store.as_file(key) as path:
            found = await examining.in_thread(examining.examine, path, upload.sha256, upload.media_type)
        await intake.store.seal(key)
        async with intake.database.unit_of_work() as tx:
            await service.complete_upload(tx, by, upload, found)
    except REFUSED as problem:
        damaged = isinstance(problem, ChecksumMismatch)
        async with intake.database.unit_of_work() as tx:
            ended: Ended = "checksum" if damaged else "refused"
            await service.terminate_upload(tx, by, upload, ended, None if damaged else problem)
            await intake.store.delete(key)
        raise

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
    PhotoNotAsSubmitted,
    UploadComplete,
    UploadGone,
)
from palmcheck.evidence.service import object_key
from palmcheck.evidence.types import Ended, NewUpload, Piece
from palmcheck.evidence.upload_locks import UploadLocks
from palmcheck.kernel.clock import now
from palmcheck.kernel.object_store import ObjectStore, StorageUnavailable
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


async def announce(intake: Intake, by: Actor, new: NewUpload) -> tuple[Upload, int]:
    """Notes a photo that will come; a repeat says how much of it is in. Raises what `create_upload` does."""
    async with intake.database.unit_of_work() as tx:
        await service.create_upload(tx, by, new)
    return await standing(intake, by, new.id)


async def receive_new(
    intake: Intake, by: Actor, new: NewUpload, piece: Piece, chunks: AsyncIterator[bytes]
) -> tuple[Upload, int]:
    """Takes a photo in with its announcement: whole, it is noted and complete in one transaction.

    If it breaks off, is damaged or is only a beginning, it is announced with what came, and goes on from there. Of one
    that is known already the bytes are not needed unless none is in yet. Raises what `announce` and `receive` do.
    """
    async with intake.locks.holding(by.jurisdiction_id, new.id):
        async with intake.database.glancing() as connection:
            fresh = await service.is_fresh(connection, by, new)
        if fresh:
            return await _take_new(intake, by, new, piece, chunks)
    upload, offset = await announce(intake, by, new)
    if upload.state == "receiving" and offset == piece.offset:
        return await receive(intake, by, new.id, piece, chunks)
    return upload, offset


async def _take_new(
    intake: Intake, by: Actor, new: NewUpload, piece: Piece, chunks: AsyncIterator[bytes]
) -> tuple[Upload, int]:
    upload = service.upload_row(by, new, now())
    try:
        if piece.length is not None and piece.length > new.length:
            raise PastTheEnd(field="Content-Length", length=new.length)
        offset = await _append(intake, upload, piece, chunks)
    except StorageUnavailable:
        raise
    except Problem:
        await _note(intake, by, new)
        raise
    if offset == new.length:
        await _conclude(intake, by, upload, new)
    else:
        await _note(intake, by, new)
    return upload, offset


async def _note(intake: Intake, by: Actor, new: NewUpload) -> None:
    async with intake.database.unit_of_work() as tx:
        await service.create_upload(tx, by, new)


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


async def _conclude(intake: Intake, by: Actor, upload: Upload, new: NewUpload | None = None) -> None:
    """Examines the whole photo: complete; or its bytes are deleted, for good unless they were only damaged.

    `new`: it came with its announcement, which is noted along with what became of it. Raises ChecksumMismatch, and
    one of REFUSALS.
    """
    key = object_key(upload)
    try:
        async with intake.store.as_file(key) as path:
            found = await examining.in_thread(examining.examine, path, upload.sha256, upload.media_type)
        await intake.store.seal(key)
        async with intake.database.unit_of_work() as tx:
            if new is None:
                await service.complete_upload(tx, by, upload, found)
            else:
                await service.complete_new(tx, by, upload, found)
    except REFUSED as problem:
        await _refuse(intake, by, upload, new, problem)
        raise


async def _refuse(intake: Intake, by: Actor, upload: Upload, new: NewUpload | None, problem: Problem) -> None:
    key = object_key(upload)
    damaged = isinstance(problem, ChecksumMismatch)
    try:
        async with intake.database.unit_of_work() as tx:
            if new is not None:
                await service.create_upload(tx, by, new)
            ended: Ended = "checksum" if damaged else "refused"
            await service.terminate_upload(tx, by, upload, ended, None if damaged else problem)
            await intake.store.delete(key)
    except PhotoNotAsSubmitted:  # not even announced: a submission came meanwhile that describes another
        await intake.store.delete(key)

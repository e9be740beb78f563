"""Push: signed operations in, a verdict each. One verdict never stops another."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from palmcheck.accounts import reads as accounts
from palmcheck.accounts.actor import Actor
from palmcheck.evidence import service as evidence
from palmcheck.field.events import OperationAccepted, OperationRejected
from palmcheck.field.models import ReceivedOperation
from palmcheck.field.problems import (
    NonceInvalid,
    OperationForeign,
    OperationMalformed,
    OperationTooLarge,
    SignatureInvalid,
)
from palmcheck.field.storable import out_of_time, unstorable
from palmcheck.field.types import (
    CheckInOperation,
    CountersignOperation,
    Operation,
    OperationVerdict,
    PushOperations,
    PushVerdicts,
    RecusalOperation,
    SignedOperation,
)
from palmcheck.inspections import service as inspections
from palmcheck.inspections.countersigning import countersign
from palmcheck.inspections.recusing import ask_recusal
from palmcheck.kernel.canonical import canonical_bytes, sha256_hex
from palmcheck.kernel.clock import now
from palmcheck.kernel.problems import IdReuse, Problem
from palmcheck.kernel.signatures import is_signed
from palmcheck.kernel.stamps import stamped_at
from palmcheck.kernel.unit_of_work import Database, Tx

log = logging.getLogger(__name__)
LARGEST = 500_000
"""Bytes of one operation; the longest checklist with signatures takes a tenth of it."""
UNPROVEN = (IdReuse, OperationForeign, SignatureInvalid)
"""Refusals of what nobody has shown to come from this device under this id: of these nothing is kept."""
ACCEPTED = ("accepted", "accepted_into_dispute")


class Incoming(msgspec.Struct, frozen=True):
    """An operation with its plain form (which is what was signed) and the hash of its canonical bytes."""

    operation: Operation
    plain: dict[str, Any]
    signature: str
    sha256: str


async def push_operations(
    database: Database, by: Actor, batch: PushOperations, nonce_key: bytes, language: str
) -> PushVerdicts:
    """Reads each operation on its own and gives each a unit of work of its own."""
    return PushVerdicts([await _judge(database, by, raw, nonce_key, language) for raw in batch.operations])


async def _judge(
    database: Database, by: Actor, raw: dict[str, Any], nonce_key: bytes, language: str
) -> OperationVerdict:
    """The verdict on one operation; what we did not foresee is `retry_later`, never a failed batch."""
    operation_id: UUID | None = None
    try:
        incoming = _read(raw)
        operation_id = incoming.operation.id
        async with database.unit_of_work() as tx:
            return await _take(tx, by, incoming, nonce_key)
    except Problem as problem:
        refusal = problem
    except Exception:
        log.exception("operation %s was not judged", operation_id)
        return OperationVerdict(operation_id, "retry_later", now())
    if operation_id is not None and not isinstance(refusal, UNPROVEN):
        try:
            await _keep_rejected(database, by, incoming, refusal, nonce_key, language)
        except Exception:
            log.exception("rejected operation %s was not kept", operation_id)
            return OperationVerdict(operation_id, "retry_later", now())
    return OperationVerdict(operation_id or _id_in(raw), "rejected", now(), problem=refusal.document(language))


def _read(raw: dict[str, Any]) -> Incoming:
    """Raises OperationMalformed, OperationTooLarge."""
    try:
        place = unstorable(raw)
        if place is not None:
            raise OperationMalformed(field=place, reason="unstorable")
        signed = msgspec.convert(raw, SignedOperation)
        plain = raw["operation"]
        canonical = canonical_bytes(plain)
        if len(canonical) > LARGEST:
            raise OperationTooLarge(field="operation", kilobytes=LARGEST // 1000)
        place = out_of_time(signed.operation)
        if place is not None:
            raise OperationMalformed(field=place, reason="out of time")
        return Incoming(signed.operation, plain, signed.signature, sha256_hex(canonical))
    except (msgspec.MsgspecError, ValueError, OverflowError) as wrong:
        raise OperationMalformed(field="operation", reason=wrong) from wrong


def _id_in(raw: dict[str, Any]) -> UUID | None:
    """The id that a malformed operation claims, so that its phone knows which one was refused."""
    try:
        return UUID(raw["operation"]["id"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


async def _take(tx: Tx, by: Actor, incoming: Incoming, nonce_key: bytes) -> OperationVerdict:
    """Raises IdReuse, OperationForeign, SignatureInvalid, NonceInvalid and what the operation's verb raises."""
    operation = incoming.operation
    await _check_origin(tx, by, incoming)
    await tx.lock("operation", operation.id)
    known = await tx.session.get(ReceivedOperation, (by.jurisdiction_id, operation.id))
    if known is not None and known.sha256 != incoming.sha256:
        raise IdReuse(field="id")
    if known is not None and known.verdict in ACCEPTED:
        return OperationVerdict(operation.id, "already_accepted", tx.now)
    blocking = await _first_missing(tx, by, operation)
    if blocking is not None:
        return OperationVerdict(operation.id, "blocked_by", tx.now, blocked_by=blocking)
    issued_at = stamped_at(nonce_key, operation.device_id, operation.nonce)
    if issued_at is None:
        raise NonceInvalid(field="nonce")
    disputed = not await _apply(tx, by, incoming, issued_at)
    verdict = "accepted_into_dispute" if disputed else "accepted"
    await _keep(tx, by, incoming, issued_at, verdict, None, known)
    tx.record(
        by,
        OperationAccepted(
            jurisdiction_id=by.jurisdiction_id,
            operation_id=operation.id,
            kind=incoming.plain["kind"],
            operation_sha256=incoming.sha256,
            disputed=disputed,
        ),
    )
    return OperationVerdict(operation.id, "accepted_into_dispute" if disputed else "accepted", tx.now)


async def _check_origin(tx: Tx, by: Actor, incoming: Incoming) -> None:
    """The operation is of the account and device that send it, and the device signed these very bytes."""
    operation = incoming.operation
    if operation.device_id != by.device_id or operation.account_id != by.account_id:
        raise OperationForeign(field="device_id", rule="R17")
    devices = accounts.device_rows.subquery()
    key = await tx.session.scalar(
        select(devices.c.public_key).where(
            devices.c.jurisdiction_id == by.jurisdiction_id, devices.c.id == operation.device_id
        )
    )
    if key is None or not is_signed(key, incoming.signature, canonical_bytes(incoming.plain)):
        raise SignatureInvalid(field="signature", rule="R15")


async def _first_missing(tx: Tx, by: Actor, operation: Operation) -> UUID | None:
    """The first operation that this one depends on and that has not taken effect, itself or by a correction of it."""
    for needed in operation.depends_on:
        found = await tx.session.scalar(
            select(ReceivedOperation.id)
            .where(
                ReceivedOperation.jurisdiction_id == by.jurisdiction_id,
                (ReceivedOperation.id == needed) | (ReceivedOperation.supersedes == needed),
                ReceivedOperation.verdict.in_(ACCEPTED),
            )
            .limit(1)
        )
        if found is None:
            return needed
    return None


async def _apply(tx: Tx, by: Actor, incoming: Incoming, issued_at: datetime) -> bool:
    """Carries the operation out; False if it went into dispute."""
    operation = incoming.operation
    if isinstance(operation, CountersignOperation):
        await countersign(tx, by, operation.id, operation.body)
        return True
    if isinstance(operation, CheckInOperation):
        await inspections.check_in(tx, by, operation.id, operation.body)
        return True
    if isinstance(operation, RecusalOperation):
        await ask_recusal(tx, by, operation.id, operation.body)
        return True
    await evidence.check_photos(tx.session, by.jurisdiction_id, operation.body.part_id, operation.body.photos)
    fresh = await inspections.submit_part(tx, by, operation.id, operation.body, issued_at, incoming.sha256)
    photos = [photo.id for photo in operation.body.photos]
    arrived = await evidence.completed_among(tx.session, by.jurisdiction_id, photos)
    await inspections.photos_arrived(tx, by, by.jurisdiction_id, operation.body.part_id, arrived)
    return fresh


async def _keep(
    tx: Tx,
    by: Actor,
    incoming: Incoming,
    issued_at: datetime,
    verdict: str,
    problem: dict[str, Any] | None,
    known: ReceivedOperation | None,
) -> None:
    """Keeps the operation's bytes with its verdict; a rejected one that is taken after all gets the new one."""
    if known is not None:
        known.verdict, known.problem = verdict, problem
        return
    operation = incoming.operation
    tx.session.add(
        ReceivedOperation(
            jurisdiction_id=by.jurisdiction_id,
            id=operation.id,
            device_id=operation.device_id,
            account_id=operation.account_id,
            kind=incoming.plain["kind"],
            sequence=operation.sequence,
            previous_sha256=operation.previous_sha256,
            sha256=incoming.sha256,
            operation=incoming.plain,
            signature=incoming.signature,
            supersedes=operation.supersedes,
            nonce_issued_at=issued_at,
            captured_at=operation.captured_at,
            clock_offset_ms=operation.clock_offset_ms,
            received_at=tx.now,
            verdict=verdict,
            problem=problem,
        )
    )
    await tx.session.flush()


async def _keep_rejected(
    database: Database, by: Actor, incoming: Incoming, problem: Problem, nonce_key: bytes, language: str
) -> None:
    """A signed operation that was refused leaves a trace too, in a transaction of its own."""
    operation = incoming.operation
    issued_at = stamped_at(nonce_key, operation.device_id, operation.nonce)
    async with database.unit_of_work() as tx:
        await tx.lock("operation", operation.id)
        known = await tx.session.get(ReceivedOperation, (by.jurisdiction_id, operation.id))
        if known is not None:
            return
        await _keep(tx, by, incoming, issued_at or tx.now, "rejected", problem.document(language), None)
        tx.record(
            by,
            OperationRejected(
                jurisdiction_id=by.jurisdiction_id,
                operation_id=operation.id,
                kind=incoming.plain["kind"],
                operation_sha256=incoming.sha256,
                problem=problem.code,
            ),
        )

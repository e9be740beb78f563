"""Push: signed operations in, a verdict each. One verdict never stops another."""

import logging
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import bindparam, select

from palmcheck.accounts import reads as accounts
from palmcheck.accounts.actor import Actor
from palmcheck.evidence.submitted_photos import check_photos
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
from palmcheck.inspections.submitting import hold_own_part, submit_part
from palmcheck.kernel.canonical import canonical_bytes, sha256_hex
from palmcheck.kernel.clock import now
from palmcheck.kernel.database import hot_rows
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
    canonical: bytes
    signature: str
    sha256: str


class Known(msgspec.Struct, frozen=True):
    """An operation that came before: its hash and the verdict then."""

    sha256: str
    verdict: str


_devices = accounts.device_rows.subquery()
_known = (
    select(_devices.c.public_key, ReceivedOperation.sha256, ReceivedOperation.verdict)
    .outerjoin(
        ReceivedOperation,
        (ReceivedOperation.jurisdiction_id == _devices.c.jurisdiction_id)
        & (ReceivedOperation.id == bindparam("operation")),
    )
    .where(
        _devices.c.jurisdiction_id == bindparam("place"),
        _devices.c.id == bindparam("device"),
        _devices.c.account_id == bindparam("account"),
        _devices.c.state != "revoked",
    )
)
_KEEP = """
insert into received_operation (jurisdiction_id, id, device_id, account_id, kind, sequence, previous_sha256, sha256,
  operation, signature, supersedes, nonce_issued_at, captured_at, clock_offset_ms, received_at, verdict, problem)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
"""


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
        return Incoming(signed.operation, plain, canonical, signed.signature, sha256_hex(canonical))
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
    known = await _hold(tx, by, incoming)
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
    await _keep(tx, by, incoming, issued_at, verdict, None, again=known is not None)
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


async def _hold(tx: Tx, by: Actor, incoming: Incoming) -> "Known | None":
    """What is known of an operation, which is held until the transaction ends.

    It is of the account that sends it, and a device of that account signed these very bytes: another one than sends
    them if its file of unsent work was taken in here, a revoked one never (R17). The lock is taken before the look,
    for a statement does not see what was committed while it waited. Raises OperationForeign, SignatureInvalid.
    """
    operation = incoming.operation
    if operation.account_id != by.account_id:
        raise OperationForeign(field="account_id", rule="R17")
    await tx.lock("operation", operation.id)
    asked = {
        "place": by.jurisdiction_id,
        "account": by.account_id,
        "device": operation.device_id,
        "operation": operation.id,
    }
    found = (await (await tx.session.connection()).execute(_known, asked)).first()
    if found is None:
        raise OperationForeign(field="device_id", rule="R17")
    if not is_signed(found.public_key, incoming.signature, incoming.canonical):
        raise SignatureInvalid(field="signature", rule="R15")
    return None if found.sha256 is None else Known(found.sha256, found.verdict)


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
    part = await hold_own_part(tx, by, operation.body.part_id)
    photos = operation.body.photos
    arrived = await check_photos(tx.session, by.jurisdiction_id, operation.body.part_id, photos)
    return await submit_part(tx, by, part, operation.id, operation.body, issued_at, arrived, incoming.sha256)


async def _keep(
    tx: Tx,
    by: Actor,
    incoming: Incoming,
    issued_at: datetime,
    verdict: str,
    problem: dict[str, Any] | None,
    *,
    again: bool = False,
) -> None:
    """Keeps the operation's bytes with its verdict; a rejected one that is taken after all (`again`) gets the new."""
    operation = incoming.operation
    if again:
        row = await tx.session.get_one(ReceivedOperation, (by.jurisdiction_id, operation.id))
        row.verdict, row.problem = verdict, problem
        return
    await hot_rows(
        tx.session,
        _KEEP,
        *(by.jurisdiction_id, operation.id, operation.device_id, operation.account_id, incoming.plain["kind"]),
        *(operation.sequence, operation.previous_sha256, incoming.sha256, incoming.canonical.decode()),
        *(incoming.signature, operation.supersedes, issued_at, operation.captured_at, operation.clock_offset_ms),
        *(tx.now, verdict, None if problem is None else msgspec.json.encode(problem).decode()),
    )


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
        await _keep(tx, by, incoming, issued_at or tx.now, "rejected", problem.document(language))
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

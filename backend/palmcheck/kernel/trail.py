"""The trail: append-only, chained by hash per jurisdiction inside the transaction (R15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import BigInteger, Index, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from palmcheck.kernel.canonical import ZERO_SHA256, digest
from palmcheck.kernel.clock import Instant
from palmcheck.kernel.database import Base, hot_rows
from palmcheck.kernel.events import Event, Trace
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of


class AuditEvent(Base):
    """One entry of the trail. Triggers refuse update, delete and truncate."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_id", "jurisdiction_id", "id"),
        Index(
            "ix_audit_event_payload", "payload", postgresql_using="gin", postgresql_ops={"payload": "jsonb_path_ops"}
        ),
        {"postgresql_partition_by": "RANGE (at)"},
    )

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    id: Mapped[UUID]
    name: Mapped[str]
    actor: Mapped[dict[str, Any]]
    payload: Mapped[dict[str, Any]]
    previous_sha256: Mapped[str]
    sha256: Mapped[str]


class AuditHead(Base):
    """The chain's newest entry; locked last in a transaction, after the feed's counters."""

    __tablename__ = "audit_head"

    jurisdiction_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]


@dataclass(frozen=True)
class Recorded:
    """An event with whoever caused it, kept until the transaction ends."""

    actor: Trace
    event: Event


class HistoryEntry(Struct, frozen=True):
    """One entry of a thing's history: what happened (`name`), who did it (ids only), and what the event says."""

    number: int
    at: Instant
    name: str
    actor: dict[str, str]
    payload: dict[str, Any]


_LOCK_HEAD = "select number, sha256 from audit_head where jurisdiction_id = $1 for update"
_FIRST_HEAD = """
insert into audit_head (jurisdiction_id, number, sha256) values ($1, 0, $2)
on conflict (jurisdiction_id) do update set number = audit_head.number returning number, sha256
"""
_APPEND = """
with moved as (update audit_head set number = $2, sha256 = $3 where jurisdiction_id = $1)
insert into audit_event (jurisdiction_id, number, at, id, name, actor, payload, previous_sha256, sha256)
select $1, t.number, $4, t.id, t.name, t.actor::jsonb, t.payload::jsonb, t.previous_sha256, t.sha256
from unnest($5::bigint[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
  as t (number, id, name, actor, payload, previous_sha256, sha256)
"""
_VARYING = ("number", "id", "name", "actor", "payload", "previous_sha256", "sha256")


def entry_sha256(entry: dict[str, Any]) -> str:
    """The hash of an entry: over its canonical bytes with the previous entry's hash among them."""
    hashed = {key: entry[key] for key in ("number", "name", "actor", "payload", "previous_sha256")}
    hashed |= {"jurisdiction_id": str(entry["jurisdiction_id"]), "id": str(entry["id"])}
    hashed["at"] = f"{entry['at'].astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    return digest(hashed)


async def append(session: AsyncSession, at: datetime, recorded: Sequence[Recorded]) -> None:
    """Writes the events of one transaction behind the chains of their jurisdictions, in sorted order of these."""
    for jurisdiction_id in sorted({entry.event.jurisdiction_id for entry in recorded}):
        found = await hot_rows(session, _LOCK_HEAD, jurisdiction_id)
        number, previous = (found or await hot_rows(session, _FIRST_HEAD, jurisdiction_id, ZERO_SHA256))[0]
        entries = []
        for entry in recorded:
            if entry.event.jurisdiction_id != jurisdiction_id:
                continue
            number += 1
            row = {
                "jurisdiction_id": jurisdiction_id,
                "number": number,
                "at": at,
                "id": new_id(),
                "name": entry.event.name,
                "actor": entry.actor.trace(),
                "payload": msgspec.to_builtins(entry.event),
                "previous_sha256": previous,
            }
            previous = row["sha256"] = entry_sha256(row)
            row |= {key: msgspec.json.encode(row[key]).decode() for key in ("actor", "payload")}
            entries.append([row[key] for key in _VARYING])
        columns = [list(column) for column in zip(*entries, strict=True)]
        await hot_rows(session, _APPEND, jurisdiction_id, number, previous, at, *columns)


async def history_of(
    session: AsyncSession,
    jurisdiction_id: UUID,
    key: str,
    id: object,
    cursor: str | None = None,
    size: int = PAGE,
    listed_under: Sequence[str] = (),
) -> Page[HistoryEntry]:
    """The entries whose payload has `id` under `key`, newest first. Raises CursorInvalid.

    `listed_under`: keys of lists; a bulk action that names the id in one of them belongs to the history too.

    The candidates are found by the payload's index before they are ordered: with the order inside, the planner
    may walk the whole chain backwards in search of a page.
    """
    named = [AuditEvent.payload.contains({key: str(id)})]
    named += [AuditEvent.payload.contains({name: [str(id)]}) for name in listed_under]
    columns = (AuditEvent.number, AuditEvent.at, AuditEvent.name, AuditEvent.actor, AuditEvent.payload)
    found = (
        select(*columns)
        .where(AuditEvent.jurisdiction_id == jurisdiction_id, or_(*named))
        .cte("found")
        .prefix_with("materialized", dialect="postgresql")
    )
    wanted = select(found).order_by(found.c.number.desc()).limit(size + 1)
    if cursor is not None:
        wanted = wanted.where(found.c.number < decode_cursor(cursor, int)[0])
    rows = (await session.execute(wanted)).all()
    return page_of(rows, size, lambda row: HistoryEntry(*row), lambda row: (row.number,))


async def verify(session: AsyncSession, jurisdiction_id: UUID) -> list[str]:
    """What is wrong with one jurisdiction's chain; empty when it verifies from its first entry to its head."""
    wrong: list[str] = []
    number, previous = 0, ZERO_SHA256
    rows = await session.stream_scalars(
        select(AuditEvent).where(AuditEvent.jurisdiction_id == jurisdiction_id).order_by(AuditEvent.number)
    )
    async for row in rows:
        number += 1
        entry = {column.name: getattr(row, column.name) for column in AuditEvent.__table__.columns}
        if row.number != number:
            wrong.append(f"entry {number} is missing, {row.number} stands in its place")
            number = row.number
        if row.previous_sha256 != previous:
            wrong.append(f"entry {number} does not continue the one before it")
        if row.sha256 != entry_sha256(entry):
            wrong.append(f"entry {number} was altered")
        previous = row.sha256
    head = await session.get(AuditHead, jurisdiction_id)
    if (head.number if head else 0) != number or (head and head.sha256 != previous):
        wrong.append("the head does not name the last entry")
    return wrong

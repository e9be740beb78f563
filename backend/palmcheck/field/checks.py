"""What the doctor looks at: each accepted operation took effect, and the feed has no gap."""

from collections.abc import AsyncIterator
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select

from palmcheck.field.models import FeedEntry, FeedHead, ReceivedOperation
from palmcheck.inspections import reads as inspections
from palmcheck.kernel.doctor import Check, Finding, Round

ACCEPTED = ("accepted", "accepted_into_dispute")


async def _operations(round: Round) -> AsyncIterator[Finding]:
    results = inspections.submission_rows.subquery()
    operation = ReceivedOperation
    same = (results.c.jurisdiction_id == operation.jurisdiction_id) & (results.c.id == operation.id)
    accepted = (operation.kind == "part.submit") & operation.verdict.in_(ACCEPTED)
    lost = select(operation.jurisdiction_id, operation.id).where(accepted, ~exists().where(same))
    async for finding in _each(round, "field.operation_without_result", lost):
        yield finding
    unasked = select(operation.jurisdiction_id, operation.id).where(
        operation.kind == "part.submit", operation.verdict == "rejected", exists().where(same)
    )
    async for finding in _each(round, "field.result_of_rejected_operation", unasked):
        yield finding


async def _feeds(round: Round) -> AsyncIterator[Finding]:
    entries = (
        select(
            FeedEntry.jurisdiction_id,
            FeedEntry.inspector_id,
            func.count().label("entries"),
            func.max(FeedEntry.number).label("last"),
        )
        .group_by(FeedEntry.jurisdiction_id, FeedEntry.inspector_id)
        .subquery()
    )
    joined = (entries.c.jurisdiction_id == FeedHead.jurisdiction_id) & (entries.c.inspector_id == FeedHead.inspector_id)
    number, count = func.coalesce(FeedHead.number, 0), func.coalesce(entries.c.entries, 0)
    gaps = (
        select(
            func.coalesce(FeedHead.jurisdiction_id, entries.c.jurisdiction_id),
            func.coalesce(FeedHead.inspector_id, entries.c.inspector_id),
        )
        .select_from(FeedHead)
        .join(entries, joined, full=True)
        .where(or_(number != func.coalesce(entries.c.last, 0), number != count))
    )
    async for finding in _each(round, "field.feed_gap", gaps):
        yield finding


async def _each(round: Round, code: str, wanted: Select[UUID, UUID]) -> AsyncIterator[Finding]:
    for jurisdiction_id, id in (await round.session.execute(wanted)).all():
        yield Finding(code, {"jurisdiction_id": str(jurisdiction_id), "id": str(id)})


CHECKS = [Check("field.operations", _operations), Check("field.feeds", _feeds)]

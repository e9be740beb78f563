"""The justice department's review: accept or refuse, one or many together, and take it back for a while (S1 一(四))."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from uuid import UUID

import msgspec

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import Event
from palmcheck.kernel.problems import Conflict
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.models import Inspector
from palmcheck.registry.people import events
from palmcheck.registry.people.access import held, reviews
from palmcheck.registry.people.inspectors import keep
from palmcheck.registry.people.problems import InspectorHasLeft, NothingToUndo
from palmcheck.registry.people.types import DecideReviews, Review, Seen
from palmcheck.registry.people.versions import version_before


async def review_inspector(tx: Tx, by: Actor, id: UUID, data: Review) -> Inspector:
    """Records that one row was reviewed as it was seen; from now on he may be drawn. Raises like `decide`."""
    one = DecideReviews("accept", data.reference, [Seen(id, data.version)])
    return (await decide(tx, by, one))[0]


async def decide(tx: Tx, by: Actor, data: DecideReviews) -> list[Inspector]:
    """Accepts rows by a document's number, or refuses them with a reason: all of them, or none.

    Rows that were decided so before stay as they are. Raises NotFound, NotAllowed, InspectorHasLeft, Conflict when a
    row changed meanwhile.
    """
    state = "reviewed" if data.decision == "accept" else "refused"
    return [await _decided(tx, by, seen, state, data.words.strip()) for seen in _in_order(data.rows)]


async def _decided(tx: Tx, by: Actor, seen: Seen, state: str, words: str) -> Inspector:
    row = await _reviewable(tx, by, seen.id)
    if row.review_state == state:
        return row
    if row.status != "active":
        raise InspectorHasLeft(name=row.name)
    if row.version != seen.version:
        raise Conflict(field="version")
    row.review_state, row.reviewed_on = state, law_date(tx.now)
    row.review_reference, row.review_reason = (words, None) if state == "reviewed" else (None, words)
    await keep(tx, row)
    tx.record(by, _event(row, words))
    return row


def _event(row: Inspector, words: str) -> Event:
    if row.review_state == "refused":
        return events.InspectorRefused(jurisdiction_id=row.jurisdiction_id, inspector_id=row.id, version=row.version)
    return events.InspectorReviewed(
        jurisdiction_id=row.jurisdiction_id, inspector_id=row.id, version=row.version, reference=words
    )


async def undo(tx: Tx, by: Actor, rows: Sequence[Seen]) -> None:
    """Takes decisions back, all or none: each row waits again as before. Only while nothing else came after it.

    Raises NotFound, NotAllowed, NothingToUndo.
    """
    for seen in _in_order(rows):
        row = await _reviewable(tx, by, seen.id)
        before = await version_before(tx.session, row, seen.version, tx.now)
        if before is None or row.review_state == "changed" or before["review_state"] == row.review_state:
            raise NothingToUndo(name=row.name)
        row.review_state, row.review_reference = before["review_state"], before["review_reference"]
        row.review_reason = before.get("review_reason")
        row.reviewed_on = msgspec.convert(before["reviewed_on"], date | None)
        await keep(tx, row)
        undone = events.InspectorReviewUndone(
            jurisdiction_id=row.jurisdiction_id, inspector_id=row.id, version=row.version
        )
        tx.record(by, undone)


async def _reviewable(tx: Tx, by: Actor, id: UUID) -> Inspector:
    row = await held(tx, by, id)
    if not await reviews(tx.session, by, row.jurisdiction_id):
        raise NotAllowed(permission="inspector.review")
    return row


def _in_order(rows: Sequence[Seen]) -> list[Seen]:
    """Sorted, so that two desks that hold the same rows never wait for each other."""
    return sorted(rows, key=attrgetter("id"))

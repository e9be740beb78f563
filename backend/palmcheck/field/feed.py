"""The feed: one row a change with a number from the inspector's own counter, gap-free under any load."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from palmcheck.field.events import FeedExtended
from palmcheck.kernel.events import Trace
from palmcheck.kernel.unit_of_work import LastWrite, Tx

_APPEND = text("""
    with head as (
        insert into feed_head (jurisdiction_id, inspector_id, number)
        values (:jurisdiction_id, :inspector_id, :count)
        on conflict (jurisdiction_id, inspector_id) do update set number = feed_head.number + :count
        returning number - :count as before
    )
    insert into feed_entry (jurisdiction_id, inspector_id, number, kind, subject_id, at)
    select :jurisdiction_id, :inspector_id, before + ord, kind, subject_id, :at
    from head, unnest(cast(:kinds as text[]), cast(:subjects as uuid[])) with ordinality as t (kind, subject_id, ord)
""")


def extend(
    tx: Tx, by: Trace, jurisdiction_id: UUID, inspectors: Sequence[UUID], changes: Sequence[tuple[str, UUID]]
) -> None:
    """Tells inspectors of changes (kind, subject). The counters are locked last, inspectors in sorted order."""
    if not changes:
        return
    for inspector_id in inspectors:
        row = {
            "jurisdiction_id": jurisdiction_id,
            "inspector_id": inspector_id,
            "count": len(changes),
            "kinds": [kind for kind, _ in changes],
            "subjects": [subject for _, subject in changes],
            "at": tx.now,
        }
        tx.write_last("feed", f"{inspector_id}/{len(tx.last_writes)}", _writer(tx, row))
    extended = FeedExtended(jurisdiction_id=jurisdiction_id, inspector_ids=list(inspectors), kind=changes[0][0])
    tx.record(by, extended)


def _writer(tx: Tx, row: dict[str, object]) -> LastWrite:
    async def write() -> None:
        await tx.session.execute(_APPEND, row)

    return write

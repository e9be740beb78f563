"""The feed: one row a change with a number from the inspector's own counter, gap-free under any load."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from palmcheck.field.events import FeedExtended
from palmcheck.kernel.events import Trace
from palmcheck.kernel.unit_of_work import Tx

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
        write = tx.last_writes.get(("feed", str(inspector_id)))
        if not isinstance(write, _Writer):
            write = _Writer(tx, jurisdiction_id, inspector_id)
            tx.write_last("feed", str(inspector_id), write)
        write.changes.extend(changes)
    extended = FeedExtended(jurisdiction_id=jurisdiction_id, inspector_ids=list(inspectors), kind=changes[0][0])
    tx.record(by, extended)


class _Writer:
    """All that one inspector hears of from one transaction, in one statement."""

    def __init__(self, tx: Tx, jurisdiction_id: UUID, inspector_id: UUID) -> None:
        self._tx, self._key = tx, {"jurisdiction_id": jurisdiction_id, "inspector_id": inspector_id}
        self.changes: list[tuple[str, UUID]] = []

    async def __call__(self) -> None:
        row: dict[str, object] = {
            "count": len(self.changes),
            "kinds": [kind for kind, _ in self.changes],
            "subjects": [subject for _, subject in self.changes],
            "at": self._tx.now,
        }
        await self._tx.session.execute(_APPEND, self._key | row)

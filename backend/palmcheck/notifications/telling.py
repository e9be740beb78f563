"""Telling accounts: the one place where a row of an inbox comes about."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from palmcheck.kernel.events import SystemActor, Trace
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.notifications.events import Notified
from palmcheck.notifications.models import Notification
from palmcheck.notifications.types import Kind, News

TELLING = SystemActor("notifications.telling")


async def tell(
    tx: Tx, jurisdiction_id: UUID, kind: Kind, cause: str, told: Mapping[UUID, News], by: Trace = TELLING
) -> None:
    """Puts the news into each account's inbox once; a second run of the same cause adds nothing."""
    rows = [
        {
            "jurisdiction_id": jurisdiction_id,
            "id": new_id(),
            "account_id": account_id,
            "cause": cause,
            "kind": kind,
            "values": news.values,
            "about": news.about,
            "subject_id": news.subject_id,
            "created_at": tx.now,
        }
        for account_id, news in sorted(told.items())
    ]
    if not rows:
        return
    fresh = await tx.session.scalars(
        insert(Notification)
        .on_conflict_do_nothing(index_elements=["jurisdiction_id", "account_id", "cause"])
        .returning(Notification.account_id),
        rows,
    )
    new = sorted(fresh)
    # Two runs at once: the later one waited for the other's rows, which may count as a write of its own.
    if new or (not tx.recorded and await tx.wrote()):
        tx.record(by, Notified(jurisdiction_id=jurisdiction_id, kind=kind, cause=cause, account_ids=new))

"""Pull: what an inspector's phone has to hear of since its cursor."""

from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.field import rendering
from palmcheck.field.models import FeedEntry
from palmcheck.field.phone_rules import phone_rules
from palmcheck.field.problems import DeviceDraining
from palmcheck.field.show_codes import ShowCode, last_day_of, make_show_code
from palmcheck.field.types import (
    Changes,
    ChecklistChange,
    InspectionChange,
    InspectionTask,
    Nonce,
    PartStateChange,
)
from palmcheck.kernel.clock import law_date, now
from palmcheck.kernel.paging import CursorInvalid, decode_cursor, encode_cursor
from palmcheck.kernel.stamps import make_stamp

MOST_ENTRIES = 500


class FieldKeys(NamedTuple):
    """The server's secrets of this slice: what nonces and show-codes are made with."""

    nonce: bytes
    show: bytes


async def pull_changes(session: AsyncSession, by: Actor, cursor: str | None, keys: FieldKeys) -> Changes:
    """Changes since the cursor, at most 500 entries a pull; several of one subject are one change.

    A cursor of another epoch leads to a full resync. Raises NotAllowed for an account that no
    inspector of the registry stands behind, DeviceDraining, CursorInvalid.
    """
    if by.device_id is None or by.inspector_id is None:
        raise NotAllowed(permission="field.sync")
    if by.device_state == "draining":
        raise DeviceDraining(rule="R17")
    epoch = (await session.scalar(text("select epoch from feed_epoch"))) or ""
    known, after = _read_cursor(cursor)
    resync = cursor is not None and known != epoch
    since = after if known == epoch else 0
    entries = await _entries(session, by.jurisdiction_id, by.inspector_id, since)
    shown = entries[:MOST_ENTRIES]
    at = now()
    return Changes(
        epoch=epoch,
        cursor=encode_cursor(epoch, shown[-1].number if shown else since),
        more=len(entries) > MOST_ENTRIES,
        resync=resync,
        server_time=at,
        nonce=Nonce(make_stamp(keys.nonce, by.device_id, at), at),
        rules=await phone_rules(session, by.jurisdiction_id),
        changes=await _changes(session, by.jurisdiction_id, by.inspector_id, shown, keys.show),
    )


def _read_cursor(cursor: str | None) -> tuple[str, int]:
    if cursor is None:
        return "", 0
    epoch, after = decode_cursor(cursor, str, int)
    if not isinstance(epoch, str) or not isinstance(after, int):
        raise CursorInvalid(field="cursor")
    return epoch, after


async def _entries(session: AsyncSession, jurisdiction_id: UUID, inspector_id: UUID, since: int) -> list[FeedEntry]:
    rows = await session.scalars(
        select(FeedEntry)
        .where(
            FeedEntry.jurisdiction_id == jurisdiction_id,
            FeedEntry.inspector_id == inspector_id,
            FeedEntry.number > since,
        )
        .order_by(FeedEntry.number)
        .limit(MOST_ENTRIES + 1)
    )
    return list(rows)


async def _changes(
    session: AsyncSession, jurisdiction_id: UUID, inspector_id: UUID, entries: list[FeedEntry], show_key: bytes
) -> list[InspectionChange | ChecklistChange | PartStateChange]:
    """The newest entry of each subject, checklists first: an inspection never names one that is not there."""
    newest = {(entry.kind, entry.subject_id): entry.number for entry in entries}
    ids: dict[str, set[UUID]] = {"checklist": set(), "inspection": set(), "part_state": set()}
    for kind, subject_id in newest:
        ids[kind].add(subject_id)
    checklists = await rendering.checklists(session, jurisdiction_id, ids["checklist"])
    tasks = await rendering.inspection_tasks(session, jurisdiction_id, inspector_id, ids["inspection"])
    states = await rendering.part_states(session, jurisdiction_id, ids["part_state"])
    return [
        *(ChecklistChange(newest["checklist", id], each) for id, each in checklists.items()),
        *(
            InspectionChange(newest["inspection", id], _with_code(each, jurisdiction_id, show_key))
            for id, each in tasks.items()
        ),
        *(msgspec.structs.replace(each, number=newest["part_state", id]) for id, each in states.items()),
    ]


def _with_code(task: InspectionTask, jurisdiction_id: UUID, key: bytes) -> InspectionTask:
    said = ShowCode(jurisdiction_id, task.id, last_day_of(task.due_on, law_date(now())))
    return msgspec.structs.replace(task, show_code=make_show_code(key, said))

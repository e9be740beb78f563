"""A thing's history: the trail's entries about it, newest first, paged."""

from typing import Any

import pytest
from sqlalchemy import text

from palmcheck.kernel.ids import new_id
from palmcheck.kernel.paging import CursorInvalid
from palmcheck.kernel.trail import HistoryEntry, history_of
from palmcheck.kernel.unit_of_work import Database
from tests.kernel.happenings import PLACE, SOMEBODY, happened


async def record(database: Database, *what: str, place: Any = PLACE) -> None:
    async with database.unit_of_work() as tx:
        for each in what:
            tx.record(SOMEBODY, happened(each, place))


async def read(database: Database, what: str, **page: Any) -> tuple[list[HistoryEntry], str | None]:
    async with database.reading() as session:
        found = await history_of(session, PLACE, "what", what, **page)
    return found.items, found.next


async def test_only_what_is_about_the_thing_newest_first(bare: Database) -> None:
    await record(bare, "a", "b", "a")
    await record(bare, "a", place=new_id())
    items, following = await read(bare, "a")
    assert [entry.number for entry in items] == [3, 1]
    assert (items[0].name, items[0].actor, items[0].payload["what"]) == ("tests.happened", {"system": "tests"}, "a")
    assert following is None


async def test_pages_meet_without_gap_or_overlap(bare: Database) -> None:
    await record(bare, *(["a"] * 5))
    numbers: list[int] = []
    cursor: str | None = None
    for _ in range(3):
        items, cursor = await read(bare, "a", cursor=cursor, size=2)
        numbers += [entry.number for entry in items]
    assert (numbers, cursor) == ([5, 4, 3, 2, 1], None)


async def test_a_foreign_cursor_is_refused(bare: Database) -> None:
    with pytest.raises(CursorInvalid):
        await read(bare, "a", cursor="nonsense")


async def test_the_payload_is_found_by_its_index(bare: Database) -> None:
    async with bare.reading() as session:
        await session.execute(text("set local enable_seqscan = off"))
        found = await session.scalars(text('explain select number from audit_event where payload @> \'{"what": "a"}\''))
        plan = "\n".join(found)
    assert "payload_idx" in plan

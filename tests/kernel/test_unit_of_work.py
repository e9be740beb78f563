"""The unit of work: everything of it is there, or nothing; and no write goes without a trail (R15)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from palmcheck.kernel import jobs, trail
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.trail import AuditEvent
from palmcheck.kernel.unit_of_work import Database, LastWrite, Tx, UnrecordedWrite
from tests.kernel.happenings import PLACE, SOMEBODY, count, happened, write, written


async def nothing_stayed(database: Database) -> bool:
    """No row, no entry of the trail, no job."""
    return (
        await written(database) == []
        and await count(database, "audit_event")
        == await count(database, "pgqueuer")
        == await count(database, "audit_head")
        == 0
    )


async def test_a_write_stays_with_its_trail_and_its_job(bare: Database) -> None:
    async with bare.unit_of_work() as tx:
        await write(tx, "kept")
        tx.record(SOMEBODY, happened("all well"))

    assert await written(bare) == ["kept"]
    async with bare.reading() as session:
        entry = (await session.scalars(text("select payload ->> 'what' from audit_event"))).all()
        assert entry == ["all well"]
        assert await jobs.outstanding(session) == {"queued": 1}


async def test_a_write_without_an_event_is_undone(bare: Database) -> None:
    with pytest.raises(UnrecordedWrite):
        async with bare.unit_of_work() as tx:
            await write(tx, "unrecorded")

    assert await nothing_stayed(bare)


async def test_a_write_by_the_session_is_no_way_around_it(bare: Database) -> None:
    with pytest.raises(UnrecordedWrite):
        async with bare.unit_of_work() as tx:
            tx.session.add(trail.AuditHead(jurisdiction_id=PLACE, number=1, sha256=""))

    assert await nothing_stayed(bare)


async def test_reading_and_locking_need_no_event(bare: Database) -> None:
    async with bare.unit_of_work() as tx:
        await tx.session.execute(text("select count(*) from server_secret"))
        await tx.lock("draw", new_id())

    assert await nothing_stayed(bare)


async def test_an_error_after_the_writes_leaves_nothing(bare: Database) -> None:
    async def attempt() -> None:
        async with bare.unit_of_work() as tx:
            await write(tx, "lost")
            tx.record(SOMEBODY, happened())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await attempt()

    assert await nothing_stayed(bare)


async def test_an_error_in_a_last_write_leaves_nothing(bare: Database) -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    async def attempt() -> None:
        async with bare.unit_of_work() as tx:
            await write(tx, "lost")
            tx.write_last("feed", "a", fail)
            tx.record(SOMEBODY, happened())

    with pytest.raises(ZeroDivisionError):
        await attempt()

    assert await nothing_stayed(bare)


async def fail_at_commit(tx: Tx) -> None:
    """Leaves a constraint that is checked at the commit only, and broken."""
    await tx.session.execute(text("create temp table once (n int unique deferrable initially deferred)"))
    await tx.session.execute(text("insert into once values (1), (1)"))


async def test_jobs_and_trail_go_down_with_a_commit_that_fails(bare: Database) -> None:
    """The queue's SQL goes through the driver; a call before BEGIN would stay (lab.md)."""

    async def attempt() -> None:
        async with bare.unit_of_work() as tx:
            tx.record(SOMEBODY, happened())
            await fail_at_commit(tx)

    with pytest.raises(IntegrityError):
        await attempt()

    assert await nothing_stayed(bare)


async def test_jobs_of_a_unit_that_did_nothing_but_record_are_undone_too(bare: Database) -> None:
    """No statement of the session has opened the transaction before the queue's: the trap itself."""

    async def fail(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trail, "append", fail)
        with pytest.raises(ZeroDivisionError):
            async with bare.unit_of_work() as tx:
                tx.record(SOMEBODY, happened())

    assert await nothing_stayed(bare)


async def test_last_writes_run_sorted_and_the_newest_of_a_key_counts(bare: Database) -> None:
    ran: list[str] = []

    def noting(what: str) -> LastWrite:
        async def note() -> None:
            ran.append(what)

        return note

    async with bare.unit_of_work() as tx:
        for kind, key, what in (("z", "1", "z1"), ("feed", "b", "old"), ("feed", "a", "a"), ("feed", "b", "b")):
            tx.write_last(kind, key, noting(what))
        tx.record(SOMEBODY, happened())
        assert ran == []

    assert ran == ["a", "b", "z1"]


async def test_the_instant_of_a_unit_is_one_and_stands_in_the_trail(bare: Database) -> None:
    at = datetime(2026, 11, 23, 1, 2, 3, 4000, tzinfo=UTC)

    async with bare.unit_of_work(at) as tx:
        tx.record(SOMEBODY, happened("first"))
        tx.record(SOMEBODY, happened("second"))

    async with bare.reading() as session:
        rows = (await session.scalars(select(AuditEvent).order_by(AuditEvent.number))).all()
        assert [(row.number, row.at, row.payload["what"]) for row in rows] == [(1, at, "first"), (2, at, "second")]

"""One writer an upload: over processes, with one connection, also when that connection dies."""

from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from palmcheck.evidence.problems import UploadBusy
from palmcheck.evidence.upload_locks import UploadLocks
from palmcheck.kernel.database import open_engine
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Database

HOME = new_id()


async def is_free(locks: UploadLocks, id: object) -> bool:
    try:
        async with locks.holding(HOME, id):  # type: ignore[arg-type]
            return True
    except UploadBusy:
        return False


async def test_one_writer_in_a_process_and_over_processes(behind: Database) -> None:
    ours, theirs, id = UploadLocks(behind.engine), UploadLocks(behind.engine), new_id()
    async with ours.holding(HOME, id):
        assert not await is_free(ours, id)
        assert not await is_free(theirs, id)
        assert await is_free(theirs, new_id())
    assert await is_free(theirs, id)
    assert await is_free(ours, id)


async def test_a_failing_writer_frees_its_lock(behind: Database) -> None:
    ours, theirs, id = UploadLocks(behind.engine), UploadLocks(behind.engine), new_id()
    with pytest.raises(ZeroDivisionError):
        async with ours.holding(HOME, id):
            raise ZeroDivisionError
    assert await is_free(theirs, id)


async def test_many_writers_need_one_connection_and_give_it_back(uploads_url: str) -> None:
    engine = open_engine(uploads_url, pool_size=1)
    locks = UploadLocks(engine)
    async with AsyncExitStack() as held:
        for _ in range(50):
            await held.enter_async_context(locks.holding(HOME, new_id()))
        assert "Current Checked out connections: 1" in engine.pool.status()
    assert "Current Checked out connections: 0" in engine.pool.status()
    await engine.dispose()


async def test_a_lost_connection_takes_its_locks_with_it_and_they_are_taken_again(behind: Database) -> None:
    ours, theirs, id = UploadLocks(behind.engine), UploadLocks(behind.engine), new_id()
    async with ours.holding(HOME, id):
        async with behind.engine.begin() as connection:
            ended = await connection.execute(
                text(
                    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 1"
                    " and database = (select oid from pg_database where datname = current_database())"
                )
            )
            assert len(ended.all()) == 1
        assert await is_free(ours, new_id())  # notices the loss
        assert not await is_free(theirs, id)
    assert await is_free(theirs, id)

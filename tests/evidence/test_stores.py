"""Both stores keep what they took, and say so when they cannot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from palmcheck.kernel.folder_store import FolderStore
from palmcheck.kernel.object_store import ObjectStore, StorageUnavailable
from palmcheck.kernel.s3_store import PIECE
from tests.evidence.servers import running_bucket

NOISE = bytes(range(256)) * 40_000  # 10 MB


async def in_chunks(content: bytes, breaks: Exception | None = None) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 60_000):
        yield content[start : start + 60_000]
    if breaks:
        raise breaks


async def whole(store: ObjectStore, key: str) -> bytes:
    return b"".join([chunk async for chunk in store.read(key)])


async def test_what_comes_in_parts_is_one_object(store: ObjectStore) -> None:
    length = 0
    for start, end in ((0, 3_000_000), (3_000_000, 3_000_001), (3_000_001, 7_000_000)):
        length = await store.append("one", length, in_chunks(NOISE[start:end]))
        assert length == end == await store.length("one")
    for _ in range(2):
        await store.seal("one")
        assert await whole(store, "one") == NOISE[:7_000_000]
    async with store.as_file("one") as path:
        assert path.read_bytes() == NOISE[:7_000_000]
    assert ("one", 7_000_000) in [(each.key, each.length) async for each in store.listing()]


async def test_what_came_before_a_break_stays_and_may_be_cut_off(store: ObjectStore) -> None:
    await store.append("two", 0, in_chunks(NOISE[:100_000]))
    with pytest.raises(ConnectionError):
        await store.append("two", 100_000, in_chunks(NOISE[: PIECE + 500_000], ConnectionError()))
    assert await store.length("two") == 100_000 + PIECE + 500_000
    assert await store.append("two", 100_000, in_chunks(b"")) == 100_000
    assert await store.length("two") == 100_000
    await store.delete("two")
    await store.delete("two")
    assert await store.length("two") == 0


async def test_what_is_not_there_is_not_found(store: ObjectStore) -> None:
    with pytest.raises(FileNotFoundError):
        await whole(store, "nothing")
    with pytest.raises(FileNotFoundError):
        async with store.as_file("nothing"):
            pass


async def test_a_key_leads_nowhere_else(store: ObjectStore) -> None:
    for key in ("../escape", "a/b", "", "a\x00", "门"):
        with pytest.raises(ValueError, match="not an object key"):
            await store.append(key, 0, in_chunks(b"x"))


async def test_a_bucket_that_is_down_says_so_and_is_as_before_when_it_is_back(tmp_path: Path) -> None:
    with running_bucket(tmp_path) as bucket:
        store = bucket.store()
        await store.append("kept", 0, in_chunks(NOISE[:1000]))
        bucket.stop()
        for asked in (store.length("kept"), store.append("new", 0, in_chunks(b"x")), store.delete("kept")):
            with pytest.raises(StorageUnavailable):
                await asked
        bucket.start()
        assert [each.key async for each in store.listing()] == ["kept"]


async def test_a_disk_that_takes_nothing_says_so(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("a file where the folder should be")
    with pytest.raises(StorageUnavailable):
        await FolderStore(tmp_path / "evidence").append("one", 0, in_chunks(b"x"))

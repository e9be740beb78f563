"""Where bytes of evidence live: one small interface; a folder today, S3 beside it later."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Protocol


class ObjectStore(Protocol):
    """Objects are written by appending parts, then closed; a closed one never changes."""

    async def append(self, key: str, offset: int, chunks: AsyncIterator[bytes]) -> int:
        """Writes chunks at `offset` durably; answers the new length. What came before a cut stays."""
        ...

    async def length(self, key: str) -> int:
        """Bytes stored under the key; 0 when there is nothing."""
        ...

    def read(self, key: str) -> AsyncIterator[bytes]:
        """The object's bytes in order."""
        ...

    async def delete(self, key: str) -> None:
        """Removes the object; nothing happens when there is none."""
        ...


class FolderStore:
    """Objects as files below one folder, spread over sub-folders by the key's last two characters."""

    CHUNK = 256 * 1024

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, key: str) -> Path:
        if not key.replace("-", "").isalnum():
            raise ValueError(f"not an object key: {key!r}")
        return self._root / key[-2:] / key

    async def append(self, key: str, offset: int, chunks: AsyncIterator[bytes]) -> int:
        """Writes at `offset`, cutting off what a broken write may have left behind it, and syncs to disk."""
        path = self._path(key)
        file = await asyncio.to_thread(_open_at, path, offset)
        try:
            async for chunk in chunks:
                await asyncio.to_thread(file.write, chunk)
        finally:
            await asyncio.to_thread(_sync_and_close, file)
        return path.stat().st_size

    async def length(self, key: str) -> int:
        """The file's size, or 0."""
        path = self._path(key)
        return path.stat().st_size if path.exists() else 0

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """Reads in pieces of 256 KiB. Raises FileNotFoundError."""
        with self._path(key).open("rb") as file:
            while chunk := await asyncio.to_thread(file.read, self.CHUNK):
                yield chunk

    async def delete(self, key: str) -> None:
        """Unlinks the file."""
        self._path(key).unlink(missing_ok=True)


def _open_at(path: Path, offset: int) -> BinaryIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("r+b" if path.exists() else "w+b")
    file.truncate(offset)
    file.seek(offset)
    return file


def _sync_and_close(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()

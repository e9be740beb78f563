"""The object store as a folder: what a county on one machine has."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from palmcheck.kernel.object_store import StorageUnavailable, StoredObject, checked_key

T = TypeVar("T")


class FolderStore:
    """Objects as files below one folder, spread over sub-folders by the key's last two characters."""

    CHUNK = 256 * 1024

    def __init__(self, root: Path) -> None:
        self._root = root

    def _path(self, key: str) -> Path:
        return self._root / checked_key(key)[-2:] / key

    async def append(self, key: str, offset: int, chunks: AsyncIterator[bytes]) -> int:
        """Writes at `offset`, cutting off what a broken write may have left behind it; file and folder are synced.

        What comes is gathered to pieces of 256 KiB: a small photo is opened, written and synced in one go.
        """
        writing = _Writing(self._path(key), offset)
        waiting, size = list[bytes](), 0
        try:
            async for chunk in chunks:
                waiting.append(chunk)
                size += len(chunk)
                if size >= self.CHUNK:
                    await _in_thread(writing.write, waiting)
                    waiting, size = [], 0
        finally:  # a sender who broke off has sent this all the same
            length = await _in_thread(writing.finish, waiting)
        return length

    async def seal(self, key: str) -> None:
        """Nothing to do: the file is as it will stay."""

    async def length(self, key: str) -> int:
        """The file's size, or 0."""
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise StorageUnavailable from error

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """Reads in pieces of 256 KiB. Raises FileNotFoundError."""
        with self._path(key).open("rb") as file:
            while chunk := await _in_thread(file.read, self.CHUNK):
                yield chunk

    @asynccontextmanager
    async def as_file(self, key: str) -> AsyncIterator[Path]:
        """The file itself."""
        path = self._path(key)
        if not path.exists():
            raise FileNotFoundError(path)
        yield path

    async def delete(self, key: str) -> None:
        """Unlinks the file."""
        await _in_thread(_unlink, self._path(key))

    async def listing(self) -> AsyncIterator[StoredObject]:
        """Walks the sub-folders, one at a time."""
        for folder in await _in_thread(_folders, self._root):
            for found in await _in_thread(_files, folder):
                yield found


async def _in_thread(run: Callable[..., T], *arguments: object) -> T:
    """Off the loop. Raises StorageUnavailable for a full, read-only or broken disk."""
    try:
        return await asyncio.to_thread(run, *arguments)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StorageUnavailable from error


class _Writing:
    """One file that is being written, by one thread at a time."""

    def __init__(self, path: Path, offset: int) -> None:
        self._path, self._offset = path, offset
        self._file: BinaryIO | None = None

    def write(self, pieces: Sequence[bytes]) -> BinaryIO:
        """Behind what is there; opens the file first."""
        self._file = self._file or _open_at(self._path, self._offset)
        self._file.writelines(pieces)
        return self._file

    def finish(self, pieces: Sequence[bytes]) -> int:
        """Writes the rest, syncs and closes; answers the file's length."""
        try:
            file = self.write(pieces)
            file.flush()
            os.fsync(file.fileno())
            return file.tell()
        finally:
            if self._file is not None:
                self._file.close()


def _open_at(path: Path, offset: int) -> BinaryIO:
    """The file, cut off at `offset`. A new one is made known to its folder before any byte is taken as stored."""
    if path.exists():
        file = path.open("r+b")
    else:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _sync_folder(path.parent.parent)
        file = path.open("w+b")
        _sync_folder(path.parent)
    file.truncate(offset)
    file.seek(offset)
    return file


def _unlink(path: Path) -> None:
    if path.exists():
        path.unlink(missing_ok=True)
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Without it a new file's name may be gone after a power cut, though its bytes are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folders(root: Path) -> list[Path]:
    return sorted(each for each in root.iterdir() if each.is_dir()) if root.exists() else []


def _files(folder: Path) -> list[StoredObject]:
    return [StoredObject(each.name, each.stat().st_size) for each in folder.iterdir() if each.is_file()]

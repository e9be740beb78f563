"""Where bytes of evidence live: one small interface over a folder (folder_store) or S3 (s3_store)."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from palmcheck.kernel.problems import Problem


class StorageUnavailable(Problem):
    """The store of evidence does not answer or cannot write; nothing of the request was taken as done."""

    code, status = "storage_unavailable", 503
    retry_after = 15
    """Seconds; long enough for a restart, short enough for somebody who waits."""


class StoredObject(NamedTuple):
    """An object as a listing names it."""

    key: str
    length: int


class ObjectStore(Protocol):
    """Objects are written by appending, then sealed; a sealed one never changes.

    A key is made of letters, digits and hyphens. Every verb raises StorageUnavailable when the store cannot do it.
    """

    async def append(self, key: str, offset: int, chunks: AsyncIterator[bytes]) -> int:
        """Writes chunks at `offset` durably; answers the new length.

        `offset` is the object's length or where an earlier append began: what lies behind it is cut off. If the
        chunks break off, what came before stays.
        """
        ...

    async def seal(self, key: str) -> None:
        """Says that the object is whole; a repeat does nothing."""
        ...

    async def length(self, key: str) -> int:
        """Bytes stored under the key; 0 when there is nothing."""
        ...

    def read(self, key: str) -> AsyncIterator[bytes]:
        """The object's bytes in order, in pieces. Raises FileNotFoundError."""
        ...

    def as_file(self, key: str) -> AbstractAsyncContextManager[Path]:
        """A file with the object's bytes, to read, for as long as the context lasts. Raises FileNotFoundError."""
        ...

    async def delete(self, key: str) -> None:
        """Removes the object; nothing happens when there is none."""
        ...

    def listing(self) -> AsyncIterator[StoredObject]:
        """Every object there is, in no order."""
        ...


def checked_key(key: str) -> str:
    """The key itself. Raises ValueError for one that could lead elsewhere."""
    if not (key.isascii() and key.replace("-", "").isalnum()):
        raise ValueError(f"not an object key: {key!r}")
    return key

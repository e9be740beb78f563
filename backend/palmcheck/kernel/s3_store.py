"""The object store in a bucket of any S3, by the MinIO SDK; the SDK blocks, so it works in threads of its own.

S3 cannot append. So an object is written in pieces, each named by where it begins: `<key>/000000000000`,
`<key>/000001048576`. A piece is there whole or not at all, and a broken upload goes on behind the last one. Sealing
leaves one piece, the whole; an object that came in one go is that from the start.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error
from urllib3.exceptions import HTTPError

from palmcheck.kernel.object_store import StorageUnavailable, StoredObject, checked_key

T = TypeVar("T")
PIECE = 1024 * 1024
"""So much of an upload is in memory at most, and so much may have to be sent again after a crash."""
PART = 5 * 1024 * 1024
"""The smallest part that S3 takes in a multipart upload."""
CHUNK = 256 * 1024
THREADS = 16
TIMEOUT = urllib3.Timeout(connect=3, read=20)


@dataclass(frozen=True)
class S3Place:
    """Where the bucket is. `endpoint`: an URL such as `http://127.0.0.1:9000`; keys stay out of any output."""

    endpoint: str
    bucket: str
    access_key: str | None
    secret_key: str | None = field(repr=False)
    region: str


class Piece(NamedTuple):
    """A piece of an object: its name in the bucket, where it begins, its length."""

    name: str
    start: int
    length: int

    @property
    def end(self) -> int:
        """Where the next one has to begin."""
        return self.start + self.length


class S3Store:
    """Objects in one bucket."""

    def __init__(self, place: S3Place) -> None:
        self._bucket = place.bucket
        address = urlsplit(place.endpoint)
        retries = urllib3.Retry(total=1, backoff_factor=0.2, status_forcelist=[502, 503, 504], allowed_methods=None)
        pool = urllib3.PoolManager(timeout=TIMEOUT, retries=retries, maxsize=THREADS)
        self._client = Minio(
            endpoint=address.netloc,
            access_key=place.access_key,
            secret_key=place.secret_key,
            secure=address.scheme == "https",
            region=place.region,
            http_client=pool,
        )
        self._merging = asyncio.Semaphore(2)  # each holds a part or two in memory
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="s3")

    async def append(self, key: str, offset: int, chunks: AsyncIterator[bytes]) -> int:
        """Puts pieces of 1 MiB behind those that end at `offset`; the last may be smaller."""
        for stale in [each for each in await self._run(self._pieces, key) if each.end > offset]:
            await self._run(self._remove, stale.name)
        waiting = bytearray()
        try:
            async for chunk in chunks:
                waiting += chunk
                if len(waiting) >= PIECE:
                    offset = await self._put(key, offset, waiting)
        finally:  # a sender who broke off has sent this all the same
            if waiting:
                offset = await asyncio.shield(self._put(key, offset, waiting))
        return offset

    async def _put(self, key: str, offset: int, waiting: bytearray) -> int:
        """Stores what waits and empties it; answers where the next piece begins."""
        content = bytes(waiting)
        waiting.clear()
        await self._run(self._put_whole, _name(key, offset), BytesIO(content), len(content))
        return offset + len(content)

    async def seal(self, key: str) -> None:
        """Makes one piece of many: the whole takes the first one's name, then the others go."""
        pieces = await self._run(self._pieces, key)
        if len(pieces) > 1:
            async with self._merging:
                await self._run(self._merge, key, pieces)

    async def length(self, key: str) -> int:
        """Where the last piece ends, or 0."""
        pieces = await self._run(self._pieces, key)
        return pieces[-1].end if pieces else 0

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """Piece by piece. Raises FileNotFoundError."""
        stream = await self._run(self._open, key)
        try:
            while chunk := await self._run(stream.read, CHUNK):
                yield chunk
        finally:
            await self._run(stream.close)

    @asynccontextmanager
    async def as_file(self, key: str) -> AsyncIterator[Path]:
        """A copy that is gone afterwards."""
        with tempfile.NamedTemporaryFile(prefix="palmcheck-") as copy:
            await self._run(self._download, key, copy)
            yield Path(copy.name)

    async def delete(self, key: str) -> None:
        """Removes every piece, the last first: what a crash leaves is shorter, not torn."""
        for name in sorted(await self._run(self._names, key), reverse=True):
            await self._run(self._remove, name)

    async def listing(self) -> AsyncIterator[StoredObject]:
        """Every object: S3 lists by name, so its pieces come together."""
        listed = self._client.list_objects(self._bucket, recursive=True)
        key, end = "", 0
        while page := await self._run(partial(_next_names, listed)):
            for name, size in page:
                found, _, start = name.partition("/")
                if found != key and key:
                    yield StoredObject(key, end)
                key, end = found, max(end if found == key else 0, int(start or 0) + size)
        if key:
            yield StoredObject(key, end)

    async def _run(self, run: Callable[..., T], *arguments: object) -> T:
        """In one of the store's threads. Raises StorageUnavailable, and FileNotFoundError for what is not there."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, run, *arguments)
        except S3Error as error:
            if error.code in {"NoSuchKey", "NoSuchObject"}:
                raise FileNotFoundError(error.object_name) from error
            raise StorageUnavailable from error
        except FileNotFoundError:
            raise
        except (MinioException, HTTPError, OSError) as error:
            raise StorageUnavailable from error

    # What follows blocks and runs in the threads.

    def _names(self, key: str) -> dict[str, int]:
        found = self._client.list_objects(self._bucket, prefix=f"{checked_key(key)}/", recursive=True)
        return {str(each.object_name): int(each.size or 0) for each in found}

    def _pieces(self, key: str) -> list[Piece]:
        """Those that follow each other from the start; a leftover of a broken merge is none of them."""
        pieces: list[Piece] = []
        for name, size in sorted(self._names(key).items()):
            start = int(name.rpartition("/")[2])
            if start == (pieces[-1].end if pieces else 0):
                pieces.append(Piece(name, start, size))
        return pieces

    def _put_whole(self, name: str, content: BinaryIO, length: int) -> None:
        self._client.put_object(self._bucket, name, content, length, part_size=PART, num_parallel_uploads=1)

    def _remove(self, name: str) -> None:
        self._client.remove_object(self._bucket, name)

    def _open(self, key: str) -> "_Pieces":
        pieces = self._pieces(key)
        if not pieces:
            raise FileNotFoundError(key)
        return _Pieces(self._client, self._bucket, pieces)

    def _download(self, key: str, into: BinaryIO) -> None:
        stream = self._open(key)
        try:
            while chunk := stream.read(CHUNK):
                into.write(chunk)
            into.flush()
        finally:
            stream.close()

    def _merge(self, key: str, pieces: list[Piece]) -> None:
        stream = _Pieces(self._client, self._bucket, pieces)
        try:
            self._put_whole(_name(key, 0), cast("BinaryIO", stream), pieces[-1].end)
        finally:
            stream.close()
        for piece in reversed(pieces[1:]):
            self._remove(piece.name)


class _Pieces:
    """Pieces as one stream, one open request at a time."""

    def __init__(self, client: Minio, bucket: str, pieces: list[Piece]) -> None:
        self._client, self._bucket, self._left = client, bucket, list(pieces)
        self._open: urllib3.BaseHTTPResponse | None = None

    def read(self, size: int) -> bytes:
        """At most `size` bytes; nothing at the end."""
        while True:
            if self._open is None:
                if not self._left:
                    return b""
                self._open = self._client.get_object(self._bucket, self._left.pop(0).name)
            if chunk := self._open.read(size):
                return bytes(chunk)
            self.close()

    def close(self) -> None:
        """Gives the open request's connection back."""
        if self._open is not None:
            self._open.close()
            self._open.release_conn()
            self._open = None


def _name(key: str, start: int) -> str:
    return f"{checked_key(key)}/{start:012d}"


def _next_names(listed: "Iterator[object]", most: int = 1000) -> list[tuple[str, int]]:
    """The next of a listing, which asks the server as it goes."""
    found: list[tuple[str, int]] = []
    for each in listed:
        found.append((str(each.object_name), int(each.size or 0)))  # type: ignore[attr-defined]
        if len(found) == most:
            break
    return found

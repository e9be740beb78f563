"""The edge of what is remembered: answers public reads out of memory, and listens for what changes."""

import asyncio
import contextlib
import logging
from typing import Any

import asyncpg
from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from palmcheck.kernel.database import plain_url
from palmcheck.public.answering import known
from palmcheck.public.remembered import KEEPS_SECONDS, Kept, Memory

log = logging.getLogger(__name__)
CHANNEL = "public_changed"
REMEMBERED = "remembered"
"""What a route says in its `opt` when its answer depends on the address and the reader's language alone."""
ALIVE_SECONDS = 5
OK = 200


class Remembering:
    """Middleware: a public read that is in memory is answered from there, before anything else is done."""

    def __init__(self, app: ASGIApp, memory: Memory) -> None:
        self._app, self._memory = app, memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers from memory, or lets the route answer and keeps what it says."""
        if scope["type"] == ScopeType.WEBSOCKET or not scope["route_handler"].opt.get(REMEMBERED):
            await self._app(scope, receive, send)
            return
        memory = self._memory
        asked = {name: value for name, value in scope["headers"] if name in _TELLING}
        key = _key(scope, asked)
        kept = memory.find(key)
        if kept is None:
            answer = _Answer(memory.changes)
            whole: Any = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"if-none-match"]}
            await self._app(whole, receive, answer.take)
            kept = answer.kept(memory)
            if kept is None:
                await answer.pass_on(send)
                return
            memory.keep(key, answer.begun_at, kept)
        await _send(scope, asked, kept, send)


_TELLING = frozenset({b"accept-language", b"accept-encoding", b"if-none-match"})


def _key(scope: Scope, asked: dict[bytes, bytes]) -> tuple[str, ...]:
    """What an answer depends on: the address, the language asked for first, and whether it may be packed."""
    language = "en" if asked.get(b"accept-language", b"").lower().startswith(b"en") else "zh"
    packed = "gzip" if b"gzip" in asked.get(b"accept-encoding", b"") else "plain"
    return scope["path"], scope["query_string"].decode("latin-1"), language, packed


async def _send(scope: HTTPScope, asked: dict[bytes, bytes], kept: Kept, send: Send) -> None:
    wanted = asked.get(b"if-none-match")
    if wanted is not None and known(wanted.decode("latin-1"), kept.etag.decode("latin-1")):
        left = [each for each in kept.headers if each[0] not in {b"content-length", b"content-encoding"}]
        await send({"type": "http.response.start", "status": 304, "headers": left})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    await send({"type": "http.response.start", "status": OK, "headers": kept.headers})
    body = b"" if scope["method"] == "HEAD" else kept.body
    await send({"type": "http.response.body", "body": body, "more_body": False})


class _Answer:
    """What a route says, held back until it is whole."""

    def __init__(self, begun_at: int) -> None:
        self.begun_at = begun_at
        self._said: list[Message] = []

    async def take(self, message: Message) -> None:
        self._said.append(message)

    async def pass_on(self, send: Send) -> None:
        for message in self._said:
            await send(message)

    def kept(self, memory: Memory) -> Kept | None:
        """The answer to keep: a whole page with an ETag; a refusal or an empty body (HEAD) is passed on as it is."""
        start, *rest = self._said
        if start["type"] != "http.response.start" or start["status"] != OK:
            return None
        body = b"".join(part["body"] for part in rest if part["type"] == "http.response.body")
        headers = list(start["headers"])
        etag = next((value for name, value in headers if name.lower() == b"etag"), None)
        if etag is None or not body:
            return None
        return Kept(etag, headers, body, memory.monotonic() + KEEPS_SECONDS)


async def listen(memory: Memory, url: str) -> None:
    """Listens on a connection of its own until cancelled; while there is none, nothing is remembered."""
    while True:
        connection = None
        try:
            connection = await asyncpg.connect(plain_url(url), timeout=ALIVE_SECONDS)
            await connection.add_listener(CHANNEL, lambda _c, _p, _ch, notice: memory.hear(str(notice)))
            gone = asyncio.Event()
            connection.add_termination_listener(lambda _, gone=gone: gone.set())
            memory.listen()
            while not gone.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(gone.wait(), ALIVE_SECONDS)
                await connection.execute("select", timeout=ALIVE_SECONDS)
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as lost:
            log.warning("nobody tells what changes in public; answers are not remembered", exc_info=lost)
            await asyncio.sleep(1)
        finally:
            memory.deafen()
            if connection is not None:
                with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await connection.close(timeout=1)

"""A TCP proxy between browser and server that cuts: what `set_offline` and throttling cannot do."""

import asyncio
import contextlib
from dataclasses import dataclass, field

PIECE = 64 * 1024


@dataclass
class CuttingProxy:
    """Passes bytes both ways until told to cut; then nothing goes through, and open connections die at once.

    `lose_answers`: requests reach the server, but no answer comes back.
    """

    target_port: int
    port: int = 0
    lose_answers: bool = False
    _cut: bool = False
    _server: asyncio.Server | None = None
    _writers: set[asyncio.StreamWriter] = field(default_factory=set)

    async def start(self) -> None:
        """Listens on a free loopback port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Closes everything."""
        self.cut()
        if self._server:
            self._server.close()

    def cut(self) -> None:
        """The cable is pulled: open connections are reset, new ones too."""
        self._cut = True
        for writer in list(self._writers):
            writer.transport.abort()

    def mend(self) -> None:
        """The cable is back."""
        self._cut = self.lose_answers = False

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._cut:
            writer.transport.abort()
            return
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.target_port)
        except OSError:
            writer.transport.abort()
            return
        pair = {writer, up_writer}
        self._writers |= pair
        await asyncio.gather(self._pump(reader, up_writer, answers=False), self._pump(up_reader, writer, answers=True))
        for each in pair:
            each.close()
        self._writers -= pair

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while piece := await reader.read(PIECE):
                if answers and self.lose_answers:
                    continue
                writer.write(piece)
                await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            if writer.can_write_eof():
                writer.write_eof()

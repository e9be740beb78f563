"""A tus 1.0 server for photos; any client of that protocol works."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, TypeAlias

from litestar import Controller, Request, Response, delete, head, patch, post, route
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.enums import HttpMethod
from litestar.exceptions import InternalServerException

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, anybody, may
from palmcheck.evidence import receiving, tus_protocol
from palmcheck.evidence.models import Upload
from palmcheck.evidence.problems import UploadGone, UploadInterrupted
from palmcheck.evidence.receiving import Intake
from palmcheck.evidence.upload_locks import UploadLocks
from palmcheck.kernel.problems import Problem
from palmcheck.kernel.web import PathId, handle_any

FieldRequest: TypeAlias = Request[Actor, None, State]
OpenIntake: TypeAlias = NamedDependency[Intake]
SILENCE_SECONDS = 15
"""How long a sender may be silent: a phone that lost its line without a word would else lock itself out."""
HEARD_OUT_BYTES = 1_000_000
"""How much of a refused body is read all the same: a sender that is cut short never sees why."""


def open_intake(request: FieldRequest) -> Intake:
    """What the routes take bytes in with; the locks are one object a process."""
    state = request.app.state
    locks: UploadLocks = state.setdefault("upload_locks", UploadLocks(state.database.engine))
    return Intake(state.database, state.object_store, locks)


def handle(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A refusal as everywhere, with the protocol's headers."""
    response = handle_any(request, error)
    response.headers.update(tus_protocol.ALWAYS | {"Tus-Version": tus_protocol.VERSION})
    return response


class Uploads(Controller):
    """Photos on their way, by tus 1.0: creation (with upload), checksum, expiration, termination."""

    path = "/api/evidence/uploads"
    tags = ("evidence",)
    dependencies = {"intake": Provide(open_intake, sync_to_thread=False)}  # noqa: RUF012 - Litestar's declaration
    exception_handlers = {Exception: handle}  # noqa: RUF012 - Litestar's declaration

    @route(
        ["/", "/{id:uuid}"],
        http_method=[HttpMethod.OPTIONS],
        status_code=204,
        include_in_schema=False,
        guards=[anybody()],
    )
    async def advertise(self) -> Response[None]:
        """What this server speaks.

        Named so that it comes first: Litestar registers a controller's handlers in the order of their names,
        and the first one of a path brings an OPTIONS of Litestar's own that later ones do not replace.
        """
        return Response(None, headers=tus_protocol.CAPABILITIES)

    @post(
        "/",
        operation_id="createUpload",
        request_max_body_size=tus_protocol.MAX_BYTES,
        guards=[may("field.sync", on_device=True)],
    )
    async def create(self, request: FieldRequest, actor: SignedIn, intake: OpenIntake) -> Response[None]:
        """Announce a photo: Upload-Length, and id, part_id, sha256, filetype, filename in Upload-Metadata.

        It may bring the photo or its beginning along, with the Content-Type of a PATCH. A repeat answers the same;
        Upload-Offset says how much of it is in.
        """
        chunks = _chunks(request)
        try:
            tus_protocol.check_version(request.headers)
            new, piece = tus_protocol.new_upload(request.headers), tus_protocol.first_piece(request.headers)
            if piece is None:
                upload, offset = await receiving.announce(intake, actor, new)
            else:
                upload, offset = await receiving.receive_new(intake, actor, new, piece, chunks)
                await _hear_out(chunks)
        except Problem:
            await _hear_out(chunks)
            raise
        return _answer(upload, offset, Location=f"{self.path}/{new.id}")

    @head("/{id:uuid}", operation_id="readUploadOffset", guards=[may("field.sync", on_device=True)])
    async def offset(self, request: FieldRequest, actor: SignedIn, id: PathId, intake: OpenIntake) -> Response[None]:
        """How much of a photo is in, as Upload-Offset; Upload-Length once it is complete and checked."""
        tus_protocol.check_version(request.headers)
        try:
            upload, offset = await receiving.standing(intake, actor, id)
        except receiving.REFUSED as error:  # its bytes are deleted: to a HEAD that is simply gone
            raise UploadGone(field="id") from error
        return _answer(upload, offset, **{"Upload-Length": str(upload.length)})

    @patch(
        "/{id:uuid}",
        operation_id="appendToUpload",
        status_code=204,
        request_max_body_size=tus_protocol.MAX_BYTES,
        guards=[may("field.sync", on_device=True)],
    )
    async def append(self, request: FieldRequest, actor: SignedIn, id: PathId, intake: OpenIntake) -> Response[None]:
        """Continue a photo at Upload-Offset; Upload-Checksum guards the piece, the announced hash the whole."""
        chunks = _chunks(request)
        try:
            tus_protocol.check_version(request.headers)
            piece = tus_protocol.piece(request.headers)
            return _answer(*await receiving.receive(intake, actor, id, piece, chunks))
        except Problem:
            await _hear_out(chunks)
            raise

    @delete("/{id:uuid}", operation_id="terminateUpload", guards=[may("field.sync", on_device=True)])
    async def terminate(self, request: FieldRequest, actor: SignedIn, id: PathId, intake: OpenIntake) -> Response[None]:
        """Give up an incomplete photo; a complete one is evidence and stays (R15)."""
        tus_protocol.check_version(request.headers)
        await receiving.terminate(intake, actor, id)
        return Response(None, headers=tus_protocol.ALWAYS)


def _answer(upload: Upload, offset: int, **headers: str) -> Response[None]:
    """`upload` as it was before the request; it expires unless these bytes made it whole."""
    expires = tus_protocol.expiry(None if offset == upload.length else upload.expires_at)
    return Response(None, headers=tus_protocol.ALWAYS | {"Upload-Offset": str(offset)} | expires | headers)


async def _chunks(request: FieldRequest) -> AsyncIterator[bytes]:
    """The body as it comes. Raises UploadInterrupted when the sender goes away or falls silent."""
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except (InternalServerException, TimeoutError) as error:
            raise UploadInterrupted from error
        yield chunk


async def _hear_out(chunks: AsyncIterator[bytes]) -> None:
    """Reads what a refused sender still has to say, within bounds."""
    heard = 0
    with suppress(UploadInterrupted):
        async for chunk in chunks:
            heard += len(chunk)
            if heard > HEARD_OUT_BYTES:
                return

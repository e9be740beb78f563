"""Routes of the import."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import Annotated, Any, TypeAlias
from urllib.parse import quote

from litestar import Controller, Request, Response, get, post, put
from litestar.datastructures import State
from litestar.exceptions import InternalServerException
from litestar.params import FromQuery, QueryParameter

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, place_of
from palmcheck.kernel.paging import Page
from palmcheck.kernel.unit_of_work import Database
from palmcheck.kernel.web import OpenTx, PathId, language_of
from palmcheck.registry.importing import reads, service, stopping, workbooks
from palmcheck.registry.importing.problems import ImportInterrupted, ImportTooLarge
from palmcheck.registry.importing.types import ImportFaultView, ImportMode, TargetImportView

UploadRequest: TypeAlias = Request[Actor, None, State]
FileName: TypeAlias = Annotated[str, QueryParameter(name="filename", min_length=1, max_length=200)]
SILENCE_SECONDS = 30
_SLACK = 1_000_000


class TargetImports(Controller):
    """Files of targets."""

    path = "/api/registry/imports"
    tags = ("registry",)

    @put(
        "/{id:uuid}",
        operation_id="importTargets",
        guards=[may("target.import")],
        request_max_body_size=service.MOST_BYTES + _SLACK,
    )
    async def receive(
        self,
        request: UploadRequest,
        actor: SignedIn,
        id: PathId,
        file_name: FileName,
        mode: FromQuery[ImportMode] = "merge",
    ) -> TargetImportView:
        """Send a file of targets (XLSX or CSV, the raw bytes as the body); a job reads it, GET tells how far.

        `mode=merge` adds and changes; `mode=replace` besides marks as gone what earlier files named and this one
        does not. A repeat with the same bytes answers what became of it.
        """
        if int(request.headers.get("content-length") or 0) > service.MOST_BYTES:
            raise ImportTooLarge(field="body", megabytes=service.MOST_BYTES // 1_000_000)
        database: Database = request.app.state.database
        with tempfile.TemporaryFile() as file:
            length, file_sha256 = await service.spool(body_of(request), file)
            async with database.unit_of_work() as tx:
                row = await service.receive_import(tx, actor, id, file_name, mode, file, length, file_sha256)
                return reads.view(row, language_of(request))

    @get("", operation_id="listTargetImports", guards=[may("import.read")])
    async def list(
        self,
        tx: OpenTx,
        request: Request[Any, Any, Any],
        actor: SignedIn,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[TargetImportView]:
        """The imports, newest first."""
        where = await place_of(tx.session, actor, "import.read", jurisdiction_id)
        return await reads.target_imports(tx.session, actor, where, cursor, language_of(request))

    @get("/template.xlsx", operation_id="targetImportTemplate", guards=[may("import.read")], media_type=workbooks.XLSX)
    async def template(self, request: Request[Any, Any, Any]) -> Response[bytes]:
        """An empty workbook to fill in."""
        content = await asyncio.to_thread(workbooks.template, language_of(request))
        return _download(content, "检查对象导入模板.xlsx")

    @get("/{id:uuid}", operation_id="readTargetImport", guards=[may("import.read")])
    async def read(self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId) -> TargetImportView:
        """How far an import is, and what it did."""
        return reads.view(await reads.target_import(tx.session, actor, id), language_of(request))

    @get("/{id:uuid}/faults", operation_id="listTargetImportFaults", guards=[may("import.read")])
    async def faults(
        self,
        tx: OpenTx,
        request: Request[Any, Any, Any],
        actor: SignedIn,
        id: PathId,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ImportFaultView]:
        """The bad rows, by line."""
        return await reads.fault_page(tx.session, actor, id, cursor, language_of(request))

    @get(
        "/{id:uuid}/faults.xlsx",
        operation_id="downloadTargetImportFaults",
        guards=[may("import.read")],
        media_type=workbooks.XLSX,
    )
    async def report(self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId) -> Response[bytes]:
        """The bad rows as a workbook."""
        language = language_of(request)
        found = [reads.fault_view(each, language) for each in await reads.faults(tx.session, actor, id)]
        content = await asyncio.to_thread(workbooks.fault_report, found, language)
        return _download(content, "导入问题行.xlsx")

    @get(
        "/{id:uuid}/faults.csv",
        operation_id="downloadTargetImportFaultsAsCsv",
        guards=[may("import.read")],
        media_type=workbooks.CSV,
    )
    async def report_as_csv(
        self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId
    ) -> Response[bytes]:
        """The bad rows as CSV."""
        language = language_of(request)
        found = [reads.fault_view(each, language) for each in await reads.faults(tx.session, actor, id)]
        return _download(workbooks.fault_csv(found, language), "导入问题行.csv", workbooks.CSV)

    @post("/{id:uuid}/cancel", operation_id="cancelTargetImport", status_code=200, guards=[may("target.import")])
    async def cancel(
        self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId
    ) -> TargetImportView:
        """Ask an import to stop; nothing of it stays in the registry. One that has ended is refused."""
        return reads.view(await stopping.cancel_import(tx, actor, id), language_of(request))

    @post("/{id:uuid}/retry", operation_id="retryTargetImport", status_code=200, guards=[may("target.import")])
    async def retry(self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId) -> TargetImportView:
        """Start an import again that the system failed to finish; its file is still here."""
        return reads.view(await stopping.retry_import(tx, actor, id), language_of(request))


def _download(content: bytes, name: str, media_type: str = workbooks.XLSX) -> Response[bytes]:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


async def body_of(request: UploadRequest) -> AsyncIterator[bytes]:
    """The body as it comes. Raises ImportInterrupted when the sender goes away or falls silent."""
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(SILENCE_SECONDS):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        except (InternalServerException, TimeoutError) as error:
            raise ImportInterrupted(field="body") from error
        yield chunk

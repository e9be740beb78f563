"""Routes of the imports of inspectors."""

import asyncio
from hashlib import sha256
from typing import Any

from litestar import Controller, Request, Response, get, post, put
from litestar.params import FromQuery

from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.scope import AskedPlace, place_of
from palmcheck.kernel.paging import Page
from palmcheck.kernel.unit_of_work import Database
from palmcheck.kernel.web import OpenTx, PathId, language_of
from palmcheck.registry.importing.api import FileName, UploadRequest, body_of
from palmcheck.registry.importing.problems import ImportEmpty, ImportTooLarge
from palmcheck.registry.importing.types import ImportFaultView, InspectorImportView
from palmcheck.registry.importing.workbooks import CSV, fault_csv, fault_report
from palmcheck.registry.people import import_reads, import_stopping, importing
from palmcheck.registry.people.downloads import download
from palmcheck.registry.people.workbooks import XLSX

_SLACK = 100_000


class InspectorImports(Controller):
    """Files of inspectors."""

    path = "/api/registry/inspectors/imports"
    tags = ("registry",)

    @put(
        "/{id:uuid}",
        operation_id="importInspectors",
        guards=[may("inspector.edit")],
        request_max_body_size=importing.MOST_BYTES + _SLACK,
    )
    async def receive(
        self, request: UploadRequest, actor: SignedIn, id: PathId, file_name: FileName
    ) -> InspectorImportView:
        """Send a workbook of inspectors (XLSX, the raw bytes as the body); a job reads it, GET tells how far.

        A certificate number that is known changes that person; the same file again changes nothing. A repeat with
        the same bytes answers what became of it.
        """
        database: Database = request.app.state.database
        content = bytearray()
        async for chunk in body_of(request):
            content += chunk
            if len(content) > importing.MOST_BYTES:
                raise ImportTooLarge(field="body", megabytes=importing.MOST_BYTES // 1_000_000)
        if not content:
            raise ImportEmpty(field="body")
        async with database.unit_of_work() as tx:
            seen = sha256(content).hexdigest()
            row = await importing.receive_import(tx, actor, id, file_name, bytes(content), seen)
            return import_reads.view(row, language_of(request))

    @get("", operation_id="listInspectorImports", guards=[may("import.read")])
    async def list(
        self,
        tx: OpenTx,
        request: Request[Any, Any, Any],
        actor: SignedIn,
        jurisdiction_id: AskedPlace = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[InspectorImportView]:
        """The imports, newest first."""
        where = await place_of(tx.session, actor, "import.read", jurisdiction_id)
        return await import_reads.inspector_imports(tx.session, actor, where, cursor, language_of(request))

    @get("/{id:uuid}", operation_id="readInspectorImport", guards=[may("import.read")])
    async def read(
        self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId
    ) -> InspectorImportView:
        """How far an import is, and what it did."""
        return import_reads.view(await import_reads.inspector_import(tx.session, actor, id), language_of(request))

    @get("/{id:uuid}/faults", operation_id="listInspectorImportFaults", guards=[may("import.read")])
    async def faults(
        self,
        tx: OpenTx,
        request: Request[Any, Any, Any],
        actor: SignedIn,
        id: PathId,
        cursor: FromQuery[str | None] = None,
    ) -> Page[ImportFaultView]:
        """The bad rows, by line."""
        return await import_reads.fault_page(tx.session, actor, id, cursor, language_of(request))

    @get(
        "/{id:uuid}/faults.xlsx",
        operation_id="downloadInspectorImportFaults",
        guards=[may("import.read")],
        media_type=XLSX,
    )
    async def report(self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId) -> Response[bytes]:
        """The bad rows as a workbook."""
        language = language_of(request)
        found = await import_reads.faults(tx.session, actor, id, language)
        return download(await asyncio.to_thread(fault_report, found, language), "导入问题行.xlsx")

    @get(
        "/{id:uuid}/faults.csv",
        operation_id="downloadInspectorImportFaultsAsCsv",
        guards=[may("import.read")],
        media_type=CSV,
    )
    async def report_as_csv(
        self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId
    ) -> Response[bytes]:
        """The bad rows as CSV."""
        language = language_of(request)
        found = await import_reads.faults(tx.session, actor, id, language)
        return download(fault_csv(found, language), "导入问题行.csv", CSV)

    @post("/{id:uuid}/cancel", operation_id="cancelInspectorImport", status_code=200, guards=[may("inspector.edit")])
    async def cancel(
        self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId
    ) -> InspectorImportView:
        """Ask an import to stop; nothing of it stays in the registry. One that has ended is refused."""
        return import_reads.view(await import_stopping.cancel_import(tx, actor, id), language_of(request))

    @post("/{id:uuid}/retry", operation_id="retryInspectorImport", status_code=200, guards=[may("inspector.edit")])
    async def retry(
        self, tx: OpenTx, request: Request[Any, Any, Any], actor: SignedIn, id: PathId
    ) -> InspectorImportView:
        """Start an import again that the system failed to finish; its file is still here."""
        return import_reads.view(await import_stopping.retry_import(tx, actor, id), language_of(request))

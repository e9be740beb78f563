"""Routes of the administration: accounts, imports of them, machine clients, phones."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, post, put
from litestar.datastructures import State
from litestar.params import FromQuery, HeaderParameter, JSONBody, QueryParameter

from palmcheck.accounts import account_history, administration, importing, machine_clients, session_control
from palmcheck.accounts.account_rows import list_accounts, list_devices, visible_account
from palmcheck.accounts.account_sheets import accounts_sheet, bad_rows_sheet, devices_sheet, template
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration_types import (
    AccountHistoryEntry,
    AccountImportReport,
    AccountStatus,
    AccountView,
    ChangeAccount,
    DeviceState,
    DeviceView,
    EndAccount,
    GiveReason,
    IssuedToken,
    IssueToken,
    Linked,
    NewEnrolmentCode,
    NewPassword,
    OpenAccount,
    OpenedAccount,
    SessionView,
    TokenView,
)
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.receiving import received_file
from palmcheck.accounts.types import Role
from palmcheck.jurisdictions.versions import etag
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_EXPORTED = 20_000
Asking = Request[Actor, Any, State]
IfMatch = Annotated[str | None, HeaderParameter(name="If-Match")]


def sheet(content: bytes, name: str) -> Response[bytes]:
    """A spreadsheet to download."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.xlsx"', "Cache-Control": "no-store"}
    return Response(content, media_type=XLSX, headers=headers)


def _given(**wanted: object) -> dict[str, str]:
    return {key: str(value) for key, value in wanted.items() if value}


class AccountAdministration(Controller):
    """Accounts: seen by those who administer or audit them, changed by those who administer."""

    path = "/api/accounts/users"
    tags = ("accounts",)

    @get("/", operation_id="listAccounts", guards=[may("account.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: FromQuery[str | None] = None,
        role: FromQuery[Role | None] = None,
        status: FromQuery[AccountStatus | None] = None,
        department_id: FromQuery[UUID | None] = None,
        inspector_id: FromQuery[UUID | None] = None,
        linked: FromQuery[Linked | None] = None,
        sort: FromQuery[str | None] = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[AccountView]:
        """Accounts by the reading of their names; `q` finds by name, reading or username.

        `linked` asks for inspectors' accounts that stand for somebody of the registry, or do not yet.
        """
        wanted = _given(
            q=q, role=role, status=status, department_id=department_id, inspector_id=inspector_id, linked=linked
        )
        return await list_accounts(tx.session, actor, wanted, sort, cursor)

    @get("/export.xlsx", operation_id="exportAccounts", guards=[may("account.read")], media_type=XLSX)
    async def export(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: FromQuery[str | None] = None,
        role: FromQuery[Role | None] = None,
        status: FromQuery[AccountStatus | None] = None,
        department_id: FromQuery[UUID | None] = None,
        linked: FromQuery[Linked | None] = None,
        sort: FromQuery[str | None] = None,
    ) -> Response[bytes]:
        """The same list as a spreadsheet, at most 20,000 rows."""
        wanted = _given(q=q, role=role, status=status, department_id=department_id, linked=linked)
        page = await list_accounts(tx.session, actor, wanted, sort, None, MOST_EXPORTED)
        return sheet(accounts_sheet(page.items), "accounts")

    @get("/template.xlsx", operation_id="accountTemplate", guards=[may("account.administer")], media_type=XLSX)
    async def template(self) -> Response[bytes]:
        """The spreadsheet to fill in for an import."""
        return sheet(template(), "accounts-template")

    @get("/{id:uuid}", operation_id="readAccount", guards=[may("account.read")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Response[AccountView]:
        """One account; its ETag is what a change names in If-Match."""
        view = await administration.read_account(tx, actor, id)
        return Response(view, headers={"ETag": etag(view.version)})

    @put("/{id:uuid}", operation_id="openAccount", guards=[may("account.administer")])
    async def open(
        self, tx: OpenTx, actor: SignedIn, state: State, id: PathId, data: JSONBody[OpenAccount]
    ) -> OpenedAccount:
        """Open an account under an id of the caller; the one-time password is shown once."""
        return await administration.open_account(tx, actor, id, data, state.inspectors)

    @put("/{id:uuid}/rights", operation_id="changeAccount", guards=[may("account.administer")])
    async def change(
        self,
        tx: OpenTx,
        actor: SignedIn,
        state: State,
        id: PathId,
        data: JSONBody[ChangeAccount],
        if_match: IfMatch = None,
    ) -> Response[AccountView]:
        """Other roles, another department, name or inspector; If-Match names the version that was edited."""
        view = await administration.change_account(tx, actor, id, data, if_match, state.inspectors)
        return Response(view, headers={"ETag": etag(view.version)})

    @post("/{id:uuid}/departure", operation_id="endAccount", guards=[may("account.administer")], status_code=200)
    async def end(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[EndAccount]) -> AccountView:
        """Transfer or retirement: sessions, phones and codes end at once."""
        return await administration.end_account(tx, actor, id, data)

    @post("/{id:uuid}/return", operation_id="returnAccount", guards=[may("account.administer")], status_code=200)
    async def come_back(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[GiveReason]) -> OpenedAccount:
        """An ended account is in use again, with a one-time password."""
        return await administration.return_account(tx, actor, id, data.reason)

    @post("/{id:uuid}/password-reset", operation_id="resetPassword", guards=[may("account.administer")])
    async def reset(self, tx: OpenTx, actor: SignedIn, id: PathId) -> NewPassword:
        """A one-time password, shown once; it is changed at the next sign-in."""
        return await administration.reset_password(tx, actor, id)

    @post("/{id:uuid}/enrolment-code", operation_id="issueEnrolmentCode", guards=[may("account.administer")])
    async def enrolment_code(self, tx: OpenTx, actor: SignedIn, request: Asking, id: PathId) -> NewEnrolmentCode:
        """A code for one phone, as text and QR; those given out before count no more."""
        origin = f"{request.url.scheme}://{request.headers.get('host', '')}"
        return await administration.new_enrolment_code(tx, actor, id, origin)

    @get("/{id:uuid}/sessions", operation_id="listAccountSessions", guards=[may("account.administer")])
    async def sessions(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Page[SessionView]:
        """The open sessions of an account."""
        account = await session_control.administered_account(tx.session, actor, id)
        return Page(await session_control.open_sessions(tx, actor, account), None)

    @delete("/{id:uuid}/sessions", operation_id="revokeAccountSessions", guards=[may("account.administer")])
    async def revoke_all(self, tx: OpenTx, actor: SignedIn, id: PathId) -> None:
        """End all sessions of an account."""
        account = await session_control.administered_account(tx.session, actor, id)
        await session_control.revoke_sessions(tx, actor, account)

    @delete(
        "/{id:uuid}/sessions/{session_id:uuid}",
        operation_id="revokeAccountSession",
        guards=[may("account.administer")],
    )
    async def revoke(self, tx: OpenTx, actor: SignedIn, id: PathId, session_id: PathId) -> None:
        """End one session of an account."""
        account = await session_control.administered_account(tx.session, actor, id)
        await session_control.revoke_session(tx, actor, account, session_id)

    @get("/{id:uuid}/history", operation_id="readAccountHistory", guards=[may("account.read")])
    async def history(
        self, tx: OpenTx, actor: SignedIn, state: State, id: PathId, cursor: FromQuery[str | None] = None
    ) -> Page[AccountHistoryEntry]:
        """What happened to an account, by whom, with what stood there before and after; the newest first."""
        account = await visible_account(tx.session, actor, id)
        return await account_history.account_history(tx.session, account, state.inspectors, cursor)


class AccountImports(Controller):
    """Accounts by spreadsheet."""

    path = "/api/accounts/imports"
    tags = ("accounts",)

    @put("/{id:uuid}", operation_id="importAccounts", guards=[may("account.administer")])
    async def take(
        self,
        tx: OpenTx,
        actor: SignedIn,
        request: Asking,
        id: PathId,
        filename: Annotated[str, QueryParameter(name="filename", min_length=1, max_length=200)],
        mode: FromQuery[importing.Mode] = "all",
    ) -> AccountImportReport:
        """Open the accounts of an XLSX file, sent as the raw body: all or none, or the good rows."""
        async with received_file(request) as (path, sha256):
            file = importing.SentFile(id, filename, mode, path, sha256)
            return await importing.import_accounts(tx, actor, file, request.app.state.inspectors)

    @get("/{id:uuid}", operation_id="readAccountImport", guards=[may("account.administer")])
    async def read(self, tx: OpenTx, actor: SignedIn, id: PathId) -> AccountImportReport:
        """The report of a file that the caller sent, without passwords."""
        return await importing.read_import(tx, actor, id)

    @get(
        "/{id:uuid}/bad-rows.xlsx",
        operation_id="exportBadAccountRows",
        guards=[may("account.administer")],
        media_type=XLSX,
    )
    async def bad_rows(self, tx: OpenTx, actor: SignedIn, id: PathId) -> Response[bytes]:
        """The rows that were not taken: line, column, content, reason."""
        report = await importing.read_import(tx, actor, id)
        return sheet(bad_rows_sheet(report.bad_rows), "bad-rows")


class Devices(Controller):
    """Phones: one active an account; one that was replaced drains (R17)."""

    path = "/api/accounts/enrolled-devices"
    tags = ("accounts",)

    @get("/", operation_id="listDevices", guards=[may("device.read")])
    async def list(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: FromQuery[str | None] = None,
        device_state: Annotated[DeviceState | None, QueryParameter(name="state")] = None,
        account_id: FromQuery[UUID | None] = None,
        cursor: FromQuery[str | None] = None,
    ) -> Page[DeviceView]:
        """Phones with their owners, the newest first."""
        wanted = _given(q=q, state=device_state, account_id=account_id)
        return await list_devices(tx.session, actor, wanted, cursor)

    @get("/export.xlsx", operation_id="exportDevices", guards=[may("device.read")], media_type=XLSX)
    async def export(
        self,
        tx: OpenTx,
        actor: SignedIn,
        q: FromQuery[str | None] = None,
        device_state: Annotated[DeviceState | None, QueryParameter(name="state")] = None,
    ) -> Response[bytes]:
        """The same list as a spreadsheet, at most 20,000 rows."""
        page = await list_devices(tx.session, actor, _given(q=q, state=device_state), None, MOST_EXPORTED)
        return sheet(devices_sheet(page.items), "devices")

    @post("/{id:uuid}/revocation", operation_id="revokeDevice", guards=[may("device.administer")], status_code=204)
    async def revoke(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[GiveReason]) -> None:
        """Stop a lost or stolen phone at once; a repeat does nothing."""
        await session_control.revoke_device(tx, actor, id, data.reason)


class MachineClients(Controller):
    """Tokens of other platforms."""

    path = "/api/accounts/tokens"
    tags = ("accounts",)

    @get("/", operation_id="listTokens", guards=[may("token.administer")])
    async def list(self, tx: OpenTx, actor: SignedIn) -> Page[TokenView]:
        """The jurisdiction's tokens, without their secrets."""
        return Page(await machine_clients.list_tokens(tx, actor), None)

    @put("/{id:uuid}", operation_id="issueToken", guards=[may("token.administer")])
    async def issue(self, tx: OpenTx, actor: SignedIn, id: PathId, data: JSONBody[IssueToken]) -> IssuedToken:
        """Issue a token under an id of the caller; its secret is shown once."""
        return await machine_clients.issue_token(tx, actor, id, data)

    @delete("/{id:uuid}", operation_id="revokeToken", guards=[may("token.administer")])
    async def revoke(self, tx: OpenTx, actor: SignedIn, id: PathId) -> None:
        """End a token at once; a repeat does nothing."""
        await machine_clients.revoke_token(tx, actor, id)

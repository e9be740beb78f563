"""Routes of the own account: its password and its sessions."""

from typing import Any

from litestar import Controller, Request, delete, get, post
from litestar.datastructures import State
from litestar.params import JSONBody

from palmcheck.accounts import session_control
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration_types import ChangePassword, SessionView
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.throttling import forgive, take_try
from palmcheck.kernel.paging import Page
from palmcheck.kernel.web import OpenTx, PathId


class OwnAccount(Controller):
    """What everybody does with his own account."""

    path = "/api/accounts/me"
    tags = ("accounts",)

    @post("/password", operation_id="changePassword", guards=[may("self.manage")], status_code=204)
    async def change_password(
        self,
        tx: OpenTx,
        actor: SignedIn,
        request: Request[Actor, Any, State],
        state: State,
        data: JSONBody[ChangePassword],
    ) -> None:
        """Choose a new password; every other session ends. Wrong guesses wait as at sign-in."""
        address = request.client.host if request.client else ""
        await take_try(state.database.engine, actor.username, address, tx.now)
        await session_control.change_password(tx, actor, data)
        await forgive(tx.session, actor.username, address, tx.now)

    @get("/sessions", operation_id="listOwnSessions", guards=[may("self.manage")])
    async def sessions(self, tx: OpenTx, actor: SignedIn) -> Page[SessionView]:
        """Where the account is signed in."""
        account = await session_control.own_account(tx.session, actor)
        return Page(await session_control.open_sessions(tx, actor, account), None)

    @delete("/sessions", operation_id="revokeOwnSessions", guards=[may("self.manage")])
    async def revoke_all(self, tx: OpenTx, actor: SignedIn) -> None:
        """End every session but this one."""
        account = await session_control.own_account(tx.session, actor)
        await session_control.revoke_sessions(tx, actor, account)

    @delete("/sessions/{session_id:uuid}", operation_id="revokeOwnSession", guards=[may("self.manage")])
    async def revoke(self, tx: OpenTx, actor: SignedIn, session_id: PathId) -> None:
        """End one of the own sessions."""
        account = await session_control.own_account(tx.session, actor)
        await session_control.revoke_session(tx, actor, account, session_id)

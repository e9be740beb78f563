"""Routes of the slice."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.params import FromQuery, JSONBody

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.accounts.throttling import forgive, take_try
from palmcheck.field import pulling, pushing, vault_openings
from palmcheck.field.types import Changes, OpenedVault, OpenUnsentFile, OpenVault, PushOperations, PushVerdicts
from palmcheck.kernel.sealing import SealingKey, SealingKeyView
from palmcheck.kernel.web import OpenTx, language_of

MOST_BYTES = 1_000_000


class Field(Controller):
    """The phone's door."""

    path = "/api/field"
    tags = ("field",)

    @get("/changes", operation_id="pullChanges", guards=[may("field.sync", on_device=True)])
    async def pull(self, tx: OpenTx, actor: SignedIn, state: State, cursor: FromQuery[str | None] = None) -> Changes:
        """What this inspector's phone has to hear of since its cursor, with a fresh nonce."""
        keys = pulling.FieldKeys(state.nonce_key, state.show_key)
        return await pulling.pull_changes(tx.session, actor, cursor, keys)

    @get("/sealing-key", operation_id="readSealingKey", guards=[may("field.sync", on_device=True)])
    async def sealing_key(self, state: State) -> SealingKeyView:
        """The server's public key that the phone seals to what only the server shall open."""
        key: SealingKey = state.sealing_key
        return key.view

    @post(
        "/vault-openings",
        operation_id="openVault",
        status_code=200,
        guards=[may("field.sync", on_device=True)],
    )
    async def open_vault(
        self, tx: OpenTx, actor: SignedIn, request: Request[Actor, Any, State], state: State, data: JSONBody[OpenVault]
    ) -> OpenedVault:
        """The key of this phone's drafts for its owner who forgot the PIN. Wrong passwords wait as at sign-in."""
        address = request.client.host if request.client else ""
        await take_try(state.database.engine, actor.username, address, tx.now)
        opened = await vault_openings.open_vault(tx, actor, data, state.sealing_key)
        await forgive(tx.session, actor.username, address, tx.now)
        return opened

    @post(
        "/unsent-openings",
        operation_id="openUnsentFile",
        status_code=200,
        guards=[may("field.sync", on_device=True)],
    )
    async def open_unsent(
        self, tx: OpenTx, actor: SignedIn, state: State, data: JSONBody[OpenUnsentFile]
    ) -> OpenedVault:
        """The key of a file of unsent work that a phone of this account wrote: another one takes it in."""
        return await vault_openings.open_unsent_file(tx, actor, data, state.sealing_key)

    @post(
        "/operations",
        operation_id="pushOperations",
        status_code=200,
        request_max_body_size=MOST_BYTES,
        guards=[may("field.sync", on_device=True)],
    )
    async def push(
        self, request: Request[Actor, Any, State], actor: SignedIn, state: State, data: JSONBody[PushOperations]
    ) -> PushVerdicts:
        """Signed operations, at most 50 and 1 MB, with a verdict each; a repeat answers `already_accepted`."""
        return await pushing.push_operations(state.database, actor, data, state.nonce_key, language_of(request))

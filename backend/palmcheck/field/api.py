"""Routes of the slice."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.datastructures import State
from litestar.params import FromQuery, JSONBody

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, may
from palmcheck.field import pulling, pushing
from palmcheck.field.types import Changes, PushOperations, PushVerdicts
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

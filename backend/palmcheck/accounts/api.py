"""Routes of the slice."""

from litestar import Controller, Request, Response, delete, get, post
from litestar.datastructures import Cookie, State
from litestar.params import JSONBody

from palmcheck.accounts import resumption, service
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import SignedIn, anybody, may
from palmcheck.accounts.sessions import COOKIE
from palmcheck.accounts.throttling import take_try
from palmcheck.accounts.types import (
    AskChallenge,
    Challenge,
    EnrolDevice,
    EnrolledDevice,
    Me,
    ResumeSession,
    SignIn,
)
from palmcheck.kernel.clock import now
from palmcheck.kernel.stamps import make_stamp
from palmcheck.kernel.web import OpenTx

ONE_MONTH = int(service.SESSION_LASTS.total_seconds())


class Accounts(Controller):
    """Enrolment, sign-in and the account at hand."""

    path = "/api/accounts"
    tags = ("accounts",)

    @post("/devices", operation_id="enrolDevice", guards=[anybody()])
    async def enrol(self, tx: OpenTx, data: JSONBody[EnrolDevice]) -> EnrolledDevice:
        """Make this phone the account's device by a one-time code (R17); a repeat answers the same."""
        return await service.enrol_device(tx, data)

    @post("/sessions", operation_id="signIn", guards=[anybody()])
    async def sign_in(
        self, tx: OpenTx, request: Request[Actor, None, State], state: State, data: JSONBody[SignIn]
    ) -> Response[Me]:
        """Sign in; the session is a cookie that scripts cannot read. After wrong passwords the next try waits."""
        address = request.client.host if request.client else ""
        await take_try(state.database.engine, data.username, address, tx.now)
        actor, token = await service.sign_in(tx, data, address, request.headers.get("user-agent"))
        return Response(await service.me(tx.session, actor), cookies=[_cookie(request, token)])

    @post("/sessions/challenges", operation_id="challengeSession", guards=[anybody()])
    async def challenge(self, state: State, data: JSONBody[AskChallenge]) -> Challenge:
        """Ask for what to sign, so that a phone that lost its cookie takes its session up again."""
        return Challenge(make_stamp(state.challenge_key, data.device_id, now()))

    @post("/sessions/resumptions", operation_id="resumeSession", guards=[anybody()])
    async def resume(
        self, tx: OpenTx, request: Request[Actor, None, State], state: State, data: JSONBody[ResumeSession]
    ) -> Response[Me]:
        """Take up the session that this phone has on the server, by its key; the cookie is a new one."""
        actor, token = await resumption.resume_session(tx, data, state.challenge_key)
        return Response(await service.me(tx.session, actor), cookies=[_cookie(request, token)])

    @get("/me", operation_id="readMe", guards=[may("self.read")])
    async def me(self, tx: OpenTx, actor: SignedIn) -> Me:
        """The signed-in account and what it may do."""
        return await service.me(tx.session, actor)

    @delete("/sessions/current", operation_id="signOut", guards=[may("self.read")])
    async def sign_out(self, tx: OpenTx, actor: SignedIn) -> None:
        """End this session."""
        await service.sign_out(tx, actor)


def _cookie(request: Request[Actor, None, State], token: str) -> Cookie:
    return Cookie(
        key=COOKIE,
        value=token,
        max_age=ONE_MONTH,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )

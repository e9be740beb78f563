"""Sessions at the edge: who is behind a cookie, and whether a write comes from a page of ours."""

from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.machine_clients import machine_behind
from palmcheck.accounts.models import Account, Device, Session
from palmcheck.accounts.problems import ForeignOrigin
from palmcheck.kernel.canonical import sha256_hex
from palmcheck.kernel.clock import now

COOKIE = "palmcheck_session"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_behind_token = (
    select(
        Account.id,
        Account.jurisdiction_id,
        Account.department_id,
        Account.inspector_id,
        Session.device_id,
        Session.id.label("session_id"),
        Account.username,
        Account.display_name,
        Account.roles,
        Device.state.label("device_state"),
        Account.must_change_password,
    )
    .join(Account, (Account.jurisdiction_id == Session.jurisdiction_id) & (Account.id == Session.account_id))
    .outerjoin(Device, (Device.jurisdiction_id == Session.jurisdiction_id) & (Device.id == Session.device_id))
    .where(
        Session.token_sha256 == bindparam("token_sha256"),
        Session.ended_at.is_(None),
        Session.expires_at > bindparam("at"),
        Account.status == "active",
        Session.device_id.is_(None)
        | (Device.state == "active")
        | ((Device.state == "draining") & (Device.drains_until > bindparam("at"))),
    )
)


async def actor_behind(engine: AsyncEngine, token: str) -> Actor | None:
    """The actor of a session token; None if it is unknown, ended or over, or its account or device is."""
    asked = {"token_sha256": sha256_hex(token.encode()), "at": now()}
    async with engine.connect() as connection:  # one statement: a transaction around it would be two trips more
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        row = (await connection.execute(_behind_token, asked)).first()
    if row is None:
        return None
    return Actor(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], tuple(row[8]), row[9], row[10])


class SessionMiddleware(AbstractAuthenticationMiddleware):
    """Puts the actor into the request, or none; guards decide what follows from it."""

    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        """Reads the cookie, or a machine client's token.

        Raises ForeignOrigin for a write of another site's page, sign-in included.
        """
        if connection.scope.get("method") not in SAFE_METHODS:
            refuse_foreign(connection)
        engine: AsyncEngine = connection.app.state.database.engine
        scheme, _, secret = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return AuthenticationResult(user=await machine_behind(engine, secret.strip(), now()), auth=None)
        token = connection.cookies.get(COOKIE)
        if token is None:
            return AuthenticationResult(user=None, auth=None)
        return AuthenticationResult(user=await actor_behind(engine, token), auth=None)


def refuse_foreign(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """CSRF: a browser says where a write comes from; a client that says nothing is none. Raises ForeignOrigin."""
    site = connection.headers.get("sec-fetch-site")
    if site is not None:
        if site not in {"same-origin", "none"}:
            raise ForeignOrigin
        return
    origin = connection.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != connection.headers.get("host"):
        raise ForeignOrigin

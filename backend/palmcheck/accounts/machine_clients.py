"""Machine clients: other platforms that act by a token with scopes. Only the token's hash is kept."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration_types import IssuedToken, IssueToken, TokenView
from palmcheck.accounts.events import TokenIssued, TokenRevoked
from palmcheck.accounts.models import ApiToken
from palmcheck.accounts.permissions import MACHINE_SCOPES
from palmcheck.accounts.problems import ScopeNotForMachines, TokenLifeInvalid
from palmcheck.kernel.canonical import digest, sha256_hex
from palmcheck.kernel.clock import SHANGHAI, law_date
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx

PREFIX = "pct_"
LONGEST_LIFE = timedelta(days=731)
SEEN_EVERY = timedelta(minutes=1)


async def issue_token(tx: Tx, by: Actor, id: UUID, data: IssueToken) -> IssuedToken:
    """Issues a token and shows its secret this once. Raises ScopeNotForMachines, TokenLifeInvalid, IdReuse."""
    sent = digest(msgspec.to_builtins(data))
    await tx.lock("api_token", id)
    known = await tx.session.get(ApiToken, (by.jurisdiction_id, id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="id")
        return IssuedToken(_view(known), None)
    for scope in data.scopes:
        if scope not in MACHINE_SCOPES:
            raise ScopeNotForMachines(field="scopes", scope=scope)
    today = law_date(tx.now)
    if not today < data.expires_on <= today + LONGEST_LIFE:
        raise TokenLifeInvalid(field="expires_on")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        jurisdiction_id=by.jurisdiction_id,
        id=id,
        name=data.name,
        scopes=sorted(set(data.scopes)),
        token_sha256=sha256_hex(secret.encode()),
        issued_at=tx.now,
        issued_by=by.account_id,
        expires_at=datetime.combine(data.expires_on + timedelta(days=1), datetime.min.time(), SHANGHAI).astimezone(UTC),
        request_sha256=sent,
    )
    tx.session.add(token)
    await tx.session.flush()
    tx.record(by, TokenIssued(jurisdiction_id=by.jurisdiction_id, issued_token_id=id, scopes=token.scopes))
    return IssuedToken(_view(token), secret)


async def list_tokens(tx: Tx, by: Actor) -> list[TokenView]:
    """The jurisdiction's tokens, the newest first."""
    wanted = select(ApiToken).where(ApiToken.jurisdiction_id == by.jurisdiction_id).order_by(ApiToken.id.desc())
    return [_view(row) for row in await tx.session.scalars(wanted)]


async def revoke_token(tx: Tx, by: Actor, id: UUID) -> None:
    """Ends a token at once; a repeat does nothing. Raises NotFound."""
    token = await tx.session.get(ApiToken, (by.jurisdiction_id, id))
    if token is None:
        raise NotFound(field="id")
    if token.revoked_at is None:
        token.revoked_at = tx.now
        tx.record(by, TokenRevoked(jurisdiction_id=by.jurisdiction_id, revoked_token_id=id))


async def machine_behind(engine: AsyncEngine, secret: str, at: datetime) -> Actor | None:
    """The machine client of a token; None if it is unknown, revoked or over. Its last use is kept to the minute."""
    wanted = select(ApiToken.id, ApiToken.jurisdiction_id, ApiToken.name, ApiToken.scopes, ApiToken.last_used_at).where(
        ApiToken.token_sha256 == sha256_hex(secret.encode()),
        ApiToken.revoked_at.is_(None),
        ApiToken.expires_at > at,
    )
    async with engine.begin() as connection:
        row = (await connection.execute(wanted)).first()
        if row is None:
            return None
        if row.last_used_at is None or at - row.last_used_at >= SEEN_EVERY:
            await connection.execute(update(ApiToken).where(ApiToken.id == row.id).values(last_used_at=at))
    return Actor(
        account_id=row.id,
        jurisdiction_id=row.jurisdiction_id,
        department_id=None,
        inspector_id=None,
        device_id=None,
        session_id=row.id,
        username=f"token:{row.id}",
        display_name=row.name,
        roles=("machine_client",),
        scopes=tuple(row.scopes),
    )


def _view(row: ApiToken) -> TokenView:
    return TokenView(
        row.id, row.name, list(row.scopes), row.issued_at, row.expires_at, row.last_used_at, row.revoked_at
    )

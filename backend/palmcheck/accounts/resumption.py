"""Taking up a session by the phone's key.

Browsers write cookies to disk late: one that is killed soon after sign-in loses them, and the queue would wait
for a password although nobody signed out. The key is as good a proof, and the token is a new one each time.
"""

import secrets
from datetime import timedelta

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.events import SessionResumed
from palmcheck.accounts.models import Account, Device, Session
from palmcheck.accounts.problems import SessionOver
from palmcheck.accounts.service import actor_of, may_send
from palmcheck.accounts.types import ResumeSession
from palmcheck.kernel.canonical import canonical_bytes, sha256_hex
from palmcheck.kernel.signatures import is_signed
from palmcheck.kernel.stamps import stamped_at
from palmcheck.kernel.unit_of_work import Tx

PURPOSE = "palmcheck/session-resumption/v1"
CHALLENGE_LASTS = timedelta(minutes=2)


async def resume_session(tx: Tx, data: ResumeSession, challenge_key: bytes) -> tuple[Actor, str]:
    """Gives the device's newest open session a new token. Raises SessionOver."""
    device = await tx.session.scalar(select(Device).where(Device.id == data.device_id))
    given = stamped_at(challenge_key, data.device_id, data.challenge)
    if device is None or not may_send(device, tx.now) or given is None or tx.now - given > CHALLENGE_LASTS:
        raise SessionOver
    signed = {"purpose": PURPOSE, "device_id": str(data.device_id), "challenge": data.challenge}
    if not is_signed(device.public_key, data.signature, canonical_bytes(signed)):
        raise SessionOver
    session = await _open_session(tx, device)
    account = await tx.session.get_one(Account, (device.jurisdiction_id, device.account_id))
    if account.status != "active":
        raise SessionOver
    token = secrets.token_urlsafe(32)
    session.token_sha256 = sha256_hex(token.encode())
    resumed = SessionResumed(jurisdiction_id=device.jurisdiction_id, account_id=account.id, device_id=device.id)
    actor = actor_of(account, session, device)
    tx.record(actor, resumed)
    return actor, token


async def _open_session(tx: Tx, device: Device) -> Session:
    newest = (
        select(Session)
        .where(
            Session.jurisdiction_id == device.jurisdiction_id,
            Session.device_id == device.id,
            Session.ended_at.is_(None),
            Session.expires_at > tx.now,
        )
        .order_by(Session.began_at.desc())
        .limit(1)
        .with_for_update()
    )
    session = await tx.session.scalar(newest)
    if session is None:
        raise SessionOver
    return session

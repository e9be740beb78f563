"""Sessions and phones: seen and ended by their owner or an administrator; the own password."""

import asyncio
from uuid import UUID

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts import events
from palmcheck.accounts.account_rows import may_administer, visible, visible_account
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration import end_sessions
from palmcheck.accounts.administration_types import ChangePassword, SessionView
from palmcheck.accounts.models import Account, Device, Session
from palmcheck.accounts.password_rules import SHORTEST, password_fault
from palmcheck.accounts.passwords import hash_password, is_password
from palmcheck.accounts.problems import PasswordUnfit, PasswordWrong, RoleNotYoursToGive
from palmcheck.kernel.problems import NotFound
from palmcheck.kernel.unit_of_work import Tx


async def open_sessions(tx: Tx, by: Actor, account: Account) -> list[SessionView]:
    """The sessions of an account that are open, the newest first."""
    phone = and_(Device.jurisdiction_id == Session.jurisdiction_id, Device.id == Session.device_id)
    found = (
        select(Session, Device.name)
        .outerjoin(Device, phone)
        .where(Session.jurisdiction_id == account.jurisdiction_id, Session.account_id == account.id)
        .where(Session.ended_at.is_(None), Session.expires_at > tx.now)
        .order_by(Session.began_at.desc(), Session.id)
    )
    return [
        SessionView(
            row.id, row.began_at, row.expires_at, row.address, row.browser, row.device_id, name, row.id == by.session_id
        )
        for row, name in await tx.session.execute(found)
    ]


async def own_account(session: AsyncSession, by: Actor) -> Account:
    """The account that acts."""
    return await session.get_one(Account, (by.jurisdiction_id, by.account_id))


async def administered_account(session: AsyncSession, by: Actor, id: UUID) -> Account:
    """An account whose sessions the actor may end. Raises NotFound, RoleNotYoursToGive."""
    account = await visible_account(session, by, id)
    if account.jurisdiction_id != by.jurisdiction_id:
        raise NotFound(field="id")
    if not may_administer(by, account):
        raise RoleNotYoursToGive(field="roles", roles=", ".join(sorted(account.roles)))
    return account


async def revoke_session(tx: Tx, by: Actor, account: Account, session_id: UUID) -> None:
    """Ends one session of the account; a repeat does nothing. Raises NotFound."""
    row = await tx.session.get(Session, (account.jurisdiction_id, session_id))
    if row is None or row.account_id != account.id:
        raise NotFound(field="session_id")
    if row.ended_at is None:
        row.ended_at = tx.now
        _say_revoked(tx, by, account, [session_id])


async def revoke_sessions(tx: Tx, by: Actor, account: Account) -> None:
    """Ends all sessions of the account but the one that asks."""
    ended = await end_sessions(tx, account, but=by.session_id)
    if ended:
        _say_revoked(tx, by, account, ended)


def _say_revoked(tx: Tx, by: Actor, account: Account, ids: list[UUID]) -> None:
    revoked = events.SessionsRevoked(
        jurisdiction_id=account.jurisdiction_id, account_id=account.id, session_ids=sorted(ids)
    )
    tx.record(by, revoked)


async def confirm_password(tx: Tx, by: Actor, password: str) -> None:
    """Raises PasswordWrong. The caller has counted the try (throttling)."""
    account = await own_account(tx.session, by)
    if not await asyncio.to_thread(is_password, account.password_hash, password):
        raise PasswordWrong(field="password")


async def change_password(tx: Tx, by: Actor, data: ChangePassword) -> None:
    """Chooses a new password; every other session ends. Raises PasswordWrong, PasswordUnfit."""
    account = await own_account(tx.session, by)
    if not await asyncio.to_thread(is_password, account.password_hash, data.current):
        raise PasswordWrong(field="current")
    fault = "unchanged" if data.new == data.current else password_fault(data.new, account.username)
    if fault is not None:
        raise PasswordUnfit(field="new", fault=fault, shortest=SHORTEST)
    account.password_hash = await asyncio.to_thread(hash_password, data.new)
    account.must_change_password = False
    await end_sessions(tx, account, but=by.session_id)
    tx.record(by, events.PasswordChanged(jurisdiction_id=by.jurisdiction_id, account_id=account.id))


async def revoke_device(tx: Tx, by: Actor, device_id: UUID, reason: str) -> None:
    """Stops a phone at once; what it has not sent stays on it. Raises NotFound, RoleNotYoursToGive."""
    joined = and_(Account.jurisdiction_id == Device.jurisdiction_id, Account.id == Device.account_id)
    wanted = select(Device, Account).join(Account, joined).where(Device.id == device_id, visible(by))
    found = (await tx.session.execute(wanted)).first()
    if found is None or found[1].jurisdiction_id != by.jurisdiction_id:
        raise NotFound(field="id")
    device, account = found
    if not may_administer(by, account):
        raise RoleNotYoursToGive(field="roles", roles=", ".join(sorted(account.roles)))
    if device.state == "revoked":
        return
    device.state = "revoked"
    await tx.session.execute(
        update(Session)
        .where(Session.jurisdiction_id == device.jurisdiction_id, Session.device_id == device.id)
        .where(Session.ended_at.is_(None))
        .values(ended_at=tx.now)
    )
    revoked = events.DeviceRevoked(
        jurisdiction_id=device.jurisdiction_id, account_id=account.id, revoked_device_id=device.id, reason=reason
    )
    tx.record(by, revoked)

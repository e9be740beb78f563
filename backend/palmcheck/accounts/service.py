"""The verbs of the slice."""

import asyncio
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts import events
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.models import Account, Device, EnrolmentCode, Session
from palmcheck.accounts.passwords import hash_password, is_password
from palmcheck.accounts.permissions import permissions_at_hand
from palmcheck.accounts.problems import (
    CredentialsInvalid,
    DeviceNotYours,
    DeviceProofInvalid,
    EnrolmentCodeInvalid,
)
from palmcheck.accounts.throttling import forgive
from palmcheck.accounts.types import EnrolDevice, EnrolledDevice, Me, NewAccount, SignIn
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.settings import DRAINING_DAYS
from palmcheck.kernel.canonical import canonical_bytes, digest, sha256_hex
from palmcheck.kernel.events import SystemActor, Trace
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.pinyin import sort_key
from palmcheck.kernel.problems import IdReuse
from palmcheck.kernel.signatures import is_signed
from palmcheck.kernel.unit_of_work import Tx

ENROLMENT_PURPOSE = "palmcheck/device-enrolment/v1"
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LASTS = timedelta(days=14)
SESSION_LASTS = timedelta(days=30)
BROWSER_LENGTH = 200
SIGN_IN = SystemActor("accounts.sign_in")


async def open_account(tx: Tx, by: Trace, jurisdiction_id: UUID, new: NewAccount) -> UUID:
    """Opens a real-name account and answers its id."""
    account_id = new_id()
    password_hash = await asyncio.to_thread(hash_password, new.password)
    tx.session.add(
        Account(
            jurisdiction_id=jurisdiction_id,
            id=account_id,
            username=new.username,
            display_name=new.display_name,
            department_id=new.department_id,
            inspector_id=new.inspector_id,
            roles=list(new.roles),
            password_hash=password_hash,
            name_key=sort_key(new.display_name.lower()),
        )
    )
    await tx.session.flush()
    opened = events.AccountOpened(jurisdiction_id=jurisdiction_id, account_id=account_id, roles=list(new.roles))
    tx.record(by, opened)
    return account_id


async def issue_enrolment_code(tx: Tx, by: Trace, jurisdiction_id: UUID, account_id: UUID) -> str:
    """A one-time code for one phone, such as `7KQ4-M2XR`; only its hash is kept."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(8))
    tx.session.add(
        EnrolmentCode(
            jurisdiction_id=jurisdiction_id,
            id=new_id(),
            account_id=account_id,
            code_sha256=sha256_hex(code.encode()),
            expires_at=tx.now + CODE_LASTS,
        )
    )
    tx.record(by, events.EnrolmentCodeIssued(jurisdiction_id=jurisdiction_id, account_id=account_id))
    return f"{code[:4]}-{code[4:]}"


async def enrol_device(tx: Tx, data: EnrolDevice) -> EnrolledDevice:
    """Makes a phone the account's one active device (R17); the one before it drains.

    A repeat answers the same. Raises EnrolmentCodeInvalid, DeviceProofInvalid, IdReuse.
    """
    sent = digest(msgspec.to_builtins(data))
    await tx.lock("device", data.device_id)
    known = await tx.session.scalar(select(Device).where(Device.id == data.device_id))
    if known is not None:
        if known.request_sha256 != sent:
            raise IdReuse(field="device_id")
        return await _enrolled(tx.session, known)
    code = await _usable_code(tx, data.code)
    signed = {"purpose": ENROLMENT_PURPOSE, "device_id": str(data.device_id), "code": data.code}
    key = msgspec.to_builtins(data.public_key)
    if not is_signed(key, data.proof, canonical_bytes(signed)):
        raise DeviceProofInvalid(field="proof")
    draining = await _drain_devices(tx, code.jurisdiction_id, code.account_id)
    code.used_at = tx.now
    device = Device(
        jurisdiction_id=code.jurisdiction_id,
        id=data.device_id,
        account_id=code.account_id,
        name=data.name,
        public_key=key,
        alg=data.alg,
        state="active",
        enrolled_at=tx.now,
        request_sha256=sent,
    )
    tx.session.add(device)
    await tx.session.flush()
    enrolled = events.DeviceEnrolled(
        jurisdiction_id=code.jurisdiction_id,
        account_id=code.account_id,
        enrolled_device_id=data.device_id,
        draining=draining,
    )
    tx.record(SystemActor("accounts.enrolment"), enrolled)
    return await _enrolled(tx.session, device)


async def _usable_code(tx: Tx, entered: str) -> EnrolmentCode:
    plain = "".join(entered.upper().replace("-", "").split())
    wanted = EnrolmentCode.code_sha256 == sha256_hex(plain.encode())
    code = await tx.session.scalar(select(EnrolmentCode).where(wanted).with_for_update())
    if code is None or code.used_at is not None or code.voided_at is not None or code.expires_at <= tx.now:
        raise EnrolmentCodeInvalid(field="code")
    return code


async def _drain_devices(tx: Tx, jurisdiction_id: UUID, account_id: UUID) -> list[UUID]:
    """The phone before may send what it holds for some days more (design.md 3), counted from today's setting."""
    lasts = timedelta(days=await jurisdictions.setting(tx.session, jurisdiction_id, DRAINING_DAYS))
    drained = await tx.session.scalars(
        update(Device)
        .where(Device.jurisdiction_id == jurisdiction_id, Device.account_id == account_id, Device.state == "active")
        .values(state="draining", drains_until=tx.now + lasts)
        .returning(Device.id)
    )
    return list(drained)


async def _enrolled(session: AsyncSession, device: Device) -> EnrolledDevice:
    account = await session.get_one(Account, (device.jurisdiction_id, device.account_id))
    departments = await jurisdictions.departments(session, device.jurisdiction_id)
    department = departments.get(account.department_id) if account.department_id else None
    place = await jurisdictions.jurisdiction(session, device.jurisdiction_id)
    return EnrolledDevice(
        device_id=device.id,
        account_id=account.id,
        username=account.username,
        display_name=account.display_name,
        department_name=department.name if department else None,
        jurisdiction_name=place.name,
    )


async def sign_in(tx: Tx, data: SignIn, address: str = "", browser: str | None = None) -> tuple[Actor, str]:
    """Begins a session and answers its actor and cookie token. Raises CredentialsInvalid, DeviceNotYours.

    `address`, `browser`: from where, as the list of sessions shows it. The caller has counted the try (throttling).
    """
    account = await tx.session.scalar(select(Account).where(Account.username == data.username))
    fits = await asyncio.to_thread(is_password, account.password_hash if account else None, data.password)
    if account is None or not fits or account.status != "active":
        raise CredentialsInvalid(field="password")
    device: Device | None = None
    if data.device_id is not None:
        device = await tx.session.get(Device, (account.jurisdiction_id, data.device_id))
        if device is None or device.account_id != account.id or not may_send(device, tx.now):
            raise DeviceNotYours(field="device_id", rule="R17")
        await _end_sessions_of(tx, account.jurisdiction_id, data.device_id)
    token = secrets.token_urlsafe(32)
    session = Session(
        jurisdiction_id=account.jurisdiction_id,
        id=new_id(),
        account_id=account.id,
        device_id=data.device_id,
        token_sha256=sha256_hex(token.encode()),
        address=address or None,
        browser=browser and browser[:BROWSER_LENGTH],
        began_at=tx.now,
        expires_at=tx.now + SESSION_LASTS,
    )
    tx.session.add(session)
    await forgive(tx.session, data.username, address, tx.now)
    began = events.SignedIn(jurisdiction_id=account.jurisdiction_id, account_id=account.id, device_id=data.device_id)
    tx.record(SIGN_IN, began)
    return actor_of(account, session, device), token


def actor_of(account: Account, session: Session, device: Device | None) -> Actor:
    """The actor of an account in one of its sessions, on that session's device if it has one."""
    return Actor(
        account_id=account.id,
        jurisdiction_id=account.jurisdiction_id,
        department_id=account.department_id,
        inspector_id=account.inspector_id,
        device_id=session.device_id,
        session_id=session.id,
        username=account.username,
        display_name=account.display_name,
        roles=tuple(account.roles),
        device_state=device.state if device else None,
        must_change_password=account.must_change_password,
    )


async def sign_out(tx: Tx, by: Actor) -> None:
    """Ends the session at hand; on a phone, every one it has, so that its key takes none up again."""
    session = await tx.session.get_one(Session, (by.jurisdiction_id, by.session_id))
    session.ended_at = tx.now
    if by.device_id is not None:
        await _end_sessions_of(tx, by.jurisdiction_id, by.device_id)
    tx.record(by, events.SignedOutByUser(jurisdiction_id=by.jurisdiction_id, account_id=by.account_id))


def may_send(device: Device, at: datetime) -> bool:
    """Whether a phone may still bring its work: an active one, or one that drains and whose days are not over."""
    return device.state == "active" or (
        device.state == "draining" and device.drains_until is not None and at < device.drains_until
    )


async def _end_sessions_of(tx: Tx, jurisdiction_id: UUID, device_id: UUID) -> None:
    """A phone has one session at a time (R17)."""
    await tx.session.execute(
        update(Session)
        .where(Session.jurisdiction_id == jurisdiction_id, Session.device_id == device_id, Session.ended_at.is_(None))
        .values(ended_at=tx.now)
    )


async def me(session: AsyncSession, actor: Actor) -> Me:
    """The signed-in account with what it may do."""
    departments = await jurisdictions.departments(session, actor.jurisdiction_id)
    return Me(
        account_id=actor.account_id,
        username=actor.username,
        display_name=actor.display_name,
        roles=list(actor.roles),
        permissions=sorted(permissions_at_hand(actor)),
        jurisdiction=await jurisdictions.jurisdiction(session, actor.jurisdiction_id),
        department=departments.get(actor.department_id) if actor.department_id else None,
        inspector_id=actor.inspector_id,
        device_id=actor.device_id,
        must_change_password=actor.must_change_password,
    )

"""Administration of accounts: open, change, end, return; one-time passwords and enrolment codes.

A department's administrator reaches his department, the joint office and the system's administrator their
jurisdiction; nobody reaches a role that he may not give, nor his own account.
"""

from uuid import UUID

import msgspec
import segno
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from palmcheck.accounts import events, service
from palmcheck.accounts.account_rows import account_views, may_administer, visible_account
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration_types import (
    AccountView,
    ChangeAccount,
    EndAccount,
    NewEnrolmentCode,
    NewPassword,
    OpenAccount,
    OpenedAccount,
)
from palmcheck.accounts.inspector_directory import InspectorDirectory, check_link, must_be_free
from palmcheck.accounts.models import Account, Device, EnrolmentCode, Session
from palmcheck.accounts.password_rules import one_time_password
from palmcheck.accounts.passwords import hash_random
from palmcheck.accounts.permissions import NEEDS_DEPARTMENT, Reach, grantable_by
from palmcheck.accounts.problems import (
    AccountEnded,
    AccountStillActive,
    DepartmentNeeded,
    NotYourOwn,
    RoleNotYoursToGive,
    UsernameTaken,
)
from palmcheck.accounts.scope import reach_of
from palmcheck.accounts.types import Role
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.versions import require_version
from palmcheck.kernel.canonical import digest
from palmcheck.kernel.events import Trace
from palmcheck.kernel.pinyin import sort_key
from palmcheck.kernel.problems import IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx

ENROL_SCHEME = "palmcheck-enrol:"


async def open_account(tx: Tx, by: Actor, id: UUID, data: OpenAccount, directory: InspectorDirectory) -> OpenedAccount:
    """Opens an account with a one-time password; a repeat answers the same account without it.

    Raises RoleNotYoursToGive, DepartmentNeeded, UsernameTaken, IdReuse, and what check_link raises.
    """
    sent = digest(msgspec.to_builtins(data))
    await tx.lock("account", id)
    known = await tx.session.scalar(select(Account).where(Account.id == id))
    if known is not None:
        if known.request_sha256 != sent or known.jurisdiction_id != by.jurisdiction_id:
            raise IdReuse(field="id")
        return OpenedAccount(await _view(tx, by, known), None)
    await check_rights(tx, by, data.roles, data.department_id)
    if data.inspector_id is not None:
        await check_link(tx, by, directory, id, data.inspector_id, data.department_id)
    password = one_time_password()
    account = await insert_account(tx, by.jurisdiction_id, id, data, hash_random(password))
    if account is None:
        raise UsernameTaken(field="username", username=data.username)
    tx.record(by, events.AccountOpened(jurisdiction_id=by.jurisdiction_id, account_id=id, roles=list(data.roles)))
    return OpenedAccount(await _view(tx, by, account), password)


async def insert_account(
    tx: Tx, jurisdiction_id: UUID, id: UUID, data: OpenAccount, password_hash: str
) -> Account | None:
    """The row with a one-time password; None if somebody has the name already. The caller records the event."""
    row = {
        "jurisdiction_id": jurisdiction_id,
        "id": id,
        "username": data.username,
        "display_name": data.display_name,
        "name_key": sort_key(data.display_name.lower()),
        "department_id": data.department_id,
        "inspector_id": data.inspector_id,
        "roles": sorted(set(data.roles)),
        "password_hash": password_hash,
        "must_change_password": True,
        "request_sha256": digest(msgspec.to_builtins(data)),
    }
    fresh = insert(Account).values(row).on_conflict_do_nothing(index_elements=[Account.username]).returning(Account)
    return await tx.session.scalar(fresh)


async def check_rights(tx: Tx, by: Actor, roles: list[str] | list[Role], department_id: UUID | None) -> None:
    """Whether the actor may give these roles there. Raises RoleNotYoursToGive, DepartmentNeeded."""
    too_wide = set(roles) - grantable_by(by.roles)
    if too_wide:
        raise RoleNotYoursToGive(field="roles", roles=", ".join(sorted(too_wide)))
    if department_id is None:
        if set(roles) & NEEDS_DEPARTMENT:
            raise DepartmentNeeded(field="department_id")
        return
    bound = reach_of(by, "account.administer") is Reach.DEPARTMENT
    known = await jurisdictions.departments(tx.session, by.jurisdiction_id)
    if department_id not in known or (bound and department_id != by.department_id):
        raise DepartmentNeeded(field="department_id")


async def _own_to_administer(tx: Tx, by: Actor, id: UUID) -> Account:
    """The account, locked. Raises NotFound, NotYourOwn, RoleNotYoursToGive."""
    await visible_account(tx.session, by, id)
    locked = select(Account).where(Account.id == id, Account.jurisdiction_id == by.jurisdiction_id)
    account = await tx.session.scalar(locked.with_for_update().execution_options(populate_existing=True))
    if account is None:
        raise NotFound(field="id")
    if account.id == by.account_id:
        raise NotYourOwn(field="id")
    if not may_administer(by, account):
        raise RoleNotYoursToGive(field="roles", roles=", ".join(sorted(account.roles)))
    return account


async def _in_use(tx: Tx, by: Actor, id: UUID) -> Account:
    account = await _own_to_administer(tx, by, id)
    if account.status != "active":
        raise AccountEnded(field="id")
    return account


async def read_account(tx: Tx, by: Actor, id: UUID) -> AccountView:
    """One account. Raises NotFound."""
    return await _view(tx, by, await visible_account(tx.session, by, id))


async def change_account(
    tx: Tx, by: Actor, id: UUID, data: ChangeAccount, if_match: str | None, directory: InspectorDirectory
) -> AccountView:
    """Gives an account other roles, department, name or inspector; its sessions go on with the new rights.

    Raises NotFound, NotYourOwn, RoleNotYoursToGive, DepartmentNeeded, AccountEnded, VersionNeeded, ChangedMeanwhile,
    and what check_link raises.
    """
    account = await _in_use(tx, by, id)
    require_version(if_match, account.version)
    await check_rights(tx, by, data.roles, data.department_id)
    linked = (data.inspector_id, data.department_id)
    if data.inspector_id is not None and linked != (account.inspector_id, account.department_id):
        await check_link(tx, by, directory, id, data.inspector_id, data.department_id)
    changed = events.AccountChanged(
        jurisdiction_id=by.jurisdiction_id,
        account_id=id,
        roles=sorted(set(data.roles)),
        department_id=data.department_id,
        roles_before=list(account.roles),
        department_before=account.department_id,
        inspector_id=data.inspector_id,
        inspector_before=account.inspector_id,
        renamed=data.display_name != account.display_name,
    )
    account.roles, account.department_id = changed.roles, data.department_id
    account.display_name, account.inspector_id = data.display_name, data.inspector_id
    account.name_key = sort_key(data.display_name.lower())
    account.version += 1
    tx.record(by, changed)
    await tx.session.flush()
    return await _view(tx, by, account)


async def end_account(tx: Tx, by: Actor, id: UUID, data: EndAccount) -> AccountView:
    """Transfer or retirement: all rights end in this transaction. Raises NotFound, NotYourOwn, AccountEnded."""
    account = await _in_use(tx, by, id)
    await end_rights(tx, by, account, data.status, data.reason)
    return await _view(tx, by, account)


async def end_inspectors_account(
    tx: Tx, by: Trace, jurisdiction_id: UUID, inspector_id: UUID, data: EndAccount
) -> None:
    """For the registry: an inspector was transferred or retired, so his accounts end with him."""
    theirs = select(Account).where(Account.jurisdiction_id == jurisdiction_id, Account.inspector_id == inspector_id)
    for account in await tx.session.scalars(theirs.where(Account.status == "active").with_for_update()):
        await end_rights(tx, by, account, data.status, data.reason)


async def end_rights(tx: Tx, by: Trace, account: Account, status: str, reason: str) -> None:
    """Ends the sessions, revokes the devices, voids the enrolment codes; work that a phone still holds stays there."""
    sessions = await end_sessions(tx, account)
    devices = await tx.session.scalars(
        update(Device)
        .where(Device.jurisdiction_id == account.jurisdiction_id, Device.account_id == account.id)
        .where(Device.state != "revoked")
        .values(state="revoked")
        .returning(Device.id)
    )
    await void_codes(tx, account)
    account.status, account.ended_at, account.ended_because = status, tx.now, reason
    account.version += 1
    left = events.AccountLeft(
        jurisdiction_id=account.jurisdiction_id,
        account_id=account.id,
        status=status,
        reason=reason,
        ended_sessions=len(sessions),
        revoked_devices=list(devices),
    )
    tx.record(by, left)
    await tx.session.flush()


async def end_sessions(tx: Tx, account: Account, but: UUID | None = None) -> list[UUID]:
    """Ends the open sessions of an account, all or all but one, and answers their ids."""
    ending = update(Session).where(
        Session.jurisdiction_id == account.jurisdiction_id,
        Session.account_id == account.id,
        Session.ended_at.is_(None),
        Session.id != but if but else Session.id.is_not(None),
    )
    return list(await tx.session.scalars(ending.values(ended_at=tx.now).returning(Session.id)))


async def void_codes(tx: Tx, account: Account) -> None:
    """No enrolment code that is out opens a phone any more."""
    await tx.session.execute(
        update(EnrolmentCode)
        .where(EnrolmentCode.jurisdiction_id == account.jurisdiction_id, EnrolmentCode.account_id == account.id)
        .where(EnrolmentCode.used_at.is_(None), EnrolmentCode.voided_at.is_(None))
        .values(voided_at=tx.now)
    )


async def return_account(tx: Tx, by: Actor, id: UUID, reason: str) -> OpenedAccount:
    """An ended account is in use again, with a one-time password; devices and sessions stay ended.

    Raises NotFound, NotYourOwn, AccountStillActive, InspectorTaken if his inspector has another account by now.
    """
    account = await _own_to_administer(tx, by, id)
    if account.status == "active":
        raise AccountStillActive(field="id")
    if account.inspector_id is not None:
        await must_be_free(tx, account.jurisdiction_id, id, account.inspector_id)
    password = _give_one_time_password(account)
    account.status, account.ended_at, account.ended_because = "active", None, None
    account.version += 1
    tx.record(by, events.AccountReturned(jurisdiction_id=by.jurisdiction_id, account_id=id, reason=reason))
    await tx.session.flush()
    return OpenedAccount(await _view(tx, by, account), password)


async def reset_password(tx: Tx, by: Actor, id: UUID) -> NewPassword:
    """Gives an account a one-time password and ends its sessions. Raises NotFound, NotYourOwn, AccountEnded."""
    account = await _in_use(tx, by, id)
    password = _give_one_time_password(account)
    await end_sessions(tx, account)
    tx.record(by, events.PasswordReset(jurisdiction_id=by.jurisdiction_id, account_id=id))
    return NewPassword(password)


def _give_one_time_password(account: Account) -> str:
    password = one_time_password()
    account.password_hash, account.must_change_password = hash_random(password), True
    return password


async def new_enrolment_code(tx: Tx, by: Actor, id: UUID, origin: str) -> NewEnrolmentCode:
    """A code for one phone, as text and as QR; codes given out before count no more. Raises NotFound, AccountEnded."""
    account = await _in_use(tx, by, id)
    await void_codes(tx, account)
    code = await service.issue_enrolment_code(tx, by, by.jurisdiction_id, id)
    payload = f"{ENROL_SCHEME}{origin}#{code}"
    svg = segno.make(payload, error="m", micro=False).svg_inline(scale=6, border=4, light="white")
    return NewEnrolmentCode(code, payload, svg, tx.now + service.CODE_LASTS)


async def _view(tx: Tx, by: Actor, account: Account) -> AccountView:
    return (await account_views(tx.session, by, [account]))[0]

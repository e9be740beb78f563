"""Which accounts and devices are an actor's to see and to administer, and how lists show them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration_types import AccountView, DeviceView
from palmcheck.accounts.models import Account, Device, Session
from palmcheck.accounts.permissions import grantable_by
from palmcheck.accounts.scope import in_reach, reaches
from palmcheck.jurisdictions import reads as jurisdiction_reads
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import DepartmentRef, JurisdictionRef
from palmcheck.kernel.paging import PAGE, Page, decode_cursor, page_of
from palmcheck.kernel.problems import NotFound


def visible(actor: Actor) -> ColumnElement[bool]:
    """Row scope: office and auditor read down, the system's administrator the jurisdiction, others their department."""
    return in_reach(actor, "account.read", Account.jurisdiction_id, Account.department_id)


def may_administer(actor: Actor, account: Account) -> bool:
    """Whether the actor may change this account: in his own jurisdiction, his reach, and no wider than his grants."""
    own = reaches(actor, "account.administer", account.jurisdiction_id, [account.department_id])
    return own and set(account.roles) <= grantable_by(actor.roles)


async def visible_account(session: AsyncSession, actor: Actor, id: UUID) -> Account:
    """One account. Raises NotFound, also for one that is not the actor's to see."""
    row = await session.scalar(select(Account).where(Account.id == id, visible(actor)))
    if row is None:
        raise NotFound(field="id")
    return row


def _matching(q: str) -> ColumnElement[bool]:
    spelled = func.replace(Account.name_key, " ", "")
    return or_(
        Account.display_name.icontains(q, autoescape=True),
        Account.username.icontains(q, autoescape=True),
        spelled.icontains("".join(q.split()), autoescape=True),
    )


def accounts_wanted(actor: Actor, wanted: dict[str, str]) -> Select[Account]:
    """The accounts that fit: `q` by name, reading or username; `role`, `status`, `department_id`, `inspector_id`."""
    found = select(Account).where(visible(actor))
    if q := wanted.get("q", "").strip():
        found = found.where(_matching(q))
    if role := wanted.get("role"):
        found = found.where(Account.roles.contains([role]))
    if status := wanted.get("status"):
        found = found.where(Account.status == status)
    if department_id := wanted.get("department_id"):
        found = found.where(Account.department_id == UUID(department_id))
    if inspector_id := wanted.get("inspector_id"):
        found = found.where(Account.inspector_id == UUID(inspector_id))
    if linked := wanted.get("linked"):
        has = Account.inspector_id.is_not(None)
        found = found.where(has if linked == "yes" else ~has, Account.roles.contains(["inspector"]))
    return found


async def list_accounts(
    session: AsyncSession, actor: Actor, wanted: dict[str, str], sort: str | None, cursor: str | None, size: int = PAGE
) -> Page[AccountView]:
    """A page of accounts, by reading of the name or by username, downwards with `-`. Raises CursorInvalid."""
    order = Account.username if (sort or "").lstrip("-") == "username" else Account.name_key
    downwards = (sort or "").startswith("-")
    found = accounts_wanted(actor, wanted)
    if cursor is not None:
        key, last = decode_cursor(cursor, str, UUID)
        after = order < key if downwards else order > key
        found = found.where(or_(after, and_(order == key, Account.id > last)))
    ordered = found.order_by(order.desc() if downwards else order, Account.id).limit(size + 1)
    rows = (await session.scalars(ordered)).all()
    shown = {view.id: view for view in await account_views(session, actor, rows[:size])}
    return page_of(rows, size, lambda row: shown[row.id], lambda row: (getattr(row, order.key), str(row.id)))


async def account_views(session: AsyncSession, actor: Actor, rows: Sequence[Account]) -> list[AccountView]:
    """Accounts as lists show them."""
    ids = [row.id for row in rows]
    places = await _places(session, {row.jurisdiction_id for row in rows})
    departments = await _departments(session, {row.jurisdiction_id for row in rows})
    last = select(Session.account_id, func.max(Session.began_at)).where(Session.account_id.in_(ids))
    signed_in = {row[0]: row[1] for row in await session.execute(last.group_by(Session.account_id))}
    phones = select(Device.account_id, Device.state).where(Device.account_id.in_(ids)).order_by(Device.enrolled_at)
    states = {row[0]: row[1] for row in await session.execute(phones)}
    return [
        AccountView(
            id=row.id,
            username=row.username,
            display_name=row.display_name,
            roles=list(row.roles),
            department=departments.get(row.department_id) if row.department_id else None,
            jurisdiction=places[row.jurisdiction_id],
            inspector_id=row.inspector_id,
            status=row.status,  # type: ignore[arg-type]
            must_change_password=row.must_change_password,
            last_sign_in_at=signed_in.get(row.id),
            device_state=states.get(row.id),  # type: ignore[arg-type]
            ended_at=row.ended_at,
            ended_because=row.ended_because,
            version=row.version,
            may_administer=may_administer(actor, row),
        )
        for row in rows
    ]


async def _places(session: AsyncSession, ids: set[UUID]) -> dict[UUID, JurisdictionRef]:
    rows = jurisdiction_reads.jurisdiction_rows.subquery()
    found = await session.execute(select(rows.c.id, rows.c.name).where(rows.c.id.in_(ids)))
    return {row.id: JurisdictionRef(row.id, row.name) for row in found}


async def _departments(session: AsyncSession, ids: set[UUID]) -> dict[UUID, DepartmentRef]:
    found: dict[UUID, DepartmentRef] = {}
    for jurisdiction_id in ids:
        found |= await jurisdictions.departments(session, jurisdiction_id)
    return found


async def list_devices(
    session: AsyncSession, actor: Actor, wanted: dict[str, str], cursor: str | None, size: int = PAGE
) -> Page[DeviceView]:
    """A page of phones, the newest first: `q` by owner or phone's name; `state`, `account_id`. Raises CursorInvalid."""
    joined = and_(Account.jurisdiction_id == Device.jurisdiction_id, Account.id == Device.account_id)
    found = select(Device, Account).join(Account, joined).where(visible(actor))
    if q := wanted.get("q", "").strip():
        found = found.where(or_(_matching(q), Device.name.icontains(q, autoescape=True)))
    if state := wanted.get("state"):
        found = found.where(Device.state == state)
    if account_id := wanted.get("account_id"):
        found = found.where(Device.account_id == UUID(account_id))
    if cursor is not None:
        found = found.where(Device.id < decode_cursor(cursor, UUID)[0])
    rows = (await session.execute(found.order_by(Device.id.desc()).limit(size + 1))).all()
    places = await _places(session, {device.jurisdiction_id for device, _ in rows})
    departments = await _departments(session, set(places))
    return page_of(
        rows,
        size,
        lambda row: _device_view(actor, row[0], row[1], places, departments),
        lambda row: (str(row[0].id),),
    )


def _device_view(
    actor: Actor,
    device: Device,
    account: Account,
    places: dict[UUID, JurisdictionRef],
    departments: dict[UUID, DepartmentRef],
) -> DeviceView:
    return DeviceView(
        id=device.id,
        name=device.name,
        state=device.state,  # type: ignore[arg-type]
        enrolled_at=device.enrolled_at,
        drains_until=device.drains_until if device.state == "draining" else None,
        account_id=account.id,
        username=account.username,
        display_name=account.display_name,
        department=departments.get(account.department_id) if account.department_id else None,
        jurisdiction=places[device.jurisdiction_id],
        may_administer=may_administer(actor, account),
    )

"""Many accounts by one spreadsheet: each row is judged, good rows are opened, and nothing is half in."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import select

from palmcheck.accounts.account_sheets import CERTIFICATE, ROLE_NAMES, read_rows
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration import insert_account
from palmcheck.accounts.administration_types import (
    USERNAME,
    AccountImportReport,
    BadRow,
    OpenAccount,
    OpenedRow,
    RowRule,
)
from palmcheck.accounts.events import AccountsImported
from palmcheck.accounts.inspector_directory import InspectorDirectory, KnownInspector, holders
from palmcheck.accounts.models import Account, AccountImport
from palmcheck.accounts.password_rules import one_time_password
from palmcheck.accounts.passwords import hash_random
from palmcheck.accounts.permissions import NEEDS_DEPARTMENT, Reach, grantable_by
from palmcheck.accounts.scope import reach_of
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import Conflict, IdReuse, NotFound
from palmcheck.kernel.unit_of_work import Tx

Mode = Literal["all", "good_rows"]
Row = tuple[int, dict[str, str]]
LONGEST_NAME = 80
SEPARATORS = str.maketrans("，,；;/", "、、、、、")
_ROLES = {name: role for role, name in ROLE_NAMES.items()} | {role: role for role in ROLE_NAMES}


@dataclass(frozen=True)
class SentFile:
    """A file as it came, under the sender's id; `mode`: all rows or none, or the good ones."""

    id: UUID
    filename: str
    mode: Mode
    path: Path
    sha256: str


@dataclass(frozen=True)
class _Known:
    """What rows are held against: departments by name, accounts by username, inspectors by number, who has them."""

    departments: dict[str, UUID]
    accounts: dict[str, Account]
    inspectors: dict[str, KnownInspector]
    holders: dict[UUID, Account]


class _Judge:
    """Turns rows into accounts to open or to link, or says what is wrong with them."""

    def __init__(self, by: Actor, known: _Known) -> None:
        self.by, self.known = by, known
        self.seen: set[str] = set()
        self.linked_here: set[UUID] = set()
        self.bad: list[BadRow] = []
        self.good: list[tuple[int, OpenAccount]] = []
        self.linking: list[tuple[Account, UUID]] = []
        self.unchanged = 0

    def judge(self, line: int, row: dict[str, str]) -> None:
        """Files one row under good, unchanged or bad; a bad row names its first fault a column."""
        before = len(self.bad)
        name, username = row["姓名"], row["用户名"].lower()
        if not name:
            self._fault(line, "姓名", name, "required")
        elif len(name) > LONGEST_NAME:
            self._fault(line, "姓名", name[:LONGEST_NAME], "too_long")
        self._judge_username(line, username)
        roles = self._roles(line, row["角色"])
        department_id = self._department(line, row["部门"], roles)
        inspector_id = self._inspector(line, row[CERTIFICATE], username, department_id)
        if len(self.bad) > before:
            return
        new = OpenAccount(username, name, roles, department_id, inspector_id)  # type: ignore[arg-type]
        account = self.known.accounts.get(username)
        if account is None:
            self.good.append((line, new))
        elif not _is_same(account, new, self.by):
            self._fault(line, "用户名", username, "username_taken")
        elif inspector_id in {None, account.inspector_id}:
            self.unchanged += 1
        elif account.inspector_id is None and account.status == "active" and account.id != self.by.account_id:
            self.linking.append((account, inspector_id))
        else:
            self._fault(line, CERTIFICATE, row[CERTIFICATE], "certificate_taken")

    def _fault(self, line: int, column: str, value: str, rule: RowRule) -> None:
        self.bad.append(BadRow(line, column, value, rule))

    def _judge_username(self, line: int, username: str) -> None:
        if not username:
            self._fault(line, "用户名", username, "required")
        elif not is_username(username):
            self._fault(line, "用户名", username[:LONGEST_NAME], "username")
        elif username in self.seen:
            self._fault(line, "用户名", username, "duplicate")
        self.seen.add(username)

    def _roles(self, line: int, text: str) -> list[str]:
        names = [name.strip() for name in text.translate(SEPARATORS).split("、") if name.strip()]
        roles = sorted({_ROLES[name] for name in names if name in _ROLES})
        if not names:
            self._fault(line, "角色", text, "required")
        elif len(roles) < len(set(names)):
            self._fault(line, "角色", text, "role")
        elif set(roles) - grantable_by(self.by.roles):
            self._fault(line, "角色", text, "role_not_yours")
        return roles

    def _inspector(self, line: int, number: str, username: str, department_id: UUID | None) -> UUID | None:
        if not number:
            return None
        inspector = self.known.inspectors.get(number)
        if inspector is None:
            self._fault(line, CERTIFICATE, number[:LONGEST_NAME], "certificate")
            return None
        holder = self.known.holders.get(inspector.id)
        if inspector.department_id != department_id:
            self._fault(line, CERTIFICATE, number, "certificate_department")
        elif (holder is not None and holder.username != username) or inspector.id in self.linked_here:
            self._fault(line, CERTIFICATE, number, "certificate_taken")
        self.linked_here.add(inspector.id)
        return inspector.id

    def _department(self, line: int, name: str, roles: list[str]) -> UUID | None:
        found = self.known.departments.get(name)
        bound = reach_of(self.by, "account.administer") is Reach.DEPARTMENT
        if name and found is None:
            self._fault(line, "部门", name, "department")
        elif (bound and found != self.by.department_id) or (found is None and set(roles) & NEEDS_DEPARTMENT):
            self._fault(line, "部门", name, "department_needed")
        return found


def is_username(text: str) -> bool:
    """Whether this can be a username."""
    return re.fullmatch(USERNAME, text) is not None


def _is_same(known: Account, new: OpenAccount, by: Actor) -> bool:
    here = (known.jurisdiction_id, known.display_name, sorted(known.roles), known.department_id)
    return here == (by.jurisdiction_id, new.display_name, sorted(new.roles), new.department_id)


async def import_accounts(tx: Tx, by: Actor, file: SentFile, directory: InspectorDirectory) -> AccountImportReport:
    """Takes a file in: all rows or none, or the good ones. A repeat answers the same report without passwords.

    A row of an account that is there and has no inspector yet links it, if it names a certificate.

    Raises SheetUnreadable, SheetColumnsMissing, SheetTooLong, IdReuse, Conflict.
    """
    await tx.lock("account_import", file.id)
    known = await tx.session.get(AccountImport, (by.jurisdiction_id, file.id))
    if known is not None:
        if (known.file_sha256, known.mode, known.account_id) != (file.sha256, file.mode, by.account_id):
            raise IdReuse(field="id")
        return _report(known, [])
    rows = await asyncio.to_thread(read_rows, file.path)
    judge = await _judged(tx, by, rows, directory)
    nothing = file.mode == "all" and judge.bad
    opened = [] if nothing else await _open(tx, by, judge.good)
    linked = [] if nothing else _link(judge.linking)
    record = AccountImport(
        jurisdiction_id=by.jurisdiction_id,
        id=file.id,
        account_id=by.account_id,
        filename=file.filename,
        file_sha256=file.sha256,
        mode=file.mode,
        at=tx.now,
        opened=len(opened),
        linked=len(linked),
        unchanged=judge.unchanged,
        bad_rows=msgspec.to_builtins(judge.bad),
    )
    tx.session.add(record)
    await tx.session.flush()
    imported = AccountsImported(
        jurisdiction_id=by.jurisdiction_id,
        import_id=file.id,
        file_sha256=file.sha256,
        opened=[row.account_id for row in opened],
        linked=linked,
        unchanged=judge.unchanged,
        bad=len(judge.bad),
    )
    tx.record(by, imported)
    return _report(record, opened)


def _link(linking: list[tuple[Account, UUID]]) -> list[UUID]:
    for account, inspector_id in linking:
        account.inspector_id = inspector_id
        account.version += 1
    return [account.id for account, _ in linking]


async def _judged(tx: Tx, by: Actor, rows: list[Row], directory: InspectorDirectory) -> _Judge:
    departments = await jurisdictions.departments(tx.session, by.jurisdiction_id)
    names = {row["用户名"].lower() for _, row in rows}
    taken = await tx.session.scalars(select(Account).where(Account.username.in_(names)).with_for_update())
    numbers = {row[CERTIFICATE] for _, row in rows if row[CERTIFICATE]}
    inspectors = await directory.by_certificate(tx.session, by.jurisdiction_id, numbers)
    for id in sorted(each.id for each in inspectors.values()):
        await tx.lock("account_inspector", id)
    having = await holders(tx.session, by.jurisdiction_id, [each.id for each in inspectors.values()])
    known = _Known(
        {each.name: each.id for each in departments.values()}, {row.username: row for row in taken}, inspectors, having
    )
    judge = _Judge(by, known)
    for line, row in rows:
        judge.judge(line, row)
    return judge


async def _open(tx: Tx, by: Actor, good: list[tuple[int, OpenAccount]]) -> list[OpenedRow]:
    passwords = [one_time_password() for _ in good]
    hashes = await asyncio.to_thread(lambda: [hash_random(password) for password in passwords])
    opened = []
    for (line, new), password, hashed in zip(good, passwords, hashes, strict=True):
        account = await insert_account(tx, by.jurisdiction_id, new_id(), new, hashed)
        if account is None:  # somebody took the name between the look and the insert: the file is sent again
            raise Conflict(field="file")
        opened.append(OpenedRow(line, account.id, new.username, new.display_name, password))
    return opened


async def read_import(tx: Tx, by: Actor, id: UUID) -> AccountImportReport:
    """The report of a file that the actor sent. Raises NotFound."""
    row = await tx.session.get(AccountImport, (by.jurisdiction_id, id))
    if row is None or row.account_id != by.account_id:
        raise NotFound(field="id")
    return _report(row, [])


def _report(row: AccountImport, opened: list[OpenedRow]) -> AccountImportReport:
    bad = msgspec.convert(row.bad_rows, list[BadRow])
    return AccountImportReport(row.id, row.filename, row.mode, row.opened, row.linked, row.unchanged, bad, opened)  # type: ignore[arg-type]

"""Looking after one inspector: enter, change, transfer, retire, return."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from palmcheck.accounts import administration as accounts
from palmcheck.accounts.actor import Actor
from palmcheck.accounts.administration_types import EndAccount
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import Trace
from palmcheck.kernel.grams import normal, searchable
from palmcheck.kernel.problems import Conflict, InvalidRequest, NotFound
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.models import Inspector
from palmcheck.registry.people import events
from palmcheck.registry.people.access import held, must_be_own_department, must_edit
from palmcheck.registry.people.problems import CertificateTaken, InspectorHasLeft
from palmcheck.registry.people.types import EndService, SaveInspector
from palmcheck.registry.people.versions import FIELDS, version_before, version_of

REVIEWED_FIELDS = frozenset({"name", "certificate_number", "qualification", "staff_kind"})
"""A change of one of these waits for the justice department's review (S1 一(四))."""


async def save_inspector(tx: Tx, by: Actor, id: UUID, data: SaveInspector) -> Inspector:
    """Enters an inspector, or changes one whose `version` the editor saw; a repeat of either answers the same row.

    Raises DepartmentNotYours, CertificateTaken, NotAllowed, InspectorHasLeft, Conflict.
    """
    await must_be_own_department(tx.session, by, data.department_id)
    wanted = cleaned(data)
    await tx.lock("inspector", id)
    row = await tx.session.get(Inspector, (by.jurisdiction_id, id), populate_existing=True)
    if row is None:
        if data.version is not None:
            raise NotFound(field="id")
        await _certificate_is_free(tx, by, id, wanted["certificate_number"])
        row = Inspector(jurisdiction_id=by.jurisdiction_id, id=id, status="active", review_state="changed", version=0)
        return await write(tx, by, row, wanted, sorted(FIELDS))
    changed = changes(row, wanted)
    if not changed:
        return row
    must_edit(by, row.jurisdiction_id, row.department_id)
    if row.status != "active":
        raise InspectorHasLeft(name=row.name)
    if data.version != row.version:
        raise Conflict(field="version")
    await _certificate_is_free(tx, by, id, wanted["certificate_number"])
    return await write(tx, by, row, wanted, changed)


def cleaned(data: SaveInspector) -> dict[str, Any]:
    """The columns: no spaces around words, the certificate number in one spelling, each expertise once."""
    row = {name: value.strip() if isinstance(value, str) else value for name, value in _given(data).items()}
    row["certificate_number"] = normal(data.certificate_number).upper()
    row["expertise"] = sorted({word.strip() for word in data.expertise if word.strip()})
    return row


def _given(data: SaveInspector) -> dict[str, Any]:
    return {name: getattr(data, name) for name in FIELDS}


def changes(row: Inspector, wanted: dict[str, Any]) -> list[str]:
    """The fields in which a row differs."""
    return sorted(name for name in FIELDS if getattr(row, name) != wanted[name])


async def write(tx: Tx, by: Trace, row: Inspector, wanted: dict[str, Any], changed: list[str]) -> Inspector:
    """Writes the columns; a reviewed field that changes, and any change of a refused row, waits for review again."""
    for name in changed:
        setattr(row, name, wanted[name])
    if REVIEWED_FIELDS & set(changed) or row.review_state == "refused":
        row.review_state, row.review_reason = "changed", None
    found_by = searchable(row.name, row.certificate_number)
    row.search_text, row.pinyin = found_by.text, found_by.pinyin
    await keep(tx, row)
    saved = events.InspectorSaved(
        jurisdiction_id=row.jurisdiction_id,
        inspector_id=row.id,
        department_id=row.department_id,
        version=row.version,
        fields=changed,
        review_state=row.review_state,
    )
    tx.record(by, saved)
    return row


async def keep(tx: Tx, row: Inspector) -> None:
    """Counts the change and keeps the row as it stands now."""
    row.version += 1
    tx.session.add(row)
    await tx.session.flush()
    tx.session.add(version_of(row, tx.now))
    await tx.session.flush()


async def _certificate_is_free(tx: Tx, by: Actor, id: UUID, number: str) -> None:
    other = select(Inspector.name).where(
        Inspector.jurisdiction_id == by.jurisdiction_id, Inspector.certificate_number == number, Inspector.id != id
    )
    name = await tx.session.scalar(other)
    if name is not None:
        raise CertificateTaken(field="certificate_number", name=name)


async def end_service(tx: Tx, by: Actor, id: UUID, status: str, data: EndService) -> Inspector:
    """Transfers or retires an inspector: he is drawn no more and his account ends, at once (R2).

    A repeat answers the same. Raises NotFound, NotAllowed, InvalidRequest, InspectorHasLeft when he left another way.
    """
    row = await held(tx, by, id)
    must_edit(by, row.jurisdiction_id, row.department_id)
    if row.status == status:
        return row
    if row.status != "active":
        raise InspectorHasLeft(name=row.name)
    row.status, row.left_on, row.left_because = status, law_date(tx.now), data.reason.strip()
    await keep(tx, row)
    try:
        ending = msgspec.convert({"status": status, "reason": data.reason.strip()}, EndAccount)
    except msgspec.ValidationError as wrong:  # a reason of blanks
        raise InvalidRequest(field="reason", reason=str(wrong)) from wrong
    await accounts.end_inspectors_account(tx, by, row.jurisdiction_id, id, ending)
    left = events.InspectorLeft(
        jurisdiction_id=row.jurisdiction_id, inspector_id=id, version=row.version, status=status
    )
    tx.record(by, left)
    return row


async def return_inspector(tx: Tx, by: Actor, id: UUID) -> Inspector:
    """Takes an inspector back into service; the row waits for review, his account is opened anew by hand.

    Shortly after the end of service this undoes a slip: what was reviewed still is. A repeat answers the same.
    Raises NotFound, NotAllowed.
    """
    row = await held(tx, by, id)
    must_edit(by, row.jurisdiction_id, row.department_id)
    if row.status == "active":
        return row
    before = await version_before(tx.session, row, row.version, tx.now)
    slip = before is not None and before["status"] == "active"
    row.status, row.left_on, row.left_because = "active", None, None
    if not slip:
        row.review_state, row.review_reason = "changed", None
    await keep(tx, row)
    tx.record(by, events.InspectorReturned(jurisdiction_id=row.jurisdiction_id, inspector_id=id, version=row.version))
    return row

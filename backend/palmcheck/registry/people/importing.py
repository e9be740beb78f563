"""A file of inspectors goes in: good rows at once and all together, bad ones are told."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.permissions import Reach
from palmcheck.accounts.scope import reach_of
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.problems import TooLarge
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.registry.models import Inspector
from palmcheck.registry.people import events, inspectors
from palmcheck.registry.people.access import edits
from palmcheck.registry.people.staff_sheet import StaffSheet, read_staff
from palmcheck.registry.people.types import ImportReport, PersonFault, SaveInspector
from palmcheck.registry.people.versions import FIELDS

MOST_BYTES = 5_000_000


async def import_inspectors(tx: Tx, by: Actor, chunks: AsyncIterator[bytes]) -> ImportReport:
    """Enters and changes inspectors by their certificate numbers; the same file again changes nothing.

    A row that the clerk may not edit, or of somebody who has left, is a fault of the file. Raises TooLarge,
    PeopleFileUnreadable, PeopleFileLacksColumns; then nothing is in.
    """
    departments = await jurisdictions.departments(tx.session, by.jurisdiction_id)
    names = {each.name: id for id, each in departments.items()}
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        hashed, length = sha256(), 0
        async for chunk in chunks:
            length += len(chunk)
            if length > MOST_BYTES:
                raise TooLarge(field="body")
            hashed.update(chunk)
            await asyncio.to_thread(file.write, chunk)
        file.flush()
        own = by.department_id if reach_of(by, "inspector.edit") is Reach.DEPARTMENT else None
        sheet = await asyncio.to_thread(read_staff, Path(file.name), names, own)
    await tx.lock("inspectors", by.jurisdiction_id)
    report = await _enter(tx, by, sheet)
    if report.new or report.changed:
        tx.record(
            by,
            events.InspectorsImported(
                jurisdiction_id=by.jurisdiction_id,
                file_sha256=hashed.hexdigest(),
                new=report.new,
                changed=report.changed,
                unchanged=report.unchanged,
                bad=report.bad,
            ),
        )
    return report


async def _enter(tx: Tx, by: Actor, sheet: StaffSheet) -> ImportReport:
    rows = await tx.session.scalars(select(Inspector).where(Inspector.jurisdiction_id == by.jurisdiction_id))
    known = {row.certificate_number: row for row in rows}
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    faults = list(sheet.faults)
    for line, data in sheet.rows:
        wanted = inspectors.cleaned(data)
        row = known.get(wanted["certificate_number"])
        fault = _forbidden(by, line, data, row)
        if fault is not None:
            faults.append(fault)
        elif row is None:
            fresh = Inspector(
                jurisdiction_id=by.jurisdiction_id, id=new_id(), status="active", review_state="changed", version=0
            )
            await inspectors.write(tx, by, fresh, wanted, sorted(FIELDS))
            counts["new"] += 1
        elif changed := inspectors.changes(row, wanted):
            await inspectors.write(tx, by, row, wanted, changed)
            counts["changed"] += 1
        else:
            counts["unchanged"] += 1
    faults.sort(key=lambda each: each.line)
    return ImportReport(read=sheet.read, bad=len({each.line for each in faults}), faults=faults, **counts)


def _forbidden(by: Actor, line: int, data: SaveInspector, row: Inspector | None) -> PersonFault | None:
    homes: list[UUID] = [data.department_id] + ([row.department_id] if row is not None else [])
    if not all(edits(by, by.jurisdiction_id, home) for home in homes):
        return PersonFault(line, "department_id", "not_yours", data.name)
    if row is not None and row.status != "active":
        return PersonFault(line, "name", "left", data.name)
    return None

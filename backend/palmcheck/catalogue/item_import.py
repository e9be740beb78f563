"""A file of items against the list: new ones listed, changed ones amended, the rest left alone."""

from uuid import UUID

from sqlalchemy import select

from palmcheck.accounts.actor import Actor
from palmcheck.accounts.problems import NotAllowed
from palmcheck.catalogue.editing import amend_item, changed_fields, enter_item
from palmcheck.catalogue.item_files import ReadLine, read_items
from palmcheck.catalogue.models import CheckItem
from palmcheck.catalogue.problems import ChecklistUnknown, DepartmentUnknown, ItemRetired, RatioCapWrong, RatioOverCap
from palmcheck.catalogue.types import AmendItem, ItemFileReport
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import FileFault
from palmcheck.jurisdictions.versions import etag
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx

_FIELDS = {
    RatioCapWrong: ("ratio_cap", "cap_of_class"),
    RatioOverCap: ("ratio_cap", "ratio_over_cap"),
    ChecklistUnknown: ("checklist_code", "unknown_checklist"),
    DepartmentUnknown: ("joint_department_ids", "unknown_department"),
    NotAllowed: ("department_id", "not_yours"),
    ItemRetired: ("code", "retired"),
}


async def import_items(tx: Tx, by: Actor, content: bytes, reason: str) -> ItemFileReport:
    """Takes every usable line; the same file again changes nothing. Raises ItemFileUnreadable."""
    departments = await jurisdictions.departments(tx.session, by.jurisdiction_id)
    lines, faults = read_items(content, departments)
    rows = await tx.session.scalars(select(CheckItem).where(CheckItem.jurisdiction_id == by.jurisdiction_id))
    standing = {row.code: row.id for row in rows}
    counted = {"new": 0, "changed": 0, "unchanged": 0}
    for each in lines:
        try:
            counted[await _take(tx, by, each, standing.get(each.item.code), reason)] += 1
        except tuple(_FIELDS) as refused:
            field, rule = _FIELDS[type(refused)]
            faults.append(FileFault(each.line, field, rule, each.item.code))
    return ItemFileReport(**counted, faults=sorted(faults, key=lambda fault: (fault.line, fault.field)))


async def _take(tx: Tx, by: Actor, line: ReadLine, id: UUID | None, reason: str) -> str:
    if id is None:
        await enter_item(tx, by, new_id(), line.item)
        return "new"
    row = await tx.session.get_one(CheckItem, (by.jurisdiction_id, id))
    if not changed_fields(row, line.item):
        return "unchanged"
    await amend_item(tx, by, id, AmendItem(line.item, reason), etag(row.version))
    return "changed"

"""The 44 joint items as a demonstration jurisdiction lists them, and what its departments make of them."""

from functools import cache
from uuid import UUID

from palmcheck.catalogue import implementing, items
from palmcheck.catalogue import service as catalogue
from palmcheck.catalogue.items import JointItem
from palmcheck.catalogue.types import BreakDown, DrawUp, NewCheckItem
from palmcheck.demonstration.actors import past_actor
from palmcheck.demonstration.county import DEMONSTRATION
from palmcheck.demonstration.places import SHORT_NAMES
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx

METHODS = {"现": "on_site", "书": "written", "网": "online"}
NOT_BROKEN_DOWN, NOT_COMPLIANT = 11, 7
"""One in so many implementation items has no unit yet, or has not been found compliant."""


@cache
def joint_items() -> dict[str, JointItem]:
    """The items by code."""
    return {each.code: each for each in items.joint_items()}


def departments_of_item(item: JointItem) -> tuple[str, ...]:
    """Codes of all departments of an item, the lead's first."""
    return tuple(SHORT_NAMES[name] for name in (item.lead, *item.joint))


async def list_items(
    tx: Tx, jurisdiction_id: UUID, departments: dict[str, DepartmentRef], upper: dict[str, UUID]
) -> dict[str, UUID]:
    """Lists the items and answers their ids by code; those of the level above count as claimed from it."""
    ids: dict[str, UUID] = {}
    for item in joint_items().values():
        lead, *joint = (departments[code].id for code in departments_of_item(item))
        new = NewCheckItem(
            code=item.code,
            name=item.name,
            big_class=item.big_class,
            department_id=lead,
            item_class=item.item_class,
            basis="；".join(item.basis),
            method=METHODS[item.method[0]],
            ratio_cap=item.ratio_cap,
            area=item.area,
            target_range=item.target_range,
            method_note=item.method,
            ratios={str(risk): ratio for risk, ratio in item.ratios.items()},
            is_joint=True,
            joint_department_ids=joint,
            standards=item.standards,
            checklist_code=item.checklist,
            note=item.doubtful or "",
            upper_item_id=upper.get(item.code),
        )
        ids[item.code] = await catalogue.list_check_item(tx, DEMONSTRATION, jurisdiction_id, new)
    return ids


async def draw_up_items(
    tx: Tx, jurisdiction_id: UUID, departments: dict[str, DepartmentRef], item_ids: dict[str, UUID]
) -> None:
    """The leading departments' implementation items; a few are not broken down yet, a few not found compliant."""
    for number, (code, item_id) in enumerate(item_ids.items(), start=1):
        item = joint_items()[code]
        department = departments[SHORT_NAMES[item.lead]]
        by, id = past_actor(jurisdiction_id, department.id), new_id()
        said = DrawUp(item_id, department.id, "；".join(item.basis), item.target_range, item.name, item.method)
        await implementing.draw_up(tx, by, id, said, None)
        if number % NOT_BROKEN_DOWN == 0:
            continue
        await implementing.break_down(tx, by, id, BreakDown(f"{item.area}监管股"))
        if number % NOT_COMPLIANT:
            await implementing.mark_compliant(tx, by, id)

"""The 44 joint items as a demonstration jurisdiction lists them, and what its departments make of them."""

from functools import cache
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from palmcheck.catalogue import claiming, implementing, items, missing_items
from palmcheck.catalogue import service as catalogue
from palmcheck.catalogue.items import JointItem
from palmcheck.catalogue.types import BreakDown, DrawUp, NewCheckItem, ReportMissing
from palmcheck.demonstration.actors import NOBODY, past_actor, past_administrator
from palmcheck.demonstration.county import DEMONSTRATION
from palmcheck.demonstration.places import SHORT_NAMES
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx

METHODS = {"现": "on_site", "书": "written", "网": "online"}
NOT_DRAWN_UP, NOT_BROKEN_DOWN, NOT_COMPLIANT = 15, 11, 7
"""One in so many claimed items is not drawn up yet, has no unit yet, or has not been found compliant."""


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


CITYS_OWN = (
    ("SJ-01", "电动自行车销售质量监督检查", "产品质量", "general", "《产品质量法》第十五条", "电动自行车销售者", 500),
    ("SJ-02", "预包装食品标签监督检查", "食品销售安全", "key", "《食品安全法》第六十七条", "预包装食品经营者", None),
    (
        "SJ-03",
        "电梯维护保养单位监督检查",
        "特种设备安全",
        "key",
        "《特种设备安全法》第四十五条",
        "电梯维护保养单位",
        None,
    ),
)
"""Items of the city's market regulation alone, listed lately: its counties have yet to claim them."""
MISSING = (
    ("剧本娱乐场所安全检查", "《消防法》第十五条", "culture_tourism", "上级清单未列此类新业态，本县已有经营场所。"),
    ("宠物诊疗机构检查", "《动物防疫法》第六十一条", "agriculture", "群众投诉较多，清单中没有对应事项。"),
)


async def list_city_items(tx: Tx, jurisdiction_id: UUID, departments: dict[str, DepartmentRef]) -> None:
    """Lists what the city has beside the joint items."""
    for code, name, big_class, item_class, basis, target_range, cap in CITYS_OWN:
        new = NewCheckItem(
            code=code,
            name=name,
            big_class=big_class,
            department_id=departments["market_regulation"].id,
            item_class="key" if item_class == "key" else "general",
            basis=basis,
            method="on_site",
            ratio_cap=cap,
            area="市场监管",
            target_range=target_range,
        )
        await catalogue.list_check_item(tx, DEMONSTRATION, jurisdiction_id, new)


async def upper_items(session: AsyncSession, jurisdiction_id: UUID) -> dict[str, UUID]:
    """What the level above lists: ids by code."""
    by, cursor, found = past_actor(jurisdiction_id, NOBODY), None, dict[str, UUID]()
    while True:
        board = await claiming.claim_board(session, by, None, None, cursor)
        found |= {each.code: each.id for each in board.items}
        cursor = board.next
        if cursor is None:
            return found


async def report_missing_items(tx: Tx, jurisdiction_id: UUID, departments: dict[str, DepartmentRef]) -> None:
    """A county tells the city what its list lacks."""
    for name, basis, code, reason in MISSING:
        by = past_administrator(jurisdiction_id, departments[code].id)
        said = ReportMissing(departments[code].id, name, basis, reason)
        await missing_items.report_missing(tx, by, new_id(), said)


async def draw_up_items(
    tx: Tx, jurisdiction_id: UUID, departments: dict[str, DepartmentRef], item_ids: dict[str, UUID]
) -> None:
    """The leading departments' implementation items; a few are not there yet, not broken down, not found compliant."""
    for number, (code, item_id) in enumerate(item_ids.items(), start=1):
        if number % NOT_DRAWN_UP == 0:
            continue
        item = joint_items()[code]
        department = departments[SHORT_NAMES[item.lead]]
        by, id = past_administrator(jurisdiction_id, department.id), new_id()
        said = DrawUp(item_id, department.id, "；".join(item.basis), item.target_range, item.name, item.method)
        await implementing.draw_up(tx, by, id, said, None)
        if number % NOT_BROKEN_DOWN == 0:
            continue
        await implementing.break_down(tx, by, id, BreakDown(f"{item.area}监管股"))
        if number % NOT_COMPLIANT:
            await implementing.mark_compliant(tx, by, id)

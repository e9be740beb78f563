"""The county: departments, officers, accounts, an item with its checklist, a published plan with one joint task."""

import secrets
from datetime import date, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select

from palmcheck.accounts import service as accounts
from palmcheck.accounts.types import NewAccount, Role
from palmcheck.catalogue import service as catalogue
from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.types import NewCheckItem
from palmcheck.demonstration.targets import COUNTY_CODE, demonstration_targets
from palmcheck.jurisdictions import reads as jurisdiction_reads
from palmcheck.jurisdictions import service as jurisdictions
from palmcheck.jurisdictions.types import DepartmentRef, NewDepartment, NewJurisdiction
from palmcheck.kernel.clock import law_date
from palmcheck.kernel.events import SystemActor
from palmcheck.kernel.ids import new_id
from palmcheck.kernel.unit_of_work import Tx
from palmcheck.planning import service as planning
from palmcheck.planning.types import NewPlan, NewPlanTask, PlanTaskPartView
from palmcheck.registry import service as registry
from palmcheck.registry.types import NewInspector

DEMONSTRATION = SystemActor("demonstration")
RATIOS = {"A": 500, "B": 1000, "C": 1500, "D": 2000}
_OFFICERS = {
    "market_regulation": (("何知远", "he.zhiyuan"), ("林书平", "lin.shuping"), ("罗明川", "luo.mingchuan")),
    "health": (("宋怀安", "song.huaian"), ("梁景和", "liang.jinghe"), ("谢云舒", "xie.yunshu")),
}
_POSTS = {"market_regulation": "餐饮食品监督管理股", "health": "综合监督股"}


class DemoAccount(msgspec.Struct, frozen=True, omit_defaults=True):
    """A login of the demonstration; inspectors have a code to enrol one phone with."""

    role: Role
    department: str | None
    display_name: str
    username: str
    password: str
    enrolment_code: str | None = None


async def is_founded(tx: Tx) -> bool:
    """Whether the demonstration is loaded already."""
    rows = jurisdiction_reads.jurisdiction_rows.subquery()
    return await tx.session.scalar(select(rows.c.id).where(rows.c.code == COUNTY_CODE)) is not None


async def found_county(tx: Tx, form: Checklist | None = None) -> list[DemoAccount]:
    """Makes the county in one transaction and answers its logins; passwords are random and written nowhere else.

    `form`: the checklist of its one task; the catering form by default.
    """
    county = new_id()
    new = NewJurisdiction(
        county,
        COUNTY_CODE,
        "临江县",
        "county",
        (NewDepartment("market_regulation", "市场监督管理局"), NewDepartment("health", "卫生健康局")),
    )
    departments = {each.code: each for each in await jurisdictions.found_jurisdiction(tx, DEMONSTRATION, new)}
    await registry.enter_targets(tx, DEMONSTRATION, county, demonstration_targets())
    await _publish_plan(tx, county, departments, form or _catering_form())
    return await _open_accounts(tx, county, departments)


def _catering_form() -> Checklist:
    source = files("palmcheck.catalogue") / "checklists" / "CL-01.json"
    return msgspec.json.decode(source.read_bytes(), type=Checklist)


async def _publish_plan(tx: Tx, county: UUID, departments: dict[str, DepartmentRef], form: Checklist) -> None:
    checklist_id = await catalogue.publish_checklist(tx, DEMONSTRATION, county, form)
    item_id = await catalogue.list_check_item(
        tx,
        DEMONSTRATION,
        county,
        NewCheckItem(
            code="JC-01",
            name="许可、从业人员健康证明与加工制作",
            big_class="餐饮服务食品安全",
            department_id=departments["market_regulation"].id,
            item_class="key",
            basis="《食品安全法》第三十五条、第四十五条；《食品生产经营监督检查管理办法》第二十条",
            method="on_site",
        ),
    )
    today = law_date(tx.now)
    parts = tuple(
        PlanTaskPartView(departments[code].id, False, [item_id], checklist_id)
        for code in ("market_regulation", "health")
    )
    task = NewPlanTask(
        number=f"LJ-{today.year}-001",
        name="餐饮服务食品安全部门联合抽查",
        scope="joint",
        draw_kind="undirected",
        item_class="key",
        target_range="全县正常经营的餐饮服务经营者",
        target_industry="62",
        ratios=RATIOS,
        planned_draw_on=today,
        deadline=_deadline(today),
        parts=parts,
    )
    plan = NewPlan(
        today.year, f"LJ-{today.year}", f"临江县{today.year}年度部门联合“双随机、一公开”抽查工作计划", (task,)
    )
    await planning.publish_plan(tx, DEMONSTRATION, county, plan)


def _deadline(today: date) -> date:
    """30 November as the notices ask (S0); from mid-November on, 30 days from now so that the demonstration lives."""
    return max(date(today.year, 11, 30), today + timedelta(days=30))


async def _open_accounts(tx: Tx, county: UUID, departments: dict[str, DepartmentRef]) -> list[DemoAccount]:
    market = departments["market_regulation"]
    logins = [
        await _open(tx, county, "team_lead", market, "方一苇", "fang.yiwei"),
        await _open(tx, county, "auditor", None, "沈观澜", "shen.guanlan"),
        await _open(tx, county, "joint_office", market, "秦望舒", "qin.wangshu"),
        await _open(tx, county, "department_administrator", market, "许向晚", "xu.xiangwan"),
        await _open(tx, county, "department_administrator", departments["health"], "顾清和", "gu.qinghe"),
    ]
    number = 0
    for code, officers in _OFFICERS.items():
        for name, username in officers:
            number += 1
            new = NewInspector(
                department_id=departments[code].id,
                name=name,
                post=_POSTS[code],
                certificate_number=f"川{COUNTY_CODE}{number:05d}",
                certificate_expires_on=date(law_date(tx.now).year + 3, 12, 31),
            )
            inspector_id = await registry.enter_inspector(tx, DEMONSTRATION, county, new)
            logins.append(await _open(tx, county, "inspector", departments[code], name, username, inspector_id))
    return logins


async def _open(
    tx: Tx,
    county: UUID,
    role: Role,
    department: DepartmentRef | None,
    display_name: str,
    username: str,
    inspector_id: UUID | None = None,
) -> DemoAccount:
    password = secrets.token_urlsafe(9)
    new = NewAccount(username, display_name, password, (role,), department.id if department else None, inspector_id)
    account_id = await accounts.open_account(tx, DEMONSTRATION, county, new)
    code: str | None = None
    if inspector_id is not None:
        code = await accounts.issue_enrolment_code(tx, DEMONSTRATION, county, account_id)
    more: dict[str, Any] = {"enrolment_code": code} if code else {}
    return DemoAccount(role, department.name if department else None, display_name, username, password, **more)

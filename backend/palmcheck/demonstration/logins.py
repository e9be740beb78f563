"""Who can sign in to the large demonstration: few, for each password is hashed in earnest."""

import secrets
from typing import NamedTuple
from uuid import UUID

from palmcheck.accounts import service as accounts
from palmcheck.accounts.types import NewAccount, Role
from palmcheck.demonstration.county import DEMONSTRATION, DemoAccount
from palmcheck.demonstration.places import CITY, LINJIANG, YUNXI, Place
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.kernel.unit_of_work import Tx


class PlacedAccount(DemoAccount, frozen=True, omit_defaults=True):
    """A login with the jurisdiction that it is in, and how many visits an inspector has to make."""

    jurisdiction: str = ""
    open_visits: int = 0


class Login(NamedTuple):
    """A login to open; an inspector is found in the registry by his name."""

    place: Place
    role: Role
    department: str | None
    display_name: str
    username: str


LOGINS = (
    Login(LINJIANG, "team_lead", "market_regulation", "方一苇", "fang.yiwei"),
    Login(LINJIANG, "inspector", "market_regulation", "何知远", "he.zhiyuan"),
    Login(LINJIANG, "inspector", "market_regulation", "林书平", "lin.shuping"),
    Login(LINJIANG, "inspector", "market_regulation", "罗明川", "luo.mingchuan"),
    Login(LINJIANG, "inspector", "health", "宋怀安", "song.huaian"),
    Login(LINJIANG, "inspector", "health", "梁景和", "liang.jinghe"),
    Login(LINJIANG, "inspector", "health", "谢云舒", "xie.yunshu"),
    Login(LINJIANG, "joint_office", "market_regulation", "唐听雨", "tang.tingyu"),
    Login(LINJIANG, "auditor", None, "沈观澜", "shen.guanlan"),
    Login(LINJIANG, "department_administrator", "market_regulation", "许向晚", "xu.xiangwan"),
    Login(LINJIANG, "department_administrator", "health", "顾清和", "gu.qinghe"),
    Login(YUNXI, "joint_office", "market_regulation", "傅雪松", "fu.xuesong"),
    Login(YUNXI, "auditor", None, "温如言", "wen.ruyan"),
    Login(CITY, "joint_office", "market_regulation", "江照野", "jiang.zhaoye"),
    Login(CITY, "auditor", None, "陆行舟", "lu.xingzhou"),
)


def named_officers(place: Place) -> dict[str, tuple[str, ...]]:
    """The inspectors of a place who get logins, by department."""
    found: dict[str, tuple[str, ...]] = {}
    for login in LOGINS:
        if login.place == place and login.role == "inspector" and login.department:
            found[login.department] = (*found.get(login.department, ()), login.display_name)
    return found


async def open_login(
    tx: Tx, jurisdiction_id: UUID, login: Login, departments: dict[str, DepartmentRef], inspectors: dict[str, UUID]
) -> PlacedAccount:
    """Opens one account; an inspector gets a code to enrol one phone with."""
    password = secrets.token_urlsafe(9)
    department = departments[login.department] if login.department else None
    inspector_id = inspectors[login.display_name] if login.role == "inspector" else None
    new = NewAccount(
        login.username,
        login.display_name,
        password,
        (login.role,),
        department.id if department else None,
        inspector_id,
    )
    account_id = await accounts.open_account(tx, DEMONSTRATION, jurisdiction_id, new)
    code = None
    if inspector_id is not None:
        code = await accounts.issue_enrolment_code(tx, DEMONSTRATION, jurisdiction_id, account_id)
    return PlacedAccount(
        role=login.role,
        department=department.name if department else None,
        display_name=login.display_name,
        username=login.username,
        password=password,
        enrolment_code=code,
        jurisdiction=login.place.name,
    )

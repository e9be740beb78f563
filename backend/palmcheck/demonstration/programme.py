"""The year's tasks of the demonstration's places: what was drawn when, and what is still to come."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from palmcheck.catalogue.items import JointItem
from palmcheck.demonstration.general_form import GENERAL
from palmcheck.demonstration.items import departments_of_item, joint_items
from palmcheck.jurisdictions.types import DepartmentRef
from palmcheck.planning.types import NewPlanTask, PlanTaskPartView, PlanTaskState


class Outline(NamedTuple):
    """A task before it has dates. `draw_in`: days from today to its draw; `days`: from there to its deadline.

    `until`: how far its draw has come by today, if its day is not to come.
    """

    name: str
    items: tuple[str, ...]
    industry: str
    target_range: str
    draw_in: int
    days: int = 45
    method: str = "on_site"
    until: PlanTaskState = "issued"


THREAD = Outline("餐饮服务食品安全部门联合抽查", ("JC-01",), "62", "全县正常经营的餐饮服务经营者", 0, 30)
"""The task that is ready to be drawn: from the draw to the public page, by hand."""

TODAY = Outline("快餐饮品店食品安全部门联合抽查", ("JC-01",), "6239", "全县饮料及冷饮经营店", -5, 12)
"""The task that is being inspected now: its inspectors' phones have work today."""

OUTLINES: tuple[Outline, ...] = (
    Outline("学校食堂食品安全部门联合抽查", ("JC-04", "JC-05"), "8321", "全县小学食堂", -184),
    Outline("加油站与成品油部门联合抽查", ("JC-31", "JC-32", "JC-33"), "5265", "全县加油站", -172),
    Outline("房地产中介机构部门联合抽查", ("JC-22",), "7030", "全县房地产经纪、估价机构", -160),
    Outline("歌舞娱乐场所部门联合抽查", ("JC-20",), "9011", "全县歌舞娱乐场所", -148),
    Outline("农药经营部门联合抽查", ("JC-41",), "5167", "全县农药经营门店", -134),
    Outline("危险化学品生产企业部门联合抽查", ("JC-44",), "26", "全县危险化学品生产、储存企业", -120),
    Outline("上网服务场所部门联合抽查", ("JC-21",), "9013", "全县互联网上网服务营业场所", -106),
    Outline("特种设备使用单位部门联合抽查", ("JC-24",), "7020", "全县电梯使用管理单位", -92, 40),
    Outline("药品零售部门联合抽查", ("JC-11", "JC-12"), "5251", "全县零售药店、连锁门店", -78),
    Outline("人力资源服务机构部门联合抽查", ("JC-36",), "726", "职业中介、劳务派遣等经营性机构", -66, 40, "written"),
    Outline("校外培训机构部门联合抽查", ("JC-08", "JC-09"), "8393", "全县校外培训机构", -52),
    Outline("公共浴室卫生部门联合抽查", ("JC-26",), "8051", "全县公共浴室、洗浴场所", -44, 50),
    Outline("机动车驾驶员培训部门联合抽查", ("JC-30",), "8391", "全县驾驶员培训机构", -36, 45),
    Outline("旅馆业治安与卫生部门联合抽查", ("JC-14", "JC-15"), "6129", "全县旅馆、宾馆等住宿场所", -24, 28),
    Outline("机动车检验机构部门联合抽查", ("JC-17", "JC-18"), "7452", "全县机动车检验机构", -6, 40),
    TODAY,
    THREAD,
    Outline(
        "餐饮燃气与油烟部门联合抽查", ("JC-02", "JC-03"), "6210", "使用燃气、排放油烟的餐饮单位", -1, until="frozen"
    ),
    Outline("汽车维修危险废物部门联合抽查", ("JC-28",), "8111", "全县汽车维修产废单位", -2, until="drawn"),
    Outline("民办学校办学部门联合抽查", ("JC-07", "JC-06", "JC-10"), "832", "全县民办中小学校", 4),
    Outline("保安服务部门联合抽查", ("JC-13",), "7271", "全县保安服务公司", 5),
    Outline("企业公示信息部门联合抽查", ("JC-16",), "", "全县企业", 6, 40, "written"),
    Outline("影院部门联合抽查", ("JC-19",), "8760", "全县电影院", 7),
    Outline("统计数据质量部门联合抽查", ("JC-23",), "3", "规模以上工业企业", 8, 40, "written"),
    Outline(
        "医疗药品广告部门联合抽查", ("JC-25",), "7259", "全县广告经营、发布者", -3, 40, "online", until="published"
    ),
    Outline("排污许可与节能部门联合抽查", ("JC-27", "JC-29"), "30", "排污许可管理单位、重点用能单位", 10),
    Outline("劳动用工部门联合抽查", ("JC-34", "JC-35"), "33", "制造业用人单位", 12),
    Outline("建设领域工资支付部门联合抽查", ("JC-37",), "47", "在建工程总承包、分包单位", 14),
    Outline("道路客货运部门联合抽查", ("JC-39", "JC-40"), "54", "道路客运、危险货物运输企业", 16),
    Outline("报废机动车回收部门联合抽查", ("JC-38",), "5191", "报废机动车回收企业", 18),
    Outline("种子与兽药经营部门联合抽查", ("JC-43", "JC-42"), "5112", "种子、兽药经营者", 20),
)


CITY_OUTLINES: tuple[Outline, ...] = (
    Outline("市级企业公示信息部门联合抽查", ("JC-16",), "", "市级登记的企业", -48, 40, "written"),
    Outline("市级药品零售部门联合抽查", ("JC-11", "JC-12"), "5251", "市级登记的药品零售企业", -9, 30),
    Outline("市级旅馆业部门联合抽查", ("JC-14", "JC-15"), "61", "市级登记的旅馆、宾馆", 1, 40),
    Outline("市级成品油部门联合抽查", ("JC-31", "JC-32"), "5265", "市级登记的加油站", 6, 40),
    Outline("市级劳动用工部门联合抽查", ("JC-34", "JC-35"), "33", "市级登记的制造业用人单位", 13, 40),
    Outline("市级机动车检验机构部门联合抽查", ("JC-17", "JC-18"), "7452", "市级登记的机动车检验机构", 20, 40),
)

UNTIL: dict[str, PlanTaskState] = {each.name: each.until for each in (*OUTLINES, *CITY_OUTLINES)}
"""How far the draw of a task whose day has come is, by the task's name."""


def task_of(
    outline: Outline,
    number: str,
    today: date,
    departments: dict[str, DepartmentRef],
    item_ids: dict[str, UUID],
    checklist_ids: dict[str, UUID],
) -> NewPlanTask:
    """The task with its dates, departments and forms; each department has the items that it takes part in."""
    items = [joint_items()[code] for code in outline.items]
    first = items[0]
    form = checklist_ids.get(first.checklist or GENERAL, checklist_ids[GENERAL])
    draw_on = today + timedelta(days=outline.draw_in)
    parts = tuple(
        PlanTaskPartView(
            departments[code].id,
            False,
            [item_ids[each.code] for each in items if code in departments_of_item(each)],
            form,
        )
        for code in _departments(items)
    )
    return NewPlanTask(
        number=number,
        name=outline.name,
        scope="joint",
        draw_kind="undirected" if outline.industry in {"62", ""} else "directed",
        item_class=first.item_class,
        target_range=outline.target_range,
        target_industry=outline.industry,
        ratios={str(risk): ratio for risk, ratio in first.ratios.items()},
        planned_draw_on=draw_on,
        deadline=draw_on + timedelta(days=outline.days),
        parts=parts,
        method=outline.method,  # type: ignore[arg-type]
    )


def _departments(items: list[JointItem]) -> list[str]:
    """All departments of the items, the first item's lead first."""
    return list(dict.fromkeys(code for each in items for code in departments_of_item(each)))

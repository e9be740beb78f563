"""Twelve invented eating houses of the invented county 临江县, in the four credit-risk classes."""

from stdnum.cn import uscc

from palmcheck.registry.types import CreditRiskClass, Industry, NewTarget, Position, TargetKind

COUNTY_CODE = "510198"
MEALS = Industry("6210", "正餐服务")
FAST_FOOD = Industry("6220", "快餐服务")
DRINKS = Industry("6233", "饮料及冷饮服务")
DELIVERY = Industry("6242", "外卖送餐服务")

_ROWS: tuple[tuple[str, TargetKind, Industry, CreditRiskClass, str, str, float, float], ...] = (
    ("临江县沿河老灶火锅店", "individual_business", MEALS, "A", "赵守业", "沿河路18号", 30.6512, 103.9031),
    ("临江县青禾小馆", "individual_business", MEALS, "A", "钱青禾", "文昌街45号", 30.6534, 103.9078),
    ("临江县江月餐饮管理有限公司", "enterprise", MEALS, "A", "孙江月", "滨江大道102号", 30.6571, 103.9102),
    ("临江县一碗香面馆", "individual_business", FAST_FOOD, "A", "李一帆", "人民路7号", 30.6489, 103.9055),
    ("临江县巷子口面馆", "individual_business", FAST_FOOD, "B", "周向阳", "打铁巷3号", 30.6497, 103.9012),
    ("临江县福满楼餐饮有限公司", "enterprise", MEALS, "B", "吴福满", "人民路66号", 30.6502, 103.9064),
    ("临江县晨光早餐店", "individual_business", FAST_FOOD, "B", "郑晨光", "车站街12号", 30.6455, 103.8998),
    ("临江县绿源农家菜专业合作社", "cooperative", MEALS, "B", "王绿源", "青石镇田坝村2组", 30.6821, 103.8703),
    ("临江县好时光饮品店", "individual_business", DRINKS, "C", "冯时光", "学府路29号", 30.6558, 103.9133),
    ("临江县蜀味鲜快餐店", "individual_business", FAST_FOOD, "C", "陈蜀川", "工业园区二路8号", 30.6402, 103.9210),
    ("临江县百味集体用餐配送有限公司", "enterprise", DELIVERY, "D", "褚百川", "工业园区四路1号", 30.6391, 103.9247),
    ("临江县老码头烧烤店", "individual_business", MEALS, "D", "卫江涛", "码头街5号", 30.6523, 103.8987),
)
_REGISTERED_AS = {"enterprise": "91", "individual_business": "92", "cooperative": "93"}


def demonstration_targets() -> list[NewTarget]:
    """The twelve, with valid credit codes; positions are WGS-84."""
    return [
        NewTarget(
            name=name,
            kind=kind,
            address=f"临江县{address}",
            industry=industry,
            credit_risk_class=risk,
            credit_code=_credit_code(kind, number),
            legal_representative=person,
            position=Position(latitude, longitude),
        )
        for number, (name, kind, industry, risk, person, address, latitude, longitude) in enumerate(_ROWS, start=1)
    ]


def _credit_code(kind: TargetKind, number: int) -> str:
    body = f"{_REGISTERED_AS[kind]}{COUNTY_CODE}MA{number:06d}X"
    return body + uscc.calc_check_digit(body)

"""A file of many invented targets, the same for the same number."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from stdnum.cn import uscc

HEADER = ("企业名称", "主体类型", "统一社会信用代码", "法定代表人", "住所（经营场所）", "纬度", "经度", "行业代码",
          "行业名称", "登记状态", "信用风险分类")  # fmt: skip
KINDS = {"有限责任公司": "91", "个体工商户": "92", "农民专业合作社": "93"}
INDUSTRIES = (("6210", "正餐服务"), ("6220", "快餐服务"), ("5211", "百货零售"), ("5226", "药品零售"), ("8610", "美容"))
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳娜秀英敏静丽强磊军洋勇艳杰涛"
BRANDS = "鑫源福满楼晨光绿野青禾江月沿河老灶一碗香百味好时光蜀味鲜天府锦城安居乐业宏达兴盛恒昌瑞和"
ENDINGS = ("餐饮店", "商行", "大药房", "食品有限公司", "种植专业合作社", "超市", "美容院")
STREETS = ("人民路", "滨江大道", "文昌街", "打铁巷", "学府路", "车站街")


def rows(count: int) -> Iterator[list[str]]:
    """Rows under the header."""
    chance = random.Random(1)
    for number in range(count):
        kind, prefix = chance.choice(list(KINDS.items()))
        body = f"{prefix}510198MA{number:07d}"
        industry, industry_name = chance.choice(INDUSTRIES)
        yield [
            f"临江县{''.join(chance.choices(BRANDS, k=4))}{chance.choice(ENDINGS)}",
            kind,
            body + uscc.calc_check_digit(body),
            chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)),
            f"临江县{chance.choice(STREETS)}{chance.randint(1, 999)}号",
            f"{30 + chance.random():.6f}",
            f"{103 + chance.random():.6f}",
            industry,
            industry_name,
            "存续",
            chance.choice("ABCD"),
        ]


def write_csv(path: Path, count: int) -> None:
    """UTF-8 without BOM."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count))

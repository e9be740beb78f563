"""Which column of a file is which field: header names in Chinese and English, read tolerantly. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

REQUIRED = ("name", "kind", "address", "industry_code", "credit_risk_class")
"""Without these columns a file is refused; the others may lack."""

HEADERS: dict[str, tuple[str, ...]] = {
    "name": ("名称", "检查对象名称", "对象名称", "企业名称", "单位名称", "主体名称", "市场主体名称", "经营主体名称",
             "企业(机构)名称", "name"),
    "kind": ("类型", "主体类型", "对象类型", "企业类型", "市场主体类型", "经营主体类型", "kind", "type"),
    "credit_code": ("统一社会信用代码", "社会信用代码", "信用代码", "统一代码", "credit_code", "creditcode", "uscc"),
    "registration_number": ("注册号", "工商注册号", "营业执照注册号", "registration_number"),
    "legal_representative": ("法定代表人", "法人", "法人代表", "负责人", "经营者", "法定代表人(负责人)",
                             "legal_representative"),
    "address": ("地址", "住所", "经营场所", "经营地址", "注册地址", "住所(经营场所)", "生产经营地址", "address"),
    "latitude": ("纬度", "latitude", "lat"),
    "longitude": ("经度", "longitude", "lng", "lon"),
    "industry_code": ("行业代码", "行业编码", "国民经济行业代码", "industry_code"),
    "industry_name": ("行业", "行业名称", "所属行业", "行业类别", "industry", "industry_name"),
    "status": ("状态", "登记状态", "经营状态", "存续状态", "主体状态", "status"),
    "credit_risk_class": ("信用风险分类", "信用风险等级", "信用风险分类等级", "风险等级", "信用等级",
                          "credit_risk_class", "risk_class"),
    "external_system": ("来源系统", "原系统", "external_system"),
    "external_id": ("来源编号", "原系统编号", "外部编号", "external_id"),
    "responsible_code": ("责任主体代码", "责任主体信用代码", "责任主体统一社会信用代码", "所属企业代码",
                         "责任单位代码", "responsible_code"),
    "responsible_name": ("责任主体", "责任主体名称", "所属企业", "责任单位", "生产经营主体", "responsible_name"),
    "departments": ("监管部门", "涉及部门", "相关部门", "departments"),
}  # fmt: skip
"""Field -> how its column may be called; the first name is that of the template."""

_FIELD_OF = {name: field for field, names in HEADERS.items() for name in names}
_NOISE = re.compile(r"[\s*＊:：_\u200b\ufeff]+")
_REMARK = re.compile(r"[(\[【].*$")


@dataclass(frozen=True)
class Header:
    """What a header row says: the place of each field, the columns nobody knows, and names that stand twice."""

    places: dict[str, int]
    ignored: tuple[str, ...]
    repeated: tuple[str, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Required columns that lack, by their template names."""
        return tuple(HEADERS[field][0] for field in REQUIRED if field not in self.places)


def field_of(title: str) -> str | None:
    """The field that a column title means: full-width letters, spaces, stars and remarks in brackets do not matter."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", title)).lower()
    return _FIELD_PLAIN.get(plain) or _FIELD_PLAIN.get(_REMARK.sub("", plain))


_FIELD_PLAIN = {_NOISE.sub("", name).lower(): field for name, field in _FIELD_OF.items()}


def read_header(cells: Sequence[str]) -> Header | None:
    """The header that a row is, or None if it is none: a header names the targets and one field more."""
    places: dict[str, int] = {}
    ignored: list[str] = []
    repeated: list[str] = []
    for place, cell in enumerate(cells):
        field = field_of(cell)
        if field is None:
            ignored += [cell.strip()[:40]] if cell.strip() else []
        elif field in places:
            repeated.append(cell.strip()[:40])
        else:
            places[field] = place
    if len(places) < 2 or ("name" not in places and "credit_code" not in places):
        return None
    return Header(places, tuple(ignored), tuple(repeated))

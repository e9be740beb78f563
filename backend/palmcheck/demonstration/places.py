"""The invented city 临江市, the two counties below it, and their member bodies (domain.md section 4)."""

from typing import NamedTuple

from palmcheck.demonstration.targets import COUNTY_CODE
from palmcheck.jurisdictions.types import NewDepartment


class Place(NamedTuple):
    """A jurisdiction to found; `latitude` and `longitude` of its seat (WGS-84 degrees).

    `letters`: what its plan numbers begin with.
    """

    code: str
    name: str
    latitude: float
    longitude: float
    letters: str


CITY = Place("519900", "临江市", 30.66, 103.95, "LJS")
LINJIANG = Place(COUNTY_CODE, "临江县", 30.652, 103.906, "LJ")
YUNXI = Place("510199", "云溪县", 30.871, 104.212, "YX")
COUNTIES = (LINJIANG, YUNXI)

MEMBER_BODIES: dict[str, str] = {
    "market_regulation": "市场监督管理局",
    "health": "卫生健康局",
    "public_security": "公安局",
    "education": "教育局",
    "human_resources": "人力资源和社会保障局",
    "ecological_environment": "生态环境局",
    "housing": "住房和城乡建设局",
    "transport": "交通运输局",
    "agriculture": "农业农村局",
    "commerce": "商务局",
    "culture_tourism": "文化广播电视和旅游局",
    "emergency": "应急管理局",
    "development_reform": "发展和改革局",
    "taxation": "税务局",
    "statistics": "统计局",
}
"""Code to name, the lead office's department first."""

SHORT_NAMES: dict[str, str] = {
    "市场监管": "market_regulation",
    "卫健": "health",
    "公安": "public_security",
    "教育": "education",
    "人社": "human_resources",
    "生态环境": "ecological_environment",
    "住建": "housing",
    "交通运输": "transport",
    "农业农村": "agriculture",
    "商务": "commerce",
    "文体广电旅游": "culture_tourism",
    "应急": "emergency",
    "发展改革": "development_reform",
    "税务": "taxation",
    "统计": "statistics",
}
"""Departments as lists of items name them."""


def departments_of(place: Place) -> tuple[NewDepartment, ...]:
    """The member bodies of a place; in a county the ecological environment is a branch of the city's bureau."""
    names = dict(MEMBER_BODIES)
    if place != CITY:
        names["ecological_environment"] = f"{CITY.name}{place.name.removesuffix('县')}生态环境局"
    return tuple(NewDepartment(code, name) for code, name in names.items())

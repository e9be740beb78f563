"""The inspectors of a demonstration place: the named officers with logins, and colleagues to a full house."""

from datetime import date, timedelta
from random import Random
from typing import Literal, NamedTuple, TypeAlias

from palmcheck.demonstration import words
from palmcheck.demonstration.places import CITY, MEMBER_BODIES, Place

HEADS = {
    "market_regulation": 36,
    "health": 16,
    "public_security": 16,
    "education": 8,
    "human_resources": 10,
    "ecological_environment": 9,
    "housing": 9,
    "transport": 9,
    "agriculture": 10,
    "commerce": 5,
    "culture_tourism": 8,
    "emergency": 8,
    "development_reform": 2,
    "taxation": 2,
    "statistics": 2,
}
"""150 a county, 300 in both."""
CITY_HEADS = dict.fromkeys(HEADS, 2) | {"market_regulation": 6, "health": 4, "public_security": 4}
SOON_PERCENT = 5
POSTS = {
    "market_regulation": (
        "餐饮食品监督管理股",
        "药品医疗器械监管股",
        "特种设备安全监察股",
        "信用监督管理股",
        "市场监管所",
    ),
    "health": ("综合监督股", "卫生监督所"),
    "public_security": ("治安管理大队", "派出所"),
    "education": ("监督股", "校外教育培训监管股"),
}


StaffKind: TypeAlias = Literal["enforcement", "qualified", "daily_supervision"]
KINDS: tuple[StaffKind, ...] = ("enforcement", "qualified", "daily_supervision")


class Officer(NamedTuple):
    """An inspector to enter; `leaves` names how his service ended, if it did."""

    department: str
    name: str
    post: str
    certificate_number: str
    certificate_expires_on: date
    staff_kind: StaffKind
    leaves: str | None
    region: str


def officers_of(place: Place, today: date, seed: int, named: dict[str, tuple[str, ...]]) -> list[Officer]:
    """All inspectors of a place, the named ones first in their departments; nobody's name is there twice.

    Of the others one in twelve has an expired certificate, one in fifteen does daily supervision only, and one in
    twenty has been transferred or retired: none of these is ever drawn (R2). A few certificates run out soon.
    """
    random = Random(f"{seed}/{place.code}/staff")
    taken = {name for names in named.values() for name in names}
    found: list[Officer] = []
    heads = CITY_HEADS if place == CITY else HEADS
    for department in MEMBER_BODIES:
        for place_in_department in range(heads[department]):
            names = named.get(department, ())
            if place_in_department < len(names):
                found.append(_officer(place, department, names[place_in_department], len(found), today, None))
            else:
                found.append(_officer(place, department, _free_name(taken, random), len(found), today, random))
    return found


def _officer(place: Place, department: str, name: str, number: int, today: date, random: Random | None) -> Officer:
    posts = POSTS.get(department, ("行政执法股", "综合执法大队"))
    expires = date(today.year + 3, 12, 31)
    kind: StaffKind = "enforcement"
    leaves: str | None = None
    if random is not None:
        expires = today + timedelta(days=random.randint(120, 1600))
        if random.random() < 1 / 12:
            expires = today - timedelta(days=random.randint(230, 500))
        elif random.randrange(100) < SOON_PERCENT:
            expires = today + timedelta(days=random.randint(9, 55))
        kind = random.choices(KINDS, weights=(75, 18, 7))[0]
        leaves = random.choices((None, "transferred", "retired"), weights=(95, 3, 2))[0]
    region = words.TOWNS[place.code][number % len(words.TOWNS[place.code])] if number % 3 == 0 else ""
    post = posts[number % len(posts)] if random is not None else posts[0]
    return Officer(department, name, post, f"川{place.code}{number + 1:05d}", expires, kind, leaves, region)


def _free_name(taken: set[str], random: Random) -> str:
    while True:
        name = random.choice(words.SURNAMES) + random.choice(words.GIVEN_FIRST) + random.choice(words.GIVEN_SECOND)
        if name not in taken:
            taken.add(name)
            return name

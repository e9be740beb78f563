"""The targets of a demonstration county: the same seed makes the same ones, row for row."""

from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import Literal, TypeAlias

from msgspec import structs
from stdnum.cn import uscc

from palmcheck.demonstration import words
from palmcheck.demonstration.industries import TRADES, Trade
from palmcheck.demonstration.places import Place
from palmcheck.registry.types import CreditRiskClass, Industry, NewTarget, Position, TargetKind

Status: TypeAlias = Literal["operating", "deregistered", "revoked", "moved"]
RISK_SHARES: dict[CreditRiskClass, int] = {"A": 60, "B": 25, "C": 11, "D": 4}
STATUS_SHARES: dict[Status, int] = {"operating": 920, "deregistered": 55, "revoked": 15, "moved": 10}
KINDS: tuple[TargetKind, ...] = ("enterprise", "individual_business", "cooperative")
REGISTERED_AS = {"enterprise": "91", "individual_business": "92", "cooperative": "93"}
COMPANY_ENDS = ("有限公司", "有限公司", "有限公司", "有限责任公司")
WITHOUT_POSITION = 0.04
TWICE = 750
"""Of so many rows one is another's again, with its name and address and without a code: duplicates to be found."""
IN_THE_SEAT = 0.45
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SERIAL_DIGITS, SERIAL_STEP = 5, 7919


def targets_of(place: Place, count: int, seed: int) -> Iterator[NewTarget]:
    """`count` targets of a county with valid credit codes and positions around its towns; a few are there twice."""
    random = Random(f"{seed}/{place.code}/targets")
    trades = random.choices(TRADES, cum_weights=list(accumulate(trade.share for trade in TRADES)), k=count)
    towns = _towns(place, random)
    taken: set[str] = set()
    before: NewTarget | None = None
    for number, trade in enumerate(trades):
        if before is not None and number % TWICE == TWICE - 1:
            yield structs.replace(before, credit_code=None, position=None)
            continue
        before = _target(place, number, trade, towns, taken, random)
        yield before


def _target(
    place: Place, number: int, trade: Trade, towns: dict[str, Position], taken: set[str], random: Random
) -> NewTarget:
    kind = random.choices(KINDS, weights=trade.kinds)[0]
    town = next(iter(towns)) if random.random() < IN_THE_SEAT else random.choice(list(towns))
    person = random.choice(words.SURNAMES) + random.choice(words.GIVEN_FIRST) + random.choice(words.GIVEN_SECOND)
    status = random.choices(list(STATUS_SHARES), weights=list(STATUS_SHARES.values()))[0]
    return NewTarget(
        name=_free_name(place, kind, trade, town, taken, random),
        kind=kind,
        address=_address(place, town, random),
        industry=Industry(trade.code, trade.name),
        credit_risk_class=random.choices(list(RISK_SHARES), weights=list(RISK_SHARES.values()))[0],
        credit_code=credit_code(kind, place.code, number),
        legal_representative=person,
        position=None if random.random() < WITHOUT_POSITION else _near(towns[town], 0.008, random),
        status=status,
    )


def _towns(place: Place, random: Random) -> dict[str, Position]:
    """The seat first, the other towns some kilometres around it."""
    seat = Position(place.latitude, place.longitude)
    first, *others = words.TOWNS[place.code]
    return {first: seat} | {town: _near(seat, 0.09, random) for town in others}


def _near(centre: Position, spread: float, random: Random) -> Position:
    return Position(
        round(random.gauss(centre.latitude, spread), 6), round(random.gauss(centre.longitude, spread * 1.15), 6)
    )


def _free_name(place: Place, kind: TargetKind, trade: Trade, town: str, taken: set[str], random: Random) -> str:
    """A name that nobody in the county has yet; a full trade gets longer names, as it does in life."""
    tries = 0
    while True:
        tries += 1
        name = _name(place, kind, trade, town if tries > 2 else "", random, syllables=2 if tries < 6 else 3)
        if name not in taken:
            taken.add(name)
            return name


def _name(place: Place, kind: TargetKind, trade: Trade, town: str, random: Random, syllables: int) -> str:
    brand = random.choice(words.BRAND_FIRST) + random.choice(words.BRAND_SECOND)
    if syllables > 2:
        brand += random.choice(words.BRAND_SECOND)
    if trade.code.startswith("83"):
        return f"{place.name}{town}{brand}{random.choice(trade.company)}"
    if kind == "individual_business" and trade.shop:
        if random.random() < 0.2:
            brand = random.choice(("老", "小", "阿")) + random.choice(words.SURNAMES) + random.choice(("家", "记"))
        return f"{place.name}{town}{brand}{random.choice(trade.shop)}"
    if kind == "cooperative":
        return f"{place.name}{town or random.choice(words.TOWNS[place.code])}{brand}{trade.company[0]}专业合作社"
    end = random.choice(COMPANY_ENDS)
    return f"{place.name}{town}{brand}{random.choice(trade.company)}{end}"


def _address(place: Place, town: str, random: Random) -> str:
    if town == words.TOWNS[place.code][0]:
        return f"{place.name}{town}{random.choice(words.ROADS)}{random.randint(1, 398)}号"
    if random.random() < 0.5:
        return f"{place.name}{town}{random.choice(words.VILLAGES)}{random.randint(1, 12)}组{random.randint(1, 160)}号"
    return f"{place.name}{town}{random.choice(words.ROADS[:18])}{random.randint(1, 260)}号"


def credit_code(kind: TargetKind, county_code: str, number: int) -> str:
    """A valid unified social credit code (GB 32100-2015), its own for each number below 31^5 in a county."""
    left, serial = number * SERIAL_STEP % 31**SERIAL_DIGITS, ""
    for _ in range(SERIAL_DIGITS):
        left, digit = divmod(left, 31)
        serial = ALPHABET[digit] + serial
    body = REGISTERED_AS[kind] + county_code + _with_org_check("MA6" + serial)
    return body + uscc.calc_check_digit(body)


def _with_org_check(organisation: str) -> str:
    """The organisation's eight characters with their own check character (GB 11714)."""
    total = sum(int(character, 36) * weight for character, weight in zip(organisation, ORG_WEIGHTS, strict=True))
    return organisation + "0123456789X"[(11 - total % 11) % 11]

"""What a cell must be: cleaning and checking, a column at a time, because a million rows pay for every call. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from operator import mul

Report = Callable[[int, str, str], None]
"""Takes the place of the row in its batch, the rule that it breaks, and the value as found."""

CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WORTH = {letter: worth for worth, letter in enumerate(CODE_LETTERS)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CREDIT_CODE = re.compile(rf"[{CODE_LETTERS}]{{2}}[0-9]{{6}}[{CODE_LETTERS}]{{10}}")
_CREDIT_CODE_LENGTH = 18
_SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+?[0-9]+")
_REGISTRATION = re.compile(r"[0-9]{13}|[0-9]{15}")
_INDUSTRY = re.compile(r"[A-T]?([0-9]{2,4})")
_SPACES = re.compile(r"\s+")
_ERRORS = frozenset({"#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#GETTING_DATA"})
_JOINER = "\u200d"
_DEPARTMENTS = re.compile(r"[、,，;；/|\s]+")

KINDS = (("个体", "individual_business"), ("合作社", "cooperative"), ("公司", "enterprise"), ("企业", "enterprise"),
         ("enterprise", "enterprise"), ("individual_business", "individual_business"),
         ("cooperative", "cooperative"), ("分支机构", "enterprise"), ("厂", "enterprise"), ("产品", "product"),
         ("项目", "project"), ("行为", "behaviour"), ("product", "product"), ("project", "project"),
         ("behaviour", "behaviour"))  # fmt: skip
THINGS = frozenset({"product", "project", "behaviour"})
"""Kinds that do not answer for themselves: they name a responsible entity (S1 一(四))."""
STATUSES = (("注销", "deregistered"), ("吊销", "revoked"), ("撤销", "revoked"), ("迁出", "moved"),
            ("存续", "operating"), ("在业", "operating"), ("开业", "operating"), ("在营", "operating"),
            ("正常", "operating"), ("登记成立", "operating"), ("deregistered", "deregistered"), ("revoked", "revoked"),
            ("moved", "moved"), ("operating", "operating"))  # fmt: skip
"""The first word that a value contains decides: 吊销 comes before 正常. 「吊销，未注销」 is revoked all the same."""
LONGEST = {"name": 200, "address": 300, "legal_representative": 100, "industry_name": 100, "external_system": 60,
           "external_id": 100, "responsible_name": 200}  # fmt: skip


def tidied(value: str) -> str:
    """Text on one line: line breaks and runs of spaces become one space, control and invisible characters go."""
    kept = (each for each in value if each == _JOINER or each.isspace() or unicodedata.category(each)[0] != "C")
    return _SPACES.sub(" ", "".join(kept)).strip()


def clean_text(values: Sequence[str], field: str, report: Report) -> list[str]:
    """Free text. Rules: required is the caller's; too_long, formula_error are told here."""
    longest, cleaned = LONGEST[field], []
    for at, found in enumerate(values):
        value = found
        if not (value.isprintable() and value[:1] != " " and value[-1:] != " "):
            value = tidied(value)
        if len(value) > longest:
            report(at, "too_long", value)
            value = value[:longest]
        elif value[:1] == "#" and value in _ERRORS:
            report(at, "formula_error", value)
        cleaned.append(value)
    return cleaned


def plain_code(value: str) -> str:
    """A code as it was meant: half-width, upper case, without spaces and without the apostrophe of spreadsheets."""
    if value.isascii() and value.isalnum():
        return value.upper()
    narrow = unicodedata.normalize("NFKC", value)
    return "".join(each for each in narrow if not each.isspace() and unicodedata.category(each)[0] != "C").strip(
        "'’‘`\"="
    ).upper()  # fmt: skip


def codes_in(line: str) -> list[str]:
    """Credit codes in a line that cannot be read otherwise."""
    return [each for each in _CREDIT_CODE.findall(line.upper()) if is_credit_code(each)]


def is_credit_code(code: str) -> bool:
    """Whether a unified social credit code checks out (GB 32100-2015); the same answer as stdnum, ten times faster."""
    if _CREDIT_CODE.fullmatch(code) is None:
        return False
    total = sum(map(mul, map(_WORTH.__getitem__, code[:17]), _WEIGHTS))
    return CODE_LETTERS[-total % 31] == code[17]


def clean_codes(
    credit_codes: Sequence[str], numbers: Sequence[str], report: Report, report_number: Report
) -> tuple[list[str], list[str]]:
    """Credit codes and registration numbers; an old number in the column of the codes goes where it belongs."""
    codes, others = [], []
    for at, (found, number) in enumerate(zip(credit_codes, numbers, strict=True)):
        code = plain_code(found) if found else ""
        other = plain_code(number) if number else ""
        if len(code) == _CREDIT_CODE_LENGTH and is_credit_code(code):
            pass
        elif not code or code in {"无", "-", "NULL", "/"}:
            code = ""
        elif _REGISTRATION.fullmatch(code) and other in {"", code}:
            code, other = "", code
        else:
            report(at, "code_as_number" if _SCIENTIFIC.fullmatch(code) else "credit_code", found)
        if other and other in {"无", "-", "NULL", "/"}:
            other = ""
        elif other and _REGISTRATION.fullmatch(other) is None:
            report_number(at, "code_as_number" if _SCIENTIFIC.fullmatch(other) else "registration_number", number)
        codes.append(code)
        others.append(other)
    return codes, others


def responsible_code(found: str) -> str | None:
    """The credit code or old number of a responsible entity; empty if there is none, None if it is neither."""
    code = plain_code(found) if found else ""
    if not code or code in {"无", "-", "NULL", "/"}:
        return ""
    good = len(code) == _CREDIT_CODE_LENGTH and is_credit_code(code)
    return code if good or _REGISTRATION.fullmatch(code) else None


class Words:
    """A column of few different values: each is judged once. An unknown one is a fault under `rule`."""

    def __init__(self, rule: str, judge: Callable[[str], str | None], empty: str | None) -> None:
        self._rule, self._judge, self._empty = rule, judge, empty
        self._known: dict[str, str | None] = {}

    def clean(self, values: Sequence[str], report: Report) -> list[str]:
        """The values as the registry has them."""
        known, cleaned = self._known, []
        for at, found in enumerate(values):
            if found not in known:
                known[found] = self._judged(found)
            value = known[found]
            if value is None:
                report(at, self._rule if found.strip() else "required", found)
            cleaned.append(value or "")
        return cleaned

    def _judged(self, found: str) -> str | None:
        plain = unicodedata.normalize("NFKC", tidied(found))
        return self._judge(plain) if plain else self._empty


def worded(words: Sequence[tuple[str, str]]) -> Callable[[str], str | None]:
    """Judges by the first word that a value contains."""
    return lambda value: next((meant for word, meant in words if word in value.lower()), None)


def risk_class(value: str) -> str | None:
    """A to D, also as 「A类」, 「B 级」."""
    letter = value.upper().removesuffix("类").removesuffix("级").strip()
    return letter if letter in {"A", "B", "C", "D"} else None


def industry_code(value: str) -> str | None:
    """Two to four digits of GB/T 4754, the letter of the section dropped."""
    found = _INDUSTRY.fullmatch(value.upper().replace(" ", ""))
    return found[1] if found else None


def departments(known: Mapping[str, str]) -> Callable[[str], str | None]:
    """Names or codes of departments as an array literal of their ids; None if one is unknown."""

    def judge(value: str) -> str | None:
        ids = {known.get(each) for each in _DEPARTMENTS.split(value) if each}
        return None if None in ids else "{" + ",".join(sorted(each for each in ids if each)) + "}"

    return judge


def clean_positions(latitudes: Sequence[str], longitudes: Sequence[str], report: Report) -> tuple[list[str], list[str]]:
    """WGS-84 degrees within China and its waters, both or none."""
    north, east = [], []
    for at, (found_north, found_east) in enumerate(zip(latitudes, longitudes, strict=True)):
        latitude, longitude = found_north, found_east
        if latitude or longitude:
            latitude, longitude, rule = _position(latitude, longitude)
            if rule:
                report(at, rule, f"{found_north} {found_east}".strip())
        north.append(latitude)
        east.append(longitude)
    return north, east


def _position(latitude: str, longitude: str) -> tuple[str, str, str | None]:
    latitude, longitude = (unicodedata.normalize("NFKC", tidied(each)) for each in (latitude, longitude))
    if not latitude and not longitude:
        return "", "", None
    try:
        north, east = float(latitude), float(longitude)
    except ValueError:
        return "", "", "position"
    if 3 <= east <= 54 and 73 <= north <= 136:
        return "", "", "position_swapped"
    if not (3 <= north <= 54 and 73 <= east <= 136):
        return "", "", "position"
    return repr(north), repr(east), None

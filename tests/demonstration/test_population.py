"""The generated targets and inspectors: the same seed, the same rows; valid, plausible, all different."""

from collections import Counter
from datetime import date

import msgspec
import pytest
from stdnum.cn import uscc

from palmcheck.demonstration.items import departments_of_item, joint_items
from palmcheck.demonstration.logins import named_officers
from palmcheck.demonstration.places import CITY, LINJIANG, MEMBER_BODIES, YUNXI, Place, departments_of
from palmcheck.demonstration.population import ORG_WEIGHTS, targets_of
from palmcheck.demonstration.programme import OUTLINES
from palmcheck.demonstration.staff import officers_of
from palmcheck.kernel.canonical import digest
from palmcheck.registry.types import NewTarget

TODAY = date(2026, 11, 23)


def digest_of(targets: list[NewTarget]) -> str:
    return digest(msgspec.to_builtins(targets))


@pytest.fixture(scope="module")
def targets() -> list[NewTarget]:
    return list(targets_of(LINJIANG, 6_000, seed=7))


def test_the_same_seed_makes_the_same_targets(targets: list[NewTarget]) -> None:
    assert digest_of(list(targets_of(LINJIANG, 6_000, seed=7))) == digest_of(targets)
    assert digest_of(list(targets_of(LINJIANG, 6_000, seed=8))) != digest_of(targets)


def test_every_code_checks_out_and_is_the_only_one(targets: list[NewTarget]) -> None:
    codes = [each.credit_code for each in targets if each.credit_code]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert uscc.is_valid(code)
        organisation, check = code[8:16], code[16]
        total = sum(int(c, 36) * w for c, w in zip(organisation, ORG_WEIGHTS, strict=True))
        assert check == "0123456789X"[(11 - total % 11) % 11]


def test_two_counties_share_no_code(targets: list[NewTarget]) -> None:
    others = {each.credit_code for each in targets_of(YUNXI, 1_000, seed=7)} - {None}
    assert others.isdisjoint(each.credit_code for each in targets)


def test_names_are_all_different_and_of_this_county(targets: list[NewTarget]) -> None:
    names = [each.name for each in targets if each.credit_code]
    assert len(set(names)) == len(names)
    assert all(each.name.startswith("临江县") and each.address.startswith("临江县") for each in targets)


def test_a_few_are_there_twice_to_be_found_as_duplicates(targets: list[NewTarget]) -> None:
    known = {(each.name, each.address) for each in targets if each.credit_code}
    again = [each for each in targets if each.credit_code is None]
    assert 0 < len(again) < len(targets) / 500
    assert all((each.name, each.address) in known for each in again)


def test_shares_are_those_of_a_real_county(targets: list[NewTarget]) -> None:
    def share(of: Counter[str], key: str) -> float:
        return of[key] / len(targets)

    risk: Counter[str] = Counter(each.credit_risk_class for each in targets)
    assert 0.23 < share(risk, "B") < 0.27
    assert 0.58 < share(risk, "A") < 0.62
    assert 0.09 < share(risk, "C") < 0.13
    assert 0.03 < share(risk, "D") < 0.05
    status: Counter[str] = Counter(each.status for each in targets)
    assert 0.9 < share(status, "operating") < 0.94
    assert status["deregistered"] > status["revoked"] > 0
    kind: Counter[str] = Counter(each.kind for each in targets)
    assert kind["individual_business"] > kind["enterprise"] > kind["cooperative"] > 0


def test_positions_lie_around_the_county_seat(targets: list[NewTarget]) -> None:
    known = [each.position for each in targets if each.position]
    assert 0.93 < len(known) / len(targets) < 0.98
    for each in known:
        assert abs(each.latitude - LINJIANG.latitude) < 0.6
        assert abs(each.longitude - LINJIANG.longitude) < 0.6


def test_every_task_finds_its_trade_in_a_county_of_full_size() -> None:
    trades = Counter(each.industry.code for each in targets_of(YUNXI, 30_000, seed=7) if each.status == "operating")
    for outline in OUTLINES:
        assert sum(count for code, count in trades.items() if code.startswith(outline.industry)) > 0, outline.name


@pytest.mark.parametrize("place", [LINJIANG, YUNXI])
def test_a_hundred_and_fifty_inspectors_with_names_of_their_own(place: Place) -> None:
    named = named_officers(place)
    officers = officers_of(place, TODAY, 7, named)
    assert officers == officers_of(place, TODAY, 7, named)
    assert len(officers) == len({each.name for each in officers}) == 150
    assert len({each.certificate_number for each in officers}) == 150
    assert {each.department for each in officers} == set(MEMBER_BODIES)
    assert any(each.certificate_expires_on < TODAY for each in officers)
    assert {each.leaves for each in officers} == {None, "transferred", "retired"}
    for department, names in named.items():
        mine = [each for each in officers if each.department == department and each.name in names]
        assert [each.name for each in mine] == list(names)
        assert all(each.certificate_expires_on > TODAY and each.leaves is None for each in mine)


def test_the_items_are_44_and_every_one_is_in_a_task() -> None:
    items = joint_items()
    assert len(items) == 44
    assert {code for outline in OUTLINES for code in outline.items} == set(items)
    for item in items.values():
        assert set(departments_of_item(item)) <= set(MEMBER_BODIES)
        assert (item.ratio_cap is None) == (item.item_class == "key")  # R6


def test_the_city_has_a_bureau_and_a_county_its_branch() -> None:
    assert {"生态环境局", "临江市临江生态环境局"} <= {d.name for p in (CITY, LINJIANG) for d in departments_of(p)}

"""Who visits the drawn targets: what always holds of scattered matching (R3, R5, R21)."""

from collections import Counter, defaultdict
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from palmcheck.draws.entropy import draw_key
from palmcheck.draws.matching import (
    InspectorLeaf,
    Participation,
    Recusal,
    Seat,
    inspector_order,
    match_scattered,
    shortages,
)
from palmcheck.draws.selection import Ranked

DRAW = draw_key([bytes(32)], UUID(int=1))
HEALTH, MARKET = Participation("health"), Participation("market_regulation")


def named(label: str) -> bytes:
    return sha256(label.encode()).digest()


class Case(Struct, frozen=True):
    visits: tuple[Ranked, ...]
    participations: tuple[Participation, ...]
    inspectors: tuple[InspectorLeaf, ...]
    recusals: frozenset[Recusal]

    def seats(self) -> tuple[Seat, ...]:
        return match_scattered(DRAW, self.visits, self.participations, self.inspectors, self.recusals)

    def eligible(self, visit: bytes, department: str) -> set[bytes]:
        staff = {each.leaf for each in self.inspectors if each.department == department}
        return {leaf for leaf in staff if Recusal(visit, leaf) not in self.recusals}


def visits(count: int) -> tuple[Ranked, ...]:
    return tuple(Ranked("s", named(f"target {n}"), named(f"rank {n}"), n + 1) for n in range(count))


def staff(department: str, count: int) -> tuple[InspectorLeaf, ...]:
    return tuple(InspectorLeaf(department, named(f"{department} {n}")) for n in range(count))


@st.composite
def cases(draw: st.DrawFn, recusing: bool = True) -> Case:
    codes = draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True, min_size=1))
    participations = tuple(Participation(code, draw(st.booleans())) for code in codes)
    inspectors = tuple(each for code in codes for each in staff(code, draw(st.integers(0, 5))))
    given_visits = visits(draw(st.integers(0, 8)))
    pairs = [Recusal(visit.leaf, each.leaf) for visit in given_visits for each in inspectors]
    recusals = draw(st.frozensets(st.sampled_from(pairs))) if recusing and pairs else frozenset()
    return Case(given_visits, participations, inspectors, recusals)


def by_part(seats: tuple[Seat, ...]) -> dict[tuple[bytes, str], list[Seat]]:
    parts: defaultdict[tuple[bytes, str], list[Seat]] = defaultdict(list)
    for seat in seats:
        parts[seat.visit, seat.department].append(seat)
    return parts


@given(case=cases())
def test_every_department_has_its_seats_in_every_visit(case: Case) -> None:
    parts = by_part(case.seats())
    wanted = {(visit.leaf, part.department): part.seats for visit in case.visits for part in case.participations}
    assert {part: [seat.seat for seat in seats] for part, seats in parts.items()} == {
        part: list(range(1, count + 1)) for part, count in wanted.items()
    }


def test_two_inspectors_enforce_and_one_assists() -> None:
    assert Participation("a").seats == 2
    assert Participation("a", assists=True).seats == 1


@given(case=cases())
def test_nobody_is_seated_twice_in_a_visit_or_for_another_department_or_recused(case: Case) -> None:
    for (visit, department), seats in by_part(case.seats()).items():
        seated = [seat.inspector for seat in seats if seat.inspector is not None]
        assert len(set(seated)) == len(seated)
        assert set(seated) <= case.eligible(visit, department)


@given(case=cases())
def test_a_seat_is_vacant_only_when_nobody_eligible_is_left(case: Case) -> None:
    for (visit, department), seats in by_part(case.seats()).items():
        filled = min(len(seats), len(case.eligible(visit, department)))
        assert [seat.inspector is not None for seat in seats] == [True] * filled + [False] * (len(seats) - filled)


@given(case=cases(recusing=False))
def test_loads_differ_by_one_at_most_when_all_are_eligible(case: Case) -> None:
    loads = Counter(seat.inspector for seat in case.seats())
    for part in case.participations:
        counts = [loads[each.leaf] for each in case.inspectors if each.department == part.department]
        assert not counts or max(counts) - min(counts) <= 1


@given(case=cases())
def test_each_seat_takes_the_lowest_load_then_the_lowest_order(case: Case) -> None:
    """Replays the seats as answered: no step could have taken anybody before the one it took."""
    loads: Counter[bytes] = Counter()
    seated: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for seat in case.seats():
        if seat.inspector is None:
            continue
        free = case.eligible(seat.visit, seat.department) - seated[seat.visit]
        ways = {leaf: (loads[leaf], inspector_order(DRAW, seat.department, seat.visit, leaf)) for leaf in free}
        assert ways[seat.inspector] == min(ways.values())
        loads[seat.inspector] += 1
        seated[seat.visit].add(seat.inspector)


@given(case=cases())
def test_visits_with_less_choice_come_first_then_lower_ranks(case: Case) -> None:
    order = list(dict.fromkeys(seat.visit for seat in case.seats()))
    ranks = {visit.leaf: visit.rank for visit in case.visits}
    choice = {
        visit.leaf: sum(len(case.eligible(visit.leaf, part.department)) for part in case.participations)
        for visit in case.visits
    }
    keys = [(choice[visit], ranks[visit]) for visit in order]
    assert keys == sorted(keys)


@given(case=cases(), data=st.data())
def test_the_order_of_the_inputs_changes_nothing(case: Case, data: st.DataObject) -> None:
    shuffled = Case(
        tuple(data.draw(st.permutations(case.visits))),
        tuple(data.draw(st.permutations(case.participations))),
        tuple(data.draw(st.permutations(case.inspectors))),
        case.recusals,
    )
    assert shuffled.seats() == case.seats()


@given(case=cases())
def test_a_department_does_not_depend_on_strangers(case: Case) -> None:
    with_strangers = Case(case.visits, case.participations, case.inspectors + staff("elsewhere", 3), case.recusals)
    assert with_strangers.seats() == case.seats()


@given(case=cases())
def test_shortages_before_the_draw_foretell_the_vacancies(case: Case) -> None:
    """If the whole pool is visited, each target counted as short has a vacancy, and no other."""
    vacant: defaultdict[str, set[bytes]] = defaultdict(set)
    for seat in case.seats():
        if seat.inspector is None:
            vacant[seat.department].add(seat.visit)
    found = shortages((v.leaf for v in case.visits), case.participations, case.inspectors, case.recusals)
    assert {each.department: each.targets for each in found} == {code: len(leaves) for code, leaves in vacant.items()}
    assert [each.department for each in found] == sorted(vacant)
    for each in found:
        fewest = min(len(case.eligible(visit.leaf, each.department)) for visit in case.visits)
        assert each.available == fewest < each.needed


def test_a_recusal_of_a_target_outside_the_pool_is_no_shortage() -> None:
    recusals = {Recusal(named("elsewhere"), each.leaf) for each in staff("health", 2)}
    assert shortages([named("target 0")], [HEALTH], staff("health", 2), recusals) == ()


def test_what_is_given_twice_is_refused() -> None:
    one, people = visits(1), staff("health", 2)
    with pytest.raises(ValueError, match="department"):
        match_scattered(DRAW, one, [HEALTH, Participation("health", assists=True)], people)
    with pytest.raises(ValueError, match="twice"):
        match_scattered(DRAW, one + one, [HEALTH], people)
    with pytest.raises(ValueError, match="twice"):
        match_scattered(DRAW, one, [HEALTH, MARKET], (*people, InspectorLeaf("market_regulation", people[0].leaf)))

"""Who visits the drawn targets: scattered matching (R3, R5, R21).

A department that enforces sends two inspectors, one that assists sends one. The frozen pool holds only inspectors
who may be drawn at all (active, certified: R2); an inspector is *eligible* for a visit if his department takes part
and he does not recuse himself from the target.

1. Visits are ordered by (number of eligible inspectors of all departments at the start, rank of the target):
   where there is least choice, the choice is made first.
2. In that order each visit's seats are filled: departments by code, seat 1 before seat 2. A seat takes, among the
   eligible of its department who do not yet sit in this visit, the lowest (load, order), where the load is the number
   of seats that the inspector already has in this draw, and
   order = HMAC-SHA256(K, "palmcheck/draw/v1/inspector" || 0x00 || len(B) || B || len(draw id) || draw id ||
   len(department) || department code || visit leaf || inspector leaf), framed as `entropy` says. The visit leaf is the
   target's pool leaf. Seat 1 leads the department's part.
3. Nothing is taken back: a seat that nobody can take stays a visible vacancy (None).

There is no cap on the load, so a vacancy appears exactly where fewer are eligible than there are seats.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct

from palmcheck.draws.entropy import DrawKey
from palmcheck.draws.leaves import refuse_bad_leaves
from palmcheck.draws.selection import Ranked

INSPECTOR_LABEL = "palmcheck/draw/v1/inspector"


class Participation(Struct, frozen=True):
    """A department in the joint check, by its code; it enforces unless it is set to assist."""

    department: str
    assists: bool = False

    @property
    def seats(self) -> int:
        """Inspectors a visit: two where the department enforces (R3), one where it assists."""
        return 1 if self.assists else 2


class InspectorLeaf(Struct, frozen=True):
    """One inspector of the frozen pool as the draw sees him: department code and leaf, no name."""

    department: str
    leaf: bytes


class Recusal(Struct, frozen=True):
    """This inspector does not visit this target (R21); both by their pool leaves."""

    target: bytes
    inspector: bytes


def frozen(recusals: AbstractSet[Recusal]) -> list[list[str]]:
    """How a draw keeps its recusals: pairs of leaves in hex, in one order whatever the set's."""
    return sorted([each.target.hex(), each.inspector.hex()] for each in recusals)


def thawed(pairs: Iterable[Sequence[str]]) -> frozenset[Recusal]:
    """The recusals that a draw keeps."""
    return frozenset(Recusal(bytes.fromhex(target), bytes.fromhex(inspector)) for target, inspector in pairs)


class Seat(Struct, frozen=True):
    """One place in a visit, numbered from 1 in its department; `inspector` None is a vacancy."""

    visit: bytes
    department: str
    seat: int
    inspector: bytes | None


class Shortage(Struct, frozen=True):
    """A department that cannot fill every visit: `needed` a visit, `available` in the worst case, `targets` concerned.

    `available` is the fewest eligible inspectors that any target of the pool has there, `targets` the number of
    targets with fewer than `needed`.
    """

    department: str
    needed: int
    available: int
    targets: int


def inspector_order(draw: DrawKey, department: str, visit: bytes, inspector: bytes) -> bytes:
    """The order of an inspector for a seat of one visit among equal loads, 32 bytes: the lowest is seated."""
    mac = draw.keyed(INSPECTOR_LABEL, department)
    mac.update(visit + inspector)
    return mac.digest()


def match_scattered(
    draw: DrawKey,
    visits: Iterable[Ranked],
    participations: Iterable[Participation],
    inspectors: Iterable[InspectorLeaf],
    recusals: AbstractSet[Recusal] = frozenset(),
) -> tuple[Seat, ...]:
    """Fill the seats of every drawn target; answers them in the order in which they were filled.

    The order of the inputs does not matter. Inspectors of departments that do not take part are left out.
    Raises ValueError for a department, a visit or an inspector given twice.
    """
    departments = _by_department(participations, inspectors)
    given = list(visits)
    refuse_bad_leaves([each.leaf for each in given])
    recused = _by_target(recusals)
    eligible = {each.leaf: _without(departments, recused.get(each.leaf, set())) for each in given}
    loads: Counter[bytes] = Counter()
    seats: list[Seat] = []
    for visit in sorted(given, key=lambda each: (sum(map(len, eligible[each.leaf].values())), each.rank, each.leaf)):
        for part, candidates in eligible[visit.leaf].items():
            seats += _fill(draw, visit.leaf, part, candidates, loads)
    return tuple(seats)


def shortages(
    targets: Iterable[bytes],
    participations: Iterable[Participation],
    inspectors: Iterable[InspectorLeaf],
    recusals: AbstractSet[Recusal] = frozenset(),
) -> tuple[Shortage, ...]:
    """What is known before the draw: departments, by code, that would leave a seat vacant for some target of the pool.

    `targets` are the leaves of the whole target pool. Raises ValueError as `match_scattered` does.
    """
    pool = set(targets)
    recused = {target: staff for target, staff in _by_target(recusals).items() if target in pool}
    found = []
    for part, members in _by_department(participations, inspectors).items():
        # How many targets have how many eligible inspectors. Only those with a recusal differ from the rest, so a
        # pool of a million costs nothing here.
        available = Counter(len(members) - len(staff.intersection(members)) for staff in recused.values())
        available[len(members)] += len(pool) - len(recused)
        short = sum(targets for count, targets in available.items() if count < part.seats)
        if short:
            found.append(Shortage(part.department, part.seats, min(+available), short))
    return tuple(found)


def _by_department(
    participations: Iterable[Participation], inspectors: Iterable[InspectorLeaf]
) -> dict[Participation, list[bytes]]:
    """The inspectors of each department that takes part, departments by code."""
    parts = sorted(participations, key=lambda each: each.department)
    if len({part.department for part in parts}) != len(parts):
        raise ValueError("a department was given twice")
    pool = list(inspectors)
    refuse_bad_leaves([each.leaf for each in pool])
    return {part: [each.leaf for each in pool if each.department == part.department] for part in parts}


def _by_target(recusals: AbstractSet[Recusal]) -> Mapping[bytes, set[bytes]]:
    """The inspectors who recuse themselves from each target."""
    recused: defaultdict[bytes, set[bytes]] = defaultdict(set)
    for each in recusals:
        recused[each.target].add(each.inspector)
    return recused


def _without(
    departments: Mapping[Participation, list[bytes]], recused: AbstractSet[bytes]
) -> dict[Participation, list[bytes]]:
    """The eligible inspectors of one visit, by department."""
    return {part: [leaf for leaf in members if leaf not in recused] for part, members in departments.items()}


def _fill(
    draw: DrawKey, visit: bytes, part: Participation, candidates: Sequence[bytes], loads: Counter[bytes]
) -> list[Seat]:
    """Fill one department's seats in one visit, and count the loads."""
    free = list(candidates)
    seats = []
    for number in range(1, part.seats + 1):
        taken = _lowest(draw, visit, part.department, free, loads)
        if taken is not None:
            free.remove(taken)
            loads[taken] += 1
        seats.append(Seat(visit, part.department, number, taken))
    return seats


def _lowest(draw: DrawKey, visit: bytes, department: str, free: Sequence[bytes], loads: Counter[bytes]) -> bytes | None:
    """The free inspector with the lowest (load, order), or None if there is none."""
    if not free:
        return None
    least = min(loads[leaf] for leaf in free)
    tied = [leaf for leaf in free if loads[leaf] == least]
    return min(tied, key=lambda leaf: inspector_order(draw, department, visit, leaf))

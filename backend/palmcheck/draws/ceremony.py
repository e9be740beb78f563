"""The draw itself over frozen rows: selection, matching, receipt. No clock and no database."""

import secrets
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from palmcheck.draws.entropy import DrawKey, draw_key
from palmcheck.draws.leaves import SALT_BYTES, PoolLeaf, leaf_of, receipt_order
from palmcheck.draws.matching import InspectorLeaf, Participation, match_scattered, thawed
from palmcheck.draws.models import Draw, DrawInspector, DrawTarget
from palmcheck.draws.selection import Ranked, Selection, select


class Outcome(Struct, frozen=True):
    """What a draw brought: how many, the rows of the seats, and the receipt's leaves in their order."""

    drawn: int
    seats: list[dict[str, Any]]
    receipt: list[bytes]


def run(draw: Draw, pool: Sequence[DrawTarget], staff: Sequence[DrawInspector]) -> Outcome:
    """Draws, and writes rank and place into the pool's rows."""
    key = draw_key([draw.k1], draw.id)
    quota = {stratum["code"]: stratum["quota"] for stratum in draw.strata}
    leaves = [PoolLeaf(row.stratum, row.leaf) for row in pool]
    selection = select(key, leaves, quota, reserve=draw.reserve_size)
    by_leaf = {row.leaf: row for row in pool}
    _place(selection, by_leaf)
    seats = _seats(draw, key, selection.drawn, by_leaf, staff)
    return Outcome(len(selection.drawn), seats, _receipt(key, draw, [by_leaf[each.leaf] for each in selection.drawn]))


def _place(selection: Selection, by_leaf: dict[bytes, DrawTarget]) -> None:
    for place, ranked in (("drawn", selection.drawn), ("reserve", selection.reserve)):
        for each in ranked:
            row = by_leaf[each.leaf]
            row.rank, row.place, row.position = each.rank, place, each.position


def _seats(
    draw: Draw,
    key: DrawKey,
    visits: Sequence[Ranked],
    by_leaf: dict[bytes, DrawTarget],
    staff: Sequence[DrawInspector],
) -> list[dict[str, Any]]:
    homes = {each["code"]: UUID(each["id"]) for each in draw.departments}
    parts = [Participation(each["code"], each["assists_only"]) for each in draw.departments]
    inspectors = {row.leaf: row.inspector_id for row in staff}
    pool = [InspectorLeaf(row.entry["department"], row.leaf) for row in staff]
    return [
        {
            "jurisdiction_id": draw.jurisdiction_id,
            "draw_id": draw.id,
            "target_id": by_leaf[seat.visit].target_id,
            "department_id": homes[seat.department],
            "seat": seat.seat,
            "inspector_id": inspectors[seat.inspector] if seat.inspector else None,
        }
        for seat in match_scattered(key, visits, parts, pool, thawed(draw.recusals))
    ]


def _receipt(key: DrawKey, draw: Draw, drawn: Sequence[DrawTarget]) -> list[bytes]:
    """The receipt's leaves: salts of their own, so that a record can prove "drawn" without showing its stratum."""
    leaves = []
    for row in drawn:
        row.receipt_salt = secrets.token_bytes(SALT_BYTES)
        entry = {
            "schema": "palmcheck/draw/v1/drawn",
            "draw_id": str(draw.id),
            "target_id": str(row.target_id),
        }
        leaves.append(leaf_of(row.receipt_salt, entry))
    return receipt_order(key.key, leaves)

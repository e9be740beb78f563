"""Freezing: what the pools' entries say, and how targets are put into strata. Pure but for fresh salts."""

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import Struct

from palmcheck.draws.leaves import SALT_BYTES, leaf_of
from palmcheck.draws.quotas import Stratum, quotas
from palmcheck.registry.types import InspectorRef, TargetView


class PoolEntry(Struct, frozen=True):
    """An entry of a frozen pool with its salt and leaf; `group` is the stratum or the department's code."""

    id: UUID
    group: str
    entry: dict[str, Any]
    salt: bytes
    leaf: bytes


def opaque_codes(labels: Sequence[str]) -> dict[str, str]:
    """A random code for each stratum of one draw: the credit risk class behind it is internal."""
    codes: set[str] = set()
    while len(codes) < len(labels):
        codes.add(secrets.token_hex(4))
    return dict(zip(labels, codes, strict=True))


def target_pool(draw_id: UUID, targets: Sequence[TargetView], codes: Mapping[str, str]) -> list[PoolEntry]:
    """The frozen targets, each in the stratum of its credit risk class (R7)."""
    return [
        _entry(
            target.id,
            codes[target.credit_risk_class],
            {
                "schema": "palmcheck/draw/v1/target",
                "draw_id": str(draw_id),
                "target_id": str(target.id),
                "name": target.name,
                "credit_code": target.credit_code,
            },
        )
        for target in targets
    ]


def inspector_pool(
    draw_id: UUID, inspectors: Sequence[InspectorRef], department_codes: Mapping[UUID, str]
) -> list[PoolEntry]:
    """The frozen inspectors, each under his department's code."""
    return [
        _entry(
            inspector.id,
            department_codes[inspector.department_id],
            {
                "schema": "palmcheck/draw/v1/inspector",
                "draw_id": str(draw_id),
                "inspector_id": str(inspector.id),
                "department": department_codes[inspector.department_id],
            },
        )
        for inspector in inspectors
    ]


def strata_of(
    targets: Sequence[TargetView], ratios: Mapping[str, int], codes: Mapping[str, str], *, minimum_one: bool
) -> list[dict[str, Any]]:
    """The strata with pool, ratio (1/10,000) and quota, by label; classes without a ratio are not drawn from."""
    sizes = Counter(target.credit_risk_class for target in targets)
    strata = [Stratum(codes[label], sizes.get(label, 0), ratio) for label, ratio in sorted(ratios.items())]  # type: ignore[call-overload]
    counts = quotas(strata, minimum_one=minimum_one)
    labels = {code: label for label, code in codes.items()}
    return [
        {"code": s.code, "label": labels[s.code], "pool": s.pool, "ratio": s.ratio, "quota": counts[s.code]}
        for s in strata
    ]


def _entry(id: UUID, group: str, entry: dict[str, Any]) -> PoolEntry:
    salt = secrets.token_bytes(SALT_BYTES)
    return PoolEntry(id, group, entry, salt, leaf_of(salt, entry))

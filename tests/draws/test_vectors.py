"""The shared vectors: as generated, and recomputed by a script that uses the standard library alone."""

import hmac
import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from palmcheck.draws.vectors import draw_vectors

FILE = Path(__file__).parents[2] / "schemas" / "vectors" / "draw.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def ranked(case: dict[str, Any], label: str, scope: str, leaves: str) -> str:
    """The documented framing, without any code of the application."""
    fields = [bytes.fromhex(case["public_value"]), UUID(case["draw_id"]).bytes, scope.encode()]
    framed = b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    message = f"palmcheck/draw/v1/{label}".encode() + b"\x00" + framed + bytes.fromhex(leaves)
    return hmac.new(bytes.fromhex(case["key"]), message, sha256).hexdigest()


def test_the_file_is_what_the_generator_writes() -> None:
    assert json.loads(json.dumps(draw_vectors())) == VECTORS, "run python -m palmcheck.draws.vectors"


def test_the_file_is_byte_for_byte_the_command_s_output() -> None:
    assert FILE.read_text("utf-8") == json.dumps(draw_vectors(), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("case", VECTORS["keys"])
def test_keys_by_the_standard_library(case: dict[str, Any]) -> None:
    secrets = sorted(map(bytes.fromhex, case["secrets"]), key=lambda secret: sha256(secret).digest())
    extracted = hmac.digest(bytes(32), b"".join(secrets), "sha256")
    assert hmac.digest(extracted, UUID(case["draw_id"]).bytes + b"\x01", "sha256").hex() == case["key"]
    assert [sha256(bytes.fromhex(secret)).hexdigest() for secret in case["secrets"]] == case["commitments"]


@pytest.mark.parametrize("case", VECTORS["leaves"])
def test_leaves_by_the_standard_library(case: dict[str, Any]) -> None:
    canonical = json.dumps(case["entry"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert sha256(b"\x00" + bytes.fromhex(case["salt"]) + canonical).hexdigest() == case["leaf"]


@pytest.mark.parametrize("case", VECTORS["ranks"])
def test_ranks_by_the_standard_library(case: dict[str, Any]) -> None:
    assert ranked(case, "target", case["stratum"], case["leaf"]) == case["rank"]


@pytest.mark.parametrize("case", VECTORS["inspector_orders"])
def test_inspector_orders_by_the_standard_library(case: dict[str, Any]) -> None:
    assert ranked(case, "inspector", case["department"], case["visit"] + case["inspector"]) == case["order"]


@pytest.mark.parametrize("case", VECTORS["selections"])
def test_selections_by_the_standard_library(case: dict[str, Any]) -> None:
    drawn, reserve = [], []
    for stratum, quota in sorted(case["quotas"].items()):
        leaves = [each["leaf"] for each in case["pool"] if each["stratum"] == stratum]
        ordered = sorted(leaves, key=lambda leaf: ranked(case, "target", stratum, leaf))
        drawn += ordered[:quota]
        reserve += ordered[quota : quota + case["reserve_size"]]
    assert [each["leaf"] for each in case["drawn"]] == drawn
    assert [each["leaf"] for each in case["reserve"]] == reserve


@pytest.mark.parametrize("case", VECTORS["receipts"])
def test_receipts_by_the_standard_library(case: dict[str, Any]) -> None:
    def place(leaf: str) -> bytes:
        message = b"palmcheck/draw/v1/receipt\x00" + bytes.fromhex(leaf)
        return hmac.digest(bytes.fromhex(case["key"]), message, "sha256")

    assert sorted(case["leaves"], key=place) == case["ordered"]


def test_the_vectors_have_vacancies_shortages_bounds_and_a_public_value() -> None:
    """A twin that passes has met the hard cases."""
    assert any(seat["inspector"] is None for case in VECTORS["matchings"] for seat in case["seats"])
    assert any(case["shortages"] for case in VECTORS["matchings"])
    assert any(case["at_most"] is not None for case in VECTORS["quotas"])
    assert {bool(case["public_value"]) for case in VECTORS["selections"]} == {True, False}

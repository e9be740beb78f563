"""The rules of the on-site record: on the vectors that the phone's twin is held to, and by their properties."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis.strategies import booleans, dictionaries, lists, none, sampled_from

from palmcheck.inspections.on_site_rules import NEEDS, OUTCOME_CODES, Need, lacking, result_code
from palmcheck.inspections.on_site_types import OutcomeKind
from palmcheck.inspections.types import SubmitBody

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "schemas" / "vectors" / "on_site.json").read_text("utf-8")
)
BASE: dict[str, Any] = VECTORS["base"]
OFFICERS = {each.inspector_id for each in msgspec.convert(BASE, SubmitBody).officer_signatures}
PHOTO = BASE["photos"][0]["id"]
WITNESS = {"name": "邻居", "role": "", "strokes": [[1, 2, 3, 4]], "signed_at": BASE["left_at"]}
TRY = [{"at": f"2026-11-2{day}T02:00:00Z", "way": "phone", "note": ""} for day in (1, 2)]
EVIDENCE: dict[Need, dict[str, Any]] = {
    "note": {"note": "说明"},
    "photo": {"photo_ids": [PHOTO]},
    "position": {"no_position_because": "denied"},
    "witness": {"witness": WITNESS},
    "attempts": {"attempts": TRY},
}


def body(**change: Any) -> SubmitBody:
    return msgspec.convert(BASE | change, SubmitBody)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_rules_say_what_the_vector_says(case: dict[str, Any]) -> None:
    record = body(**case["change"])

    found = lacking(record, OFFICERS, case["consequences"], case["attempts"])

    assert [[each.field, each.rule] for each in found] == case["lacks"]
    assert result_code(record.outcome, case["consequences"], record.problems) == case["result_code"]


def test_the_vectors_meet_every_rule_and_every_kind() -> None:
    rules = {rule for case in VECTORS["cases"] for _, rule in case["lacks"]}
    assert rules == {
        *("photo", "position", "note", "witness", "attempts", "not_asked", "party", "rights", "certificates"),
        *("words", "due", "question", "twice"),
    }
    assert VECTORS["outcome_codes"] == OUTCOME_CODES


@given(kind=sampled_from(sorted(NEEDS)), given_=dictionaries(sampled_from(sorted(EVIDENCE)), none()), met=booleans())
def test_an_outcome_is_proven_exactly_when_all_that_its_kind_needs_is_there(
    kind: OutcomeKind, given_: dict[Need, None], met: bool
) -> None:
    bare: dict[str, Any] = {
        "note": None,
        "photo_ids": [],
        "position": None,
        "no_position_because": None,
        "witness": None,
    }
    outcome: dict[str, Any] = {"kind": kind, "attempts": [], "registry_doubt": False} | bare
    for need in given_:
        outcome |= EVIDENCE[need]
    record = body(outcome=outcome, party=BASE["party"] if met else None)

    found = {each.rule for each in lacking(record, OFFICERS, [], 2)}

    witnessed = {"witness"} if "photo" in given_ else set()  # a photo stands for a witness
    assert found == set(NEEDS[kind]) - set(given_) - witnessed


@given(
    suggested=dictionaries(sampled_from("abcd"), sampled_from(["on_the_spot", "order_to_correct", "case", None])),
    handled=lists(sampled_from(["on_the_spot", "order_to_correct", "case"]), max_size=3),
)
def test_a_problem_never_makes_a_result_milder_than_a_problem(
    suggested: dict[str, str | None], handled: list[str]
) -> None:
    free: list[dict[str, Any]] = [
        {"id": f"019aa7c0-0000-7000-8000-{n:012d}", "question_key": None, "what": "问题", "handling": handling,
         "due_on": None, "photo_ids": []}
        for n, handling in enumerate(handled)
    ]  # fmt: skip
    code = result_code(None, suggested, body(problems=free).problems)

    decided = [*handled, *(each for each in suggested.values() if each)]
    assert (code == "no_problem_found") is (not decided)
    assert (code == "awaiting_follow_up") is ("case" in decided)

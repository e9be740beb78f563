"""The rules on the vectors that the phone's twin is held to as well."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklist_rules import photo_questions, validate, visible_questions
from palmcheck.catalogue.checklists import shipped_checklist
from palmcheck.catalogue.result_codes import RESULT_SENTENCES, part_result_code

FILE = Path(__file__).parents[2] / "schemas" / "vectors" / "checklist.json"
VECTORS: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
FORMS = {name: msgspec.convert(form, Checklist) for name, form in VECTORS["checklists"].items()}
FORMS["CL-01"] = shipped_checklist("CL-01")


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_the_rules_say_what_the_vector_says(case: dict[str, Any]) -> None:
    form, answers, target = FORMS[case["checklist"]], case["answers"], case["target"]
    in_order = [question.key for question in form.questions]

    shown = visible_questions(form, answers, target)
    asked = photo_questions(form, answers, target)

    if "visible" in case:
        assert [key for key in in_order if key in shown] == case["visible"]
    assert [key for key in in_order if key in asked] == case["photo"]
    assert msgspec.to_builtins(validate(form, answers, case["photos"], target)) == case["findings"]
    assert part_result_code(form, answers, target) == case["result_code"]


def test_the_sentences_are_those_of_the_vectors() -> None:
    assert msgspec.to_builtins(RESULT_SENTENCES) == VECTORS["result_sentences"]


def test_the_vectors_meet_every_rule_and_every_form_of_condition() -> None:
    """A twin that passes has met the hard cases."""
    rules = {finding["rule"] for case in VECTORS["cases"] for finding in case["findings"]}
    assert rules == {
        *("required", "kind", "option", "range", "decimals", "length", "date", "photo"),
        *("unknown_question", "hidden", "not_applicable_reason", "not_applicable_not_allowed"),
    }
    forms = json.dumps(VECTORS["checklists"])
    assert all(f'{{"{form}": ' in forms for form in ("question", "target", "all", "any", "not"))
    assert len(VECTORS["cases"]) >= 40

"""What always holds of the rules, whatever a phone sends."""

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklist_rules import (
    check_checklist,
    photo_questions,
    validate,
    visible_answers,
    visible_questions,
)
from palmcheck.catalogue.checklists import shipped_checklist
from palmcheck.catalogue.result_codes import part_result_code

FORM = shipped_checklist("CL-01")
KEYS = [question.key for question in FORM.questions]
ENTERPRISE = {"kind": "enterprise"}

TARGETS = st.sampled_from(["enterprise", "individual_business", "cooperative"]).map(lambda kind: {"kind": kind})
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
LIKELY = st.sampled_from(["yes", "no", "self", "outsourced", "2026-11-23", 4.5, 3, "", "现场整洁"])
ANSWERS = st.dictionaries(
    st.sampled_from(KEYS) | st.text(max_size=4),
    LIKELY.map(lambda value: {"value": value})
    | st.text(max_size=5).map(lambda reason: {"not_applicable": reason})
    | ANYTHING.map(lambda value: {"value": value})
    | ANYTHING,
    max_size=25,
)
PHOTOS = st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), st.integers(0, 3), max_size=10)


@given(answers=ANSWERS, photos=PHOTOS, target=TARGETS)
def test_whatever_a_phone_sends_gets_findings_and_no_exception(
    answers: dict[str, Any], photos: dict[str, int], target: dict[str, str]
) -> None:
    found = validate(FORM, answers, photos, target)

    assert {finding.question_key for finding in found} <= {*KEYS, *answers, *photos}
    assert len({(finding.question_key, finding.rule) for finding in found}) == len(found)


@given(answers=ANSWERS, photos=PHOTOS, target=TARGETS, data=st.data())
def test_the_order_of_the_answers_does_not_matter(
    answers: dict[str, Any], photos: dict[str, int], target: dict[str, str], data: st.DataObject
) -> None:
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))

    assert validate(FORM, shuffled, photos, target) == validate(FORM, answers, photos, target)
    assert part_result_code(FORM, shuffled, target) == part_result_code(FORM, answers, target)


@given(answers=ANSWERS, photos=PHOTOS, target=TARGETS)
def test_a_hidden_question_is_never_missed_and_never_asks(
    answers: dict[str, Any], photos: dict[str, int], target: dict[str, str]
) -> None:
    hidden = set(KEYS) - visible_questions(FORM, answers, target)
    rules = {finding.rule for finding in validate(FORM, answers, photos, target) if finding.question_key in hidden}

    assert rules <= {"hidden"}
    assert not hidden & photo_questions(FORM, answers, target)


@given(answers=ANSWERS, target=TARGETS)
def test_without_its_hidden_answers_a_form_says_the_same(answers: dict[str, Any], target: dict[str, str]) -> None:
    kept = visible_answers(FORM, answers, target)

    assert visible_questions(FORM, kept, target) == visible_questions(FORM, answers, target)
    assert part_result_code(FORM, kept, target) == part_result_code(FORM, answers, target)
    assert not {"hidden", "unknown_question"} & {finding.rule for finding in validate(FORM, kept, {}, target)}


@given(key=st.sampled_from(KEYS), answer=ANYTHING)
def test_an_answer_that_is_given_is_never_missing(key: str, answer: object) -> None:
    """Only a blank text is; there is one text in the form and it is optional."""
    found = validate(FORM, {key: answer}, {}, ENTERPRISE)
    assert (key, "required") not in {(finding.question_key, finding.rule) for finding in found}


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        *((value, "range") for value in (math.inf, -math.inf, 10**400, -(10**400), 2**53, 1e308)),
        *((value, "kind") for value in (math.nan, True, "4", None, 4j, b"4")),
    ],
)
def test_a_number_that_is_none(value: object, rule: str) -> None:
    found = validate(FORM, {"chill_temp": {"value": value}}, {"chill_temp": 1}, ENTERPRISE)
    assert [finding.rule for finding in found if finding.question_key == "chill_temp"] == [rule]


@given(whole=st.integers(-50, 300))
def test_every_tenth_of_a_degree_has_one_decimal(whole: int) -> None:
    rules = [f.rule for f in validate(FORM, {"chill_temp": {"value": whole / 10}}, {"chill_temp": 1}, ENTERPRISE)]
    assert not {"kind", "range", "decimals"} & set(rules)


def test_a_faulty_circle_of_conditions_ends() -> None:
    """`check_checklist` refuses it; the rules on it end all the same."""
    texts = {"zh-CN": "问", "en": "Ask"}
    ask = {"kind": "yes_no", "text": texts, "required": True, "not_applicable": False}
    circle = {
        "schema": "palmcheck/checklist/v1",
        "code": "X",
        "version": 1,
        "title": texts,
        "sections": [
            {
                "key": "s",
                "title": texts,
                "questions": [
                    {**ask, "key": "a", "show_when": {"question": "b", "is": "yes"}},
                    {**ask, "key": "b", "show_when": {"question": "a", "is": "yes"}},
                ],
            }
        ],
    }
    form = msgspec.convert(circle, Checklist)

    assert visible_questions(form, {"a": {"value": "yes"}, "b": {"value": "yes"}}, ENTERPRISE) == frozenset()
    assert [mistake.rule for mistake in check_checklist(form)] == ["condition_later_question"]

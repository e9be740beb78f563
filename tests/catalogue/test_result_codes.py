"""The table of result codes; which code follows from answers stands in the vectors."""

import pytest

from palmcheck.catalogue.result_codes import (
    RESULT_CODES,
    RESULT_SENTENCES,
    is_result_code,
    item_result_codes,
    result_sentence,
)


def test_every_code_has_a_sentence_of_its_own_in_both_languages() -> None:
    assert tuple(RESULT_SENTENCES) == RESULT_CODES
    for language in ("zh-CN", "en"):
        sentences = [result_sentence(code, language) for code in RESULT_CODES]
        assert len(set(sentences)) == len(RESULT_CODES)


def test_sentences_by_language() -> None:
    assert result_sentence("ordered_to_correct", "zh-CN") == "发现问题已责令改正"
    assert result_sentence("ordered_to_correct", "en") == "Problem found, ordered to correct"


@pytest.mark.parametrize("code", ["", "fine", "No_problem_found"])
def test_another_word_is_no_code(code: str) -> None:
    assert not is_result_code(code)


def test_a_code_of_the_table_is_one() -> None:
    assert all(is_result_code(code) for code in RESULT_CODES)


def test_each_item_has_the_code_of_its_part() -> None:
    assert item_result_codes(["JC-01", "JC-16"], "awaiting_follow_up") == {
        "JC-01": "awaiting_follow_up",
        "JC-16": "awaiting_follow_up",
    }

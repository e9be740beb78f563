"""Problems as classes and texts: every refusal speaks both languages, and is never short of a word."""

import ast
import re
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

import palmcheck
from palmcheck.app import CONTROLLERS
from palmcheck.kernel.problems import LANGUAGES, Problem, all_problems, texts

PACKAGE = Path(palmcheck.__file__).parent
OURS = [each for each in all_problems() if each.__module__.startswith("palmcheck.")]
GENERAL = {"id_reuse", "not_found", "invalid_request", "conflict", "too_large", "method_not_allowed", "internal_error",
           "cursor_invalid", "storage_unavailable", "busy", "box_unreadable"}  # fmt: skip


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_problem_speaks_both_languages_and_no_text_is_left_over() -> None:
    assert CONTROLLERS  # importing the app has imported every slice's problems
    codes = {each.code for each in OURS}

    assert {language: set(texts(language)) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, codes)


def test_codes_are_unique_and_named_after_their_slice() -> None:
    assert [code for code, times in Counter(each.code for each in OURS).items() if times > 1] == []
    for each in OURS:
        home = each.__module__.split(".")[1]
        assert each.code in GENERAL if home == "kernel" else each.code.startswith(f"{home}."), each


def test_both_languages_show_the_same_particulars() -> None:
    chinese, english = (texts(language) for language in LANGUAGES)

    assert {code: placeholders(chinese[code]) for code in chinese} == {
        code: placeholders(english[code]) for code in english
    }


def test_every_text_is_a_title_and_a_sentence_with_what_to_do() -> None:
    for language in LANGUAGES:
        for code, text in texts(language).items():
            title, bar, detail = text.partition("|")
            assert title, (language, code)
            assert bar, (language, code)
            assert detail, (language, code)
            assert "|" not in detail, (language, code)


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: str(kind.code))
def test_a_problem_has_a_status_of_its_kind_and_says_when_it_arises(kind: type[Problem]) -> None:
    assert kind.status in {400, 401, 403, 404, 405, 408, 409, 410, 412, 413, 415, 422, 423, 428, 429, 460, 500, 503}
    assert kind.__doc__


def raised() -> list[tuple[str, int, type[Problem], set[str]]]:
    """Every place in the code that makes a problem: file, line, class, the names that it gives."""
    by_name = {each.__name__: each for each in OURS}
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = node.func if isinstance(node, ast.Call) else node.exc if isinstance(node, ast.Raise) else None
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
            homonyms = [each for each in OURS if each.__name__ == name]
            if not homonyms:
                continue
            slice_name = path.relative_to(PACKAGE).parts[0]
            kind = next((each for each in homonyms if f".{slice_name}." in each.__module__), by_name[str(name)])
            given = {word.arg for word in node.keywords if word.arg} if isinstance(node, ast.Call) else set()
            found.append((str(path.relative_to(PACKAGE)), getattr(called, "lineno", 0), kind, given))
    return found


def test_whoever_raises_a_problem_gives_what_its_text_shows() -> None:
    places = raised()
    missing = [
        (file, line, kind.code, needed - given)
        for file, line, kind, given in places
        if (needed := placeholders(texts("en")[kind.code])) - given
    ]

    assert missing == []
    assert len(places) > 50


def test_chinese_stands_in_the_chinese_catalogue_only() -> None:
    han = re.compile("[\u4e00-\u9fff]")

    assert [code for code, text in texts("zh-CN").items() if not han.search(text)] == []
    assert [code for code, text in texts("en").items() if han.search(text)] == []

"""Checklists that contradict themselves, one by one."""

from typing import Any

import msgspec
import pytest

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklist_rules import check_checklist

TEXT = {"zh-CN": "问", "en": "Ask"}
NO_CONDITIONS: list[dict[str, Any]] = [
    {},
    {"is": "yes"},
    {"question": "a"},
    {"question": "a", "is": "x", "not": {"all": []}},
    {"all": [], "any": []},
    {"all": [], "is": "x"},
    {"target": "kind", "is": 1},
    {"target": "name", "is": "x"},
    {"question": None, "all": []},
    {"question": "a", "is": None},
    {"not": {"not": {}}},
]
LAW = [{"title": "《示例法》", "article": "第一条"}]


def ask(key: str, kind: str = "yes_no", **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "text": TEXT, "required": False, "not_applicable": False, **more}


def option(value: str) -> dict[str, Any]:
    return {"value": value, "label": TEXT}


def form(*questions: dict[str, Any]) -> dict[str, Any]:
    section = {"key": "s", "title": TEXT, "questions": list(questions)}
    return {"schema": "palmcheck/checklist/v1", "code": "X-1", "version": 1, "title": TEXT, "sections": [section]}


def mistakes(*questions: dict[str, Any]) -> list[str]:
    return [f"{each.key}: {each.rule}" for each in check_checklist(msgspec.convert(form(*questions), Checklist))]


def test_a_good_checklist_has_none() -> None:
    choice = ask("mode", "choice", options=[option("self"), option("other")])
    number = ask("count", "number", minimum=-5, maximum=30.5, decimals=1, show_when={"question": "mode", "is": "self"})
    dated = ask("until", "date", show_when={"question": "count", "is": 1.5})
    noted = ask("note", "text", show_when={"any": [{"question": "until", "is": "2026-11-23"}, {"not": {"all": []}}]})
    own = ask("clean", law=LAW, when_no="case", photo_when={"question": "clean", "is": "no"})
    assert (
        mistakes(choice, number, dated, noted, own, ask("shown", show_when={"target": "kind", "is": "cooperative"}))
        == []
    )


@pytest.mark.parametrize(
    ("condition", "rule"),
    [
        ({"question": "nowhere", "is": "yes"}, "condition_unknown_question"),
        ({"question": "later", "is": "yes"}, "condition_later_question"),
        ({"question": "clean", "is": "perhaps"}, "condition_impossible"),
        ({"question": "clean", "is": 1}, "condition_impossible"),
        ({"question": "count", "is": 10}, "condition_impossible"),
        ({"question": "count", "is": 1.5}, "condition_impossible"),
        ({"question": "until", "is": "2026-02-30"}, "condition_impossible"),
        ({"question": "note", "is": "x"}, "condition_on_kind"),
        ({"question": "picture", "is": "x"}, "condition_on_kind"),
        ({"target": "kind", "is": "school"}, "condition_target_kind"),
        ({"any": []}, "condition_never"),
    ],
)
@pytest.mark.parametrize("within", [lambda c: c, lambda c: {"not": c}, lambda c: {"all": [{"any": [c]}]}])
@pytest.mark.parametrize("place", ["show_when", "photo_when"])
def test_conditions_that_cannot_be_meant(condition: dict[str, Any], rule: str, within: Any, place: str) -> None:
    before = [ask("clean"), ask("count", "number", maximum=9), ask("until", "date"), ask("note", "text")]
    asked = ask("asked", **{place: within(condition)})
    assert mistakes(*before, ask("picture", "photo"), asked, ask("later")) == [f"asked: {rule}"]


def test_only_a_photo_may_hang_on_the_question_s_own_answer() -> None:
    own = {"question": "clean", "is": "no"}
    assert mistakes(ask("clean", photo_when=own)) == []
    assert mistakes(ask("clean", show_when=own)) == ["clean: condition_later_question"]


@pytest.mark.parametrize(
    ("question", "rules"),
    [
        (ask("q", "choice", options=[]), ["options_missing"]),
        (ask("q", "choice", options=[option("one")]), ["options_missing"]),
        (ask("q", "choice", options=[option("one"), option("one")]), ["option_repeated"]),
        (ask("q", "number", minimum=5, maximum=4), ["bounds_crossed"]),
        (ask("q", "number", minimum=4, maximum=4), []),
        (ask("q", "number", minimum=0.5), ["bound_decimals"]),
        (ask("q", "number", maximum=2**53), ["bound_too_large"]),
        (ask("q", "photo", photo_when={"all": []}), ["photo_when_on_photo"]),
        (ask("q", when_no="case"), ["law_missing"]),
    ],
)
def test_mistakes_of_one_question(question: dict[str, Any], rules: list[str]) -> None:
    assert mistakes(question) == [f"q: {rule}" for rule in rules]


def test_keys_are_unique_in_the_whole_checklist() -> None:
    assert mistakes(ask("a"), ask("b"), ask("a")) == ["a: question_repeated"]
    twice = form(ask("a"))
    twice["sections"] = [*twice["sections"], {"key": "s", "title": TEXT, "questions": [ask("a")]}]
    found = [str(each) for each in check_checklist(msgspec.convert(twice, Checklist))]
    assert found == ["s: section_repeated", "a: question_repeated"]


def test_conditions_nest_eight_deep_and_no_deeper() -> None:
    def nested(levels: int) -> dict[str, Any]:
        return {"not": nested(levels - 1)} if levels > 1 else {"all": []}

    assert mistakes(ask("q", show_when=nested(8))) == []
    assert mistakes(ask("q", show_when=nested(9))) == ["q: condition_too_deep"]
    assert mistakes(ask("q", show_when=nested(60))) == ["q: condition_too_deep"]


@pytest.mark.parametrize(
    "wrong",
    [
        form(ask("q", hint="?")),
        form(ask("q", options=[option("one"), option("two")])),
        form(ask("q", "text", when_no="case")),
        form(ask("q", "number", decimals=7)),
        form(ask("q", "number", decimals=-1)),
        form(ask("q", "text", max_length=0)),
        form(ask("q", "map")),
        form(ask("Q")),
        form(ask("q\n")),
        form(ask("__proto__")),
        form(),
        {**form(ask("q")), "version": 0},
        {**form(ask("q")), "schema": "palmcheck/checklist/v2"},
        form({**ask("q"), "text": {"zh-CN": "问"}}),
        *(form(ask("q", show_when=condition)) for condition in NO_CONDITIONS),
    ],
)
def test_what_is_not_in_the_language_is_no_checklist(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Checklist)

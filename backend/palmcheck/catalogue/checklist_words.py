"""The checklist language in the words of a clerk: kinds, consequences, conditions such as 第3题为否. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from palmcheck.catalogue.checklist_language import ChoiceQuestion, Condition, Question

KINDS: Mapping[str, str] = {
    "是否": "yes_no",
    "是否题": "yes_no",
    "单选": "choice",
    "单选题": "choice",
    "数字": "number",
    "文字": "text",
    "日期": "date",
    "照片": "photo",
}
CONSEQUENCES: Mapping[str, str] = {"当场纠正": "on_the_spot", "责令改正": "order_to_correct", "立案": "case"}
ALWAYS = ("总是", "必拍")
WHEN_NO = ("答否时", "否")
TARGETS: Mapping[str, str] = {
    "企业": "enterprise",
    "个体工商户": "individual_business",
    "农民专业合作社": "cooperative",
    "产品": "product",
    "项目": "project",
    "行为": "behaviour",
}
_TARGET_WORDS = {kind: word for word, kind in TARGETS.items()}
_ANSWERS = {"是": "yes", "否": "no"}
_ANSWER_WORDS = {value: word for word, value in _ANSWERS.items()}
_COMPARISON = re.compile(r"当?\s*第\s*(?P<number>[^\s题]+)\s*题\s*(?P<turned>不)?为\s*(?P<answer>.+)")
_TARGET = re.compile(r"当?\s*(?:检查)?对象\s*(?P<turned>不)?为\s*(?P<answer>.+)")
# Only before the next comparison: an option may itself have 或 in its words.
_NEXT = r"(?=当?\s*(?:第|检查对象|对象))"
_AND, _OR = re.compile(r"[，,]?\s*并?且\s*" + _NEXT), re.compile(r"[，,]?\s*或者?\s*" + _NEXT)


def condition_read(words: str, numbers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """A condition such as 第3题为否，且对象为企业.

    Raises ValueError for what cannot be read or names no earlier question.
    """
    for joint, form in ((_AND, "all"), (_OR, "any")):
        parts = joint.split(words)
        if len(parts) > 1:
            return {form: [_simple(each.strip(), numbers) for each in parts]}
    return _simple(words.strip(), numbers)


def _simple(words: str, numbers: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    target = _TARGET.fullmatch(words)
    if target is not None:
        return _turned(target["turned"], {"target": "kind", "is": _known(TARGETS, target["answer"])})
    named = _COMPARISON.fullmatch(words)
    if named is None or named["number"] not in numbers:
        raise ValueError(words)
    question = numbers[named["number"]]
    return _turned(named["turned"], {"question": question["key"], "is": _answer(question, named["answer"].strip())})


def _answer(question: Mapping[str, Any], word: str) -> str | int | float:
    match question["kind"]:
        case "yes_no":
            return _known(_ANSWERS, word)
        case "choice":
            labels = {each["label"]["zh-CN"]: each["value"] for each in question["options"]}
            return _known(labels, word)
        case "number":
            return float(word) if "." in word else int(word)
    return word


def _known(words: Mapping[str, str], word: str) -> str:
    if word.strip() not in words:
        raise ValueError(word)
    return words[word.strip()]


def _turned(turned: str | None, condition: dict[str, Any]) -> dict[str, Any]:
    return {"not": condition} if turned else condition


def condition_words(condition: Condition, numbers: Mapping[str, str], questions: Mapping[str, Question]) -> str:
    """A condition in words; groups within groups stand in brackets, which only people read back."""
    if condition.not_ is not UNSET:
        inner = condition_words(condition.not_, numbers, questions)
        return inner.replace("为", "不为", 1) if _is_simple(condition.not_) else f"并非（{inner}）"
    if condition.target is not UNSET:
        return f"对象为{_TARGET_WORDS.get(str(condition.is_), str(condition.is_))}"
    if condition.question is not UNSET:
        return f"第{numbers[condition.question]}题为{_said(questions[condition.question], condition.is_)}"
    group, joint = (condition.all, "，且") if condition.all is not UNSET else (condition.any, "，或")
    assert group is not UNSET  # exactly one of five forms
    if not group:
        return ALWAYS[0] if joint == "，且" else "从不"
    parts = [condition_words(each, numbers, questions) for each in group]
    nested = [
        part if _is_simple(each) or each.not_ is not UNSET else f"（{part}）"
        for part, each in zip(parts, group, strict=True)
    ]
    return joint.join(nested)


def _is_simple(condition: Condition) -> bool:
    return condition.question is not UNSET or condition.target is not UNSET


def _said(question: Question, value: object) -> str:
    if isinstance(question, ChoiceQuestion):
        return next((each.label.zh_cn for each in question.options if each.value == value), str(value))
    return _ANSWER_WORDS.get(str(value), str(value)) if question.kind == "yes_no" else str(value)

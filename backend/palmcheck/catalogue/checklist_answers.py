"""One answer to one question: what it says and what is wrong with it. Pure.

Answers come from phones and may be anything that JSON can carry: whatever it is, it is judged, never raised over.
"""

import math
import re
from datetime import date
from typing import Literal

from palmcheck.catalogue.checklist_language import (
    ChoiceQuestion,
    DateQuestion,
    NumberQuestion,
    PhotoQuestion,
    Question,
    TextQuestion,
    YesNoQuestion,
)

Rule = Literal[
    "required",
    "kind",
    "option",
    "range",
    "decimals",
    "length",
    "date",
    "photo",
    "unknown_question",
    "hidden",
    "not_applicable_reason",
    "not_applicable_not_allowed",
]

LARGEST = 2**53 - 1
"""Beyond it a JSON number is not the same in every program; RFC 8785 refuses it too."""
REASON_LENGTH = 200
"""Most code points of the reason for "not applicable"."""

# Spelled out, because the white space of `str.strip` and of JavaScript's `trim` differ.
_BLANK = re.compile("[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]*")
_DATE = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # no database and no canonical form takes them


def value_of(answer: object) -> object:
    """The value of `{"value": ..}`; None for anything else."""
    return answer["value"] if isinstance(answer, dict) and answer.keys() == {"value"} else None


def is_not_applicable(answer: object) -> bool:
    """Whether it is `{"not_applicable": ..}`, whatever the reason."""
    return isinstance(answer, dict) and answer.keys() == {"not_applicable"}


def is_blank(question: Question, answer: object) -> bool:
    """Whether it is a text without a visible character: as good as no answer."""
    value = value_of(answer)
    return isinstance(question, TextQuestion) and isinstance(value, str) and _BLANK.fullmatch(value) is not None


def same(value: object, wanted: str | int | float) -> bool:
    """Equality as JSON has it: 1 is 1.0, but neither true nor "1"."""
    if isinstance(value, bool):
        return False
    return isinstance(value, str) == isinstance(wanted, str) and value == wanted


def mistake_in(question: Question, answer: object) -> Rule | None:
    """The first rule that an answer breaks; None if it is a good one."""
    if is_not_applicable(answer):
        return _mistake_in_reason(question, answer)
    return _mistake_in_value(question, value_of(answer))


def _mistake_in_value(question: Question, value: object) -> Rule | None:
    match question:
        case YesNoQuestion():
            return _mistake_in_choice({"yes", "no"}, value)
        case ChoiceQuestion():
            return _mistake_in_choice({option.value for option in question.options}, value)
        case NumberQuestion():
            return _mistake_in_number(question, value)
        case TextQuestion():
            return _mistake_in_text(question, value)
        case DateQuestion():
            return _mistake_in_date(value)
        case PhotoQuestion():
            return "kind"


def _mistake_in_reason(question: Question, answer: object) -> Rule | None:
    if not question.not_applicable:
        return "not_applicable_not_allowed"
    reason = answer["not_applicable"] if isinstance(answer, dict) else None
    if not isinstance(reason, str) or _UNKEEPABLE.search(reason) or _BLANK.fullmatch(reason):
        return "not_applicable_reason"
    return "not_applicable_reason" if len(reason) > REASON_LENGTH else None


def _mistake_in_choice(options: set[str], value: object) -> Rule | None:
    if not isinstance(value, str):
        return "kind"
    return None if value in options else "option"


def _mistake_in_number(question: NumberQuestion, value: object) -> Rule | None:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and math.isnan(value))
    ):
        return "kind"
    low = -LARGEST if question.minimum is None else question.minimum
    high = LARGEST if question.maximum is None else question.maximum
    if not max(low, -LARGEST) <= value <= min(high, LARGEST):
        return "range"
    return None if has_decimals(float(value), question.decimals) else "decimals"


def has_decimals(value: float, decimals: int) -> bool:
    """Whether a finite number has at most so many digits after the point, computed step by step as the twin does."""
    if value == math.floor(value):
        return True
    scale = 10.0**decimals
    return math.floor(value * scale + 0.5) / scale == value


def _mistake_in_text(question: TextQuestion, value: object) -> Rule | None:
    if not isinstance(value, str) or _UNKEEPABLE.search(value):
        return "kind"
    return "length" if len(value) > question.max_length else None


def _mistake_in_date(value: object) -> Rule | None:
    if not isinstance(value, str):
        return "kind"
    written = _DATE.fullmatch(value)
    if written is None:
        return "date"
    try:
        date(*map(int, written.groups()))
    except ValueError:
        return "date"
    return None

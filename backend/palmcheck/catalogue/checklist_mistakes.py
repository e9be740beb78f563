"""Whether a checklist contradicts itself, asked once, before a version is published. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import UNSET, Struct

from palmcheck.catalogue.checklist_answers import LARGEST, has_decimals, mistake_in
from palmcheck.catalogue.checklist_language import (
    Checklist,
    ChoiceQuestion,
    Condition,
    NumberQuestion,
    PhotoQuestion,
    Question,
    TextQuestion,
    YesNoQuestion,
)

TARGET_KINDS = frozenset({"enterprise", "individual_business", "cooperative", "product", "project", "behaviour"})
DEEPEST = 8
"""Conditions nest no deeper: nobody could read them, and both languages walk them by recursion."""


class Mistake(Struct, frozen=True):
    """Something wrong with the checklist itself, at a question or section key, or at its code."""

    key: str
    rule: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.key}: {self.rule}" + (f" ({self.detail})" if self.detail else "")


def check_checklist(checklist: Checklist) -> list[Mistake]:
    """All mistakes in the order of the form; a checklist with none may be published."""
    found = [Mistake(key, "section_repeated") for key in _repeated(section.key for section in checklist.sections)]
    found += [Mistake(key, "question_repeated") for key in _repeated(question.key for question in checklist.questions)]
    earlier: dict[str, Question] = {}
    everything = {question.key: question for question in checklist.questions}
    for question in checklist.questions:
        found += _mistakes_of_kind(question)
        found += _mistakes_of_condition(question, question.show_when, earlier, everything)
        earlier[question.key] = question
        found += _mistakes_of_condition(question, question.photo_when, earlier, everything)
    return found


def _repeated(keys: Iterable[str]) -> list[str]:
    return [key for key, times in Counter(keys).items() if times > 1]


def _mistakes_of_kind(question: Question) -> Iterator[Mistake]:
    match question:
        case YesNoQuestion() if question.when_no and not question.law:
            yield Mistake(question.key, "law_missing", "a consequence needs its basis in law")
        case ChoiceQuestion():
            if len(question.options) < 2:
                yield Mistake(question.key, "options_missing", "a choice has two options or more")
            for value in _repeated(option.value for option in question.options):
                yield Mistake(question.key, "option_repeated", value)
        case NumberQuestion():
            yield from _mistakes_of_bounds(question)
        case PhotoQuestion() if question.photo_when is not None:
            yield Mistake(question.key, "photo_when_on_photo", "`required` asks for the photo")


def _mistakes_of_bounds(question: NumberQuestion) -> Iterator[Mistake]:
    bounds = [bound for bound in (question.minimum, question.maximum) if bound is not None]
    if len(bounds) == 2 and bounds[0] > bounds[1]:
        yield Mistake(question.key, "bounds_crossed", f"{bounds[0]} > {bounds[1]}")
    for bound in bounds:
        if not -LARGEST <= bound <= LARGEST:
            yield Mistake(question.key, "bound_too_large", str(bound))
        elif not has_decimals(bound, question.decimals):
            yield Mistake(question.key, "bound_decimals", str(bound))


def _mistakes_of_condition(
    question: Question, condition: Condition | None, seen: dict[str, Question], everything: dict[str, Question]
) -> Iterator[Mistake]:
    for each, depth in _walk(condition, 1):
        if depth > DEEPEST:
            yield Mistake(question.key, "condition_too_deep", f"more than {DEEPEST}")
        elif each.any is not UNSET and not each.any:
            yield Mistake(question.key, "condition_never", "`any` of nothing is never true")
        elif each.target is not UNSET and each.is_ not in TARGET_KINDS:
            yield Mistake(question.key, "condition_target_kind", str(each.is_))
        elif each.question is not UNSET and each.question not in everything:
            yield Mistake(question.key, "condition_unknown_question", each.question)
        elif each.question is not UNSET and each.question not in seen:
            yield Mistake(question.key, "condition_later_question", each.question)
        elif each.question is not UNSET:
            yield from _mistakes_of_comparison(question, each, seen[each.question])


def _mistakes_of_comparison(question: Question, condition: Condition, named: Question) -> Iterator[Mistake]:
    if isinstance(named, TextQuestion | PhotoQuestion):
        yield Mistake(question.key, "condition_on_kind", f"{named.key} is a {named.kind}")
    elif mistake_in(named, {"value": condition.is_}) is not None:
        yield Mistake(question.key, "condition_impossible", f"{named.key} is never {condition.is_}")


def _walk(condition: Condition | None, depth: int) -> Iterator[tuple[Condition, int]]:
    """A condition and those within it, down to one level too deep."""
    if condition is None:
        return
    yield condition, depth
    if depth > DEEPEST:
        return
    for group in (condition.all, condition.any):
        for each in group or ():
            yield from _walk(each, depth + 1)
    if condition.not_ is not UNSET:
        yield from _walk(condition.not_, depth + 1)

"""What a checklist means: which questions are shown, which ask for photos, what is wrong with answers. Pure.

The twin is pwa/src/checklist/rules.ts; both agree on schemas/vectors/checklist.json.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from msgspec import UNSET, Struct

from palmcheck.catalogue.checklist_answers import Rule, is_blank, is_not_applicable, mistake_in, same, value_of
from palmcheck.catalogue.checklist_language import Checklist, Condition, PhotoQuestion, Question
from palmcheck.catalogue.checklist_mistakes import check_checklist

__all__ = [
    "Finding",
    "TargetFacts",
    "check_checklist",
    "photo_questions",
    "validate",
    "visible_answers",
    "visible_questions",
]

TargetFacts = Mapping[str, str]
"""What a condition may ask about the target: `{"kind": "enterprise"}`."""


class Finding(Struct, frozen=True):
    """One thing wrong with the answers. Texts for people are the caller's."""

    question_key: str
    rule: Rule


def visible_questions(checklist: Checklist, answers: Mapping[str, object], target_facts: TargetFacts) -> frozenset[str]:
    """Keys of the questions that are shown. A condition sees earlier questions only, so there are no circles."""
    shown: set[str] = set()
    for question in checklist.questions:
        if question.show_when is None or _holds(question.show_when, answers, shown, target_facts):
            shown.add(question.key)
    return frozenset(shown)


def photo_questions(checklist: Checklist, answers: Mapping[str, object], target_facts: TargetFacts) -> frozenset[str]:
    """Keys of the questions that ask for at least one photo now.

    What is hidden, not applicable, or optional and left out asks for none.
    """
    shown = visible_questions(checklist, answers, target_facts)
    return frozenset(
        question.key
        for question in checklist.questions
        if question.key in shown and _asks_for_photo(question, answers, shown, target_facts)
    )


def visible_answers(
    checklist: Checklist, answers: Mapping[str, object], target_facts: TargetFacts
) -> dict[str, object]:
    """The answers to shown questions, in the order of the form: a hidden question has no answer."""
    shown = visible_questions(checklist, answers, target_facts)
    return {
        question.key: answers[question.key]
        for question in checklist.questions
        if question.key in shown and question.key in answers
    }


def validate(
    checklist: Checklist,
    answers: Mapping[str, object],
    photos_by_question: Mapping[str, int],
    target_facts: TargetFacts,
) -> list[Finding]:
    """What is wrong with the answers: nothing if the list is empty (S2 二(六): every item is answered).

    By the order of the questions, then unknown questions by code point. Photos of a hidden question are kept as
    they are: evidence is never refused. Whatever the answers are, this never raises.
    """
    shown = visible_questions(checklist, answers, target_facts)
    asked = photo_questions(checklist, answers, target_facts)
    found: list[Finding] = []
    for question in checklist.questions:
        rule = _broken_rule(question, answers, question.key in shown)
        if rule is not None:
            found.append(Finding(question.key, rule))
        if question.key in asked and photos_by_question.get(question.key, 0) < 1:
            found.append(Finding(question.key, "photo"))
    known = {question.key for question in checklist.questions}
    unknown = (answers.keys() | photos_by_question.keys()) - known
    return found + [Finding(key, "unknown_question") for key in sorted(unknown)]


def _broken_rule(question: Question, answers: Mapping[str, object], shown: bool) -> Rule | None:
    given = question.key in answers
    if not shown:
        return "hidden" if given else None
    if question.required and not _is_answered(question, answers):
        # A photo question is answered by its photos: what it lacks is told as "photo".
        return None if isinstance(question, PhotoQuestion) else "required"
    return mistake_in(question, answers[question.key]) if given else None


def _is_answered(question: Question, answers: Mapping[str, object]) -> bool:
    return question.key in answers and not is_blank(question, answers[question.key])


def _asks_for_photo(
    question: Question, answers: Mapping[str, object], shown: AbstractSet[str], target_facts: TargetFacts
) -> bool:
    if is_not_applicable(answers.get(question.key)):
        return False
    if isinstance(question, PhotoQuestion):
        return question.required
    if question.photo_when is None or not (question.required or _is_answered(question, answers)):
        return False
    return _holds(question.photo_when, answers, shown, target_facts)


def _holds(
    condition: Condition, answers: Mapping[str, object], shown: AbstractSet[str], target_facts: TargetFacts
) -> bool:
    """A comparison with a hidden, unanswered or not applicable question is false, whatever it is compared with."""
    if condition.question is not UNSET and condition.is_ is not UNSET:
        return condition.question in shown and same(value_of(answers.get(condition.question)), condition.is_)
    if condition.target is not UNSET and condition.is_ is not UNSET:
        return same(target_facts.get(condition.target), condition.is_)
    if condition.all is not UNSET:
        return all(_holds(each, answers, shown, target_facts) for each in condition.all)
    if condition.any is not UNSET:
        return any(_holds(each, answers, shown, target_facts) for each in condition.any)
    return condition.not_ is not UNSET and not _holds(condition.not_, answers, shown, target_facts)

"""Filling in a checklist as an officer would who finds nothing, or one thing."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from palmcheck.catalogue.checklist_language import (
    Checklist,
    ChoiceQuestion,
    DateQuestion,
    NumberQuestion,
    Question,
    TextQuestion,
    YesNoQuestion,
)
from palmcheck.catalogue.checklist_rules import photo_questions, validate, visible_questions

Answers = dict[str, object]


class FilledIn(NamedTuple):
    """Answers that fit the form once each of `photos` (keys of questions) has its photo."""

    answers: Answers
    photos: tuple[str, ...]


def fill_in(checklist: Checklist, kind: str, on: date, random: Random, *, finding: bool) -> FilledIn:
    """Fills in the form, with one finding if asked and the form has a consequence to name.

    What needs a photo is answered as not applicable where the form allows it: photos are few in the past. Raises
    ValueError if the answers do not fit.
    """
    doubtful = [each.key for each in checklist.questions if isinstance(each, YesNoQuestion) and each.when_no]
    facts = {"kind": kind}
    answers = _answers(checklist, kind, on, random, None)
    shown = [key for key in doubtful if answers.get(key) == {"value": "yes"}]
    if finding and shown:
        answers = _answers(checklist, kind, on, random, random.choice(shown))
    photos = tuple(sorted(photo_questions(checklist, answers, facts)))
    wrong = validate(checklist, answers, dict.fromkeys(photos, 1), facts)
    if wrong:
        raise ValueError(f"{checklist.code}: {wrong}")
    return FilledIn(answers, photos)


def _answers(checklist: Checklist, kind: str, on: date, random: Random, wrong: str | None) -> Answers:
    """Question by question, for an answer may show or hide a later question."""
    facts = {"kind": kind}
    answers: Answers = {}
    for question in checklist.questions:
        if question.key not in visible_questions(checklist, answers, facts):
            continue
        answer = _answer(question, on, random, wrong)
        if answer is None:
            continue
        answers[question.key] = answer
        asked = question.key in photo_questions(checklist, answers, facts)
        if asked and question.not_applicable and question.key != wrong:
            answers[question.key] = {"not_applicable": "现场无此项设施或业务"}
    return answers


def _answer(question: Question, on: date, random: Random, wrong: str | None) -> dict[str, object] | None:
    match question:
        case YesNoQuestion():
            return {"value": "no" if question.key == wrong else "yes"}
        case ChoiceQuestion():
            return {"value": question.options[0].value}
        case NumberQuestion():
            low = 0 if question.minimum is None else question.minimum
            high = low + 10 if question.maximum is None else question.maximum
            return {"value": round(low + (high - low) * random.uniform(0.2, 0.6), question.decimals)}
        case DateQuestion():
            return {"value": (on + timedelta(days=random.randint(40, 1200))).isoformat()}
        case TextQuestion():
            return {"value": "已核对原件，情况属实"} if question.required else None
        case _:
            return None

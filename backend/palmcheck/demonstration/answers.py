"""Filling in a checklist as an officer would who finds nothing, or one thing."""

from datetime import date, timedelta
from random import Random

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

TRIES = 24
Answers = dict[str, object]


def fill_in(checklist: Checklist, kind: str, on: date, random: Random, *, finding: bool) -> Answers | None:
    """Answers that fit the form without a photo, with a finding if asked; None where the form insists on a photo.

    Past visits of the demonstration have no photos: what cannot be told without one is answered as not applicable
    where the form allows it, and the finding is one that asks for no photo.
    """
    doubtful = [
        each.key
        for each in checklist.questions
        if isinstance(each, YesNoQuestion) and each.when_no and each.photo_when is None
    ]
    for attempt in range(TRIES if finding else 1):
        wrong = random.choice(doubtful) if finding and doubtful and attempt < TRIES - 1 else None
        answers = _answers(checklist, kind, on, random, wrong)
        if not validate(checklist, answers, {}, {"kind": kind}) and (wrong is None or wrong in answers):
            return answers
    return None


def insists_on_photo(checklist: Checklist) -> bool:
    """Whether the form asks for a photo however little is found."""
    return any(
        fill_in(checklist, kind, date(2026, 1, 1), Random(0), finding=False) is None
        for kind in ("enterprise", "individual_business", "cooperative")
    )


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
        if question.key in photo_questions(checklist, answers, facts) and question.not_applicable:
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

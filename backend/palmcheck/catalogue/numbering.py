"""The numbers that people see beside questions: the same on paper, in files and on the phone. Pure.

The twin is pwa/src/field/numbering.ts.
"""

from msgspec import UNSET

from palmcheck.catalogue.checklist_language import Checklist, Condition


def numbers_of(checklist: Checklist) -> dict[str, str]:
    """1, 2, 3 through the whole form, and 2.1, 2.2 for questions that only follow from the answer to question 2."""
    numbers: dict[str, str] = {}
    following: dict[str, int] = {}
    main = 0
    for question in checklist.questions:
        named = _named_first(question.show_when)
        parent = numbers.get(named) if named is not None else None
        if parent is None:
            main += 1
            numbers[question.key] = str(main)
        else:
            following[parent] = following.get(parent, 0) + 1
            numbers[question.key] = f"{parent}.{following[parent]}"
    return numbers


def _named_first(condition: Condition | None) -> str | None:
    """The question that a condition hangs on: the first one it names."""
    if condition is None or condition.target is not UNSET:
        return None
    if condition.question is not UNSET:
        return condition.question
    if condition.not_ is not UNSET:
        return _named_first(condition.not_)
    named = (_named_first(each) for each in (condition.all or condition.any or ()))
    return next((each for each in named if each is not None), None)

"""What keeps a draft from being a checklist: each mistake with its place, never a refusal as a whole. Pure.

The twin is pwa/src/checklist/drafts.ts; both agree on schemas/vectors/checklist_mistakes.json.
"""

import re
from typing import Any

import msgspec

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklist_mistakes import Mistake, check_checklist

LONGEST = 500
_PLACE = re.compile(r"\$\.sections\[(\d+)\](?:\.questions\[(\d+)\])?")
_LANGUAGES = ("zh-CN", "en")


def draft_mistakes(content: object) -> list[Mistake]:
    """All mistakes of a draft. Words that lack come first; only what has all its words is judged as a form."""
    lacking = _lacking(content)
    if lacking:
        return lacking
    try:
        checklist = msgspec.convert(content, Checklist)
    except msgspec.ValidationError as wrong:
        return [_misshapen(content, str(wrong))]
    return check_checklist(checklist)


def _lacking(content: object) -> list[Mistake]:
    """Blank or too long words, sections without questions, a form without sections, in the order of the form."""
    form = _object(content)
    found = _words("", "title", form.get("title"))
    sections = _list(form.get("sections"))
    if not sections:
        found.append(Mistake("", "sections_missing"))
    for section in map(_object, sections):
        key = _text(section.get("key"))
        found += _words(key, "title", section.get("title"))
        questions = _list(section.get("questions"))
        if not questions:
            found.append(Mistake(key, "questions_missing"))
        for question in map(_object, questions):
            found += _lacking_in_question(_text(question.get("key")), question)
    return found


def _lacking_in_question(key: str, question: dict[str, Any]) -> list[Mistake]:
    found = _words(key, "text", question.get("text"))
    for option in map(_object, _list(question.get("options"))):
        found += _words(key, "option", option.get("label"))
    for law in map(_object, _list(question.get("law"))):
        found += [Mistake(key, "law_words", name) for name in ("title", "article") if _wrong(law.get(name))]
    found += [
        Mistake(key, "standard_words", str(each)[:20]) for each in _list(question.get("standards")) if _wrong(each)
    ]
    return found


def _words(key: str, place: str, words: object) -> list[Mistake]:
    both = _object(words)
    return [Mistake(key, f"{place}_words", language) for language in _LANGUAGES if _wrong(both.get(language))]


def _wrong(words: object) -> bool:
    return not isinstance(words, str) or not words.strip() or len(words) > LONGEST


def _misshapen(content: object, told: str) -> Mistake:
    """The one thing that msgspec told, at the key of its section or question."""
    place = _PLACE.search(told)
    if place is None:
        return Mistake("", "shape", told)
    section = _object(_list(_object(content).get("sections"))[int(place[1])])
    thing = section if place[2] is None else _object(_list(section.get("questions"))[int(place[2])])
    return Mistake(_text(thing.get("key")), "shape", told)


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""From a template and a reader to a page: every value is escaped, every word comes from a catalogue."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from msgspec import UNSET

from palmcheck.catalogue.checklist_language import ChoiceQuestion, Condition, Question
from palmcheck.catalogue.result_codes import RESULT_CODES, ResultCode, is_result_code, result_sentence
from palmcheck.jurisdictions.settings import PUBLICATION_DAYS
from palmcheck.kernel.clock import SHANGHAI, law_date
from palmcheck.public.reader import Reader
from palmcheck.public.stylesheet import stylesheet_version
from palmcheck.publication.industry_sections import SECTIONS
from palmcheck.publication.types import PublicRecordView


class Look(NamedTuple):
    """How a result is shown beside its sentence; the colour of a tone only helps."""

    tone: str
    icon: str


RESULT_LOOKS: Mapping[ResultCode, Look] = {
    "no_problem_found": Look("good", "check"),
    "information_not_published": Look("attention", "warning"),
    "information_false": Look("bad", "warning"),
    "cannot_be_contacted": Look("attention", "pin"),
    "ordered_to_correct": Look("attention", "pen"),
    "refused_to_cooperate": Look("bad", "cross"),
    "business_not_carried_on": Look("calm", "circle"),
    "awaiting_follow_up": Look("attention", "clock"),
    "other": Look("calm", "info"),
}


def look(result_code: str) -> Look:
    """Tone and icon of a result."""
    return RESULT_LOOKS[result_code if is_result_code(result_code) else "other"]


@cache
def messages(language: str) -> dict[str, str]:
    """The catalogue of one language: key -> text with `{placeholders}`."""
    source = files("palmcheck.public") / "messages" / f"{language}.json"
    loaded: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return loaded


def text(language: str, key: str, **params: object) -> str:
    """One text. Raises KeyError for a key or parameter that is missing: tests render every page."""
    return messages(language)[key].format_map(params)


def law_day(language: str, day: date) -> str:
    """A date as documents write it, such as 2026年11月23日."""
    return text(language, "date", year=day.year, month=text(language, f"month.{day.month}"), day=day.day)


def moment(language: str, instant: datetime) -> str:
    """An instant in local time, to the minute."""
    local = instant.astimezone(SHANGHAI)
    return f"{law_day(language, local.date())} {local:%H:%M}"


def department(record: PublicRecordView) -> str:
    """The department with its place, said once where its name begins with the place already."""
    name, place = record.department, record.jurisdiction
    return name if name.startswith(place) else place + name


def condition_text(
    language: str, condition: Condition, numbers: Mapping[str, str], questions: Mapping[str, Question]
) -> str:
    """When a question of a form applies, in words."""
    again = partial(condition_text, language, numbers=numbers, questions=questions)
    if condition.not_ is not UNSET:
        return text(language, "condition.not", what=again(condition.not_))
    if condition.target is not UNSET:
        return text(language, "condition.target", kind=text(language, f"target_kind.{condition.is_}"))
    if condition.question is not UNSET:
        number, asked = numbers[condition.question], questions[condition.question]
        return text(language, "condition.question", number=number, answer=_answer_text(language, asked, condition.is_))
    group, joint = (condition.all, "all") if condition.all is not UNSET else (condition.any, "any")
    assert group is not UNSET  # exactly one of five forms
    if not group:
        return text(language, f"condition.{joint}_of_nothing")
    return text(language, f"condition.{joint}").join(again(each) for each in group)


def _answer_text(language: str, question: Question, value: object) -> str:
    if isinstance(question, ChoiceQuestion):
        labels = {option.value: option.label for option in question.options}
        both = labels.get(str(value))
        return str(value) if both is None else both.en if language == "en" else both.zh_cn
    return text(language, f"answer.{value}") if value in {"yes", "no"} else str(value)


@cache
def environment() -> Environment:
    """Templates out of the package; an undefined name is an error, never an empty place."""
    folder = files("palmcheck.public") / "templates"
    made = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(look=look, department=department, stylesheet_version=stylesheet_version)
    made.globals["allowed_days"] = PUBLICATION_DAYS.default
    made.globals["epoch"] = datetime(1970, 1, 1, tzinfo=UTC)
    made.globals.update(result_codes=RESULT_CODES, industries=[letter for letter, _, _ in SECTIONS])
    return made


def render(template: str, reader: Reader, **shown: object) -> bytes:
    """A whole page in the reader's language."""
    language = reader.language
    said: dict[str, Callable[..., str]] = {
        "t": partial(text, language),
        "day": partial(law_day, language),
        "day_of": lambda instant: law_day(language, law_date(instant)),
        "moment": partial(moment, language),
        "condition": partial(condition_text, language),
        "sentence": lambda code: result_sentence(code, language),
        "both": lambda words: words.en if language == "en" else words.zh_cn,
    }
    return environment().get_template(template).render(reader=reader, **said, **shown).encode()

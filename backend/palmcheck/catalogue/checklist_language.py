"""The checklist language v1: what a form that is filled in for an item (检查结果表) may say.

Here is its shape only; `checklist_rules` says what a form means. The PWA has the twin in src/checklist.
"""

from typing import Annotated, ClassVar, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

QuestionKind = Literal["yes_no", "choice", "number", "text", "date", "photo"]
Consequence = Literal["on_the_spot", "order_to_correct", "case"]
"""What is suggested when the answer is no: 当场纠正, 责令改正, 立案. The officer decides."""

# `(?!\n)`, because Python's `$` lets a last line break pass, and `\Z` is unknown to JSON Schema.
Key = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}(?!\n)$", description="unique in its checklist")]
Words = Annotated[str, Meta(min_length=1, max_length=500)]
Decimals = Annotated[int, Meta(ge=0, le=6)]
Length = Annotated[int, Meta(ge=1, le=10_000)]

DEFAULT_LENGTH = 2000
"""Most code points of a text that names no length of its own."""


class BothLanguages(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in Chinese and in English."""

    zh_cn: Words = field(name="zh-CN")
    en: Words


class Condition(Struct, frozen=True, forbid_unknown_fields=True):
    """When something applies; exactly one of five forms, told apart by its keys.

    `{question, is}`, `{target: "kind", is}`, `{all: [..]}`, `{any: [..]}`, `{not: ..}`. `{"all": []}` means always.
    Raises ValueError for anything else, which msgspec tells as a ValidationError.
    """

    question: Key | UnsetType = UNSET
    target: Literal["kind"] | UnsetType = UNSET
    is_: str | int | float | UnsetType = field(default=UNSET, name="is")
    all: tuple["Condition", ...] | UnsetType = UNSET
    any: tuple["Condition", ...] | UnsetType = UNSET
    not_: "Condition | UnsetType" = field(default=UNSET, name="not")

    def __post_init__(self) -> None:
        forms = (self.question, self.target, self.all, self.any, self.not_)
        if sum(form is not UNSET for form in forms) != 1:
            raise ValueError("a condition has exactly one of question, target, all, any, not")
        compares = self.question is not UNSET or self.target is not UNSET
        if compares != (self.is_ is not UNSET):
            raise ValueError("`is` goes with question or target, and with nothing else")
        if self.target is not UNSET and not isinstance(self.is_, str):
            raise ValueError("the kind of a target is a text")


class LawReference(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a question stands on.

    `title` in full with 《》. `excerpt` quotes the article's opening words and says so: no more of a law is kept here.
    `doubtful` says what to look up before the citation is relied on; absent: nothing is in doubt.
    """

    title: Words
    article: Words
    excerpt: Words | None = None
    doubtful: Words | None = None


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer of a choice."""

    value: Key
    label: BothLanguages


class QuestionBase(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, tag_field="kind"):
    """What every kind of question has.

    `show_when` None: always shown. `photo_when` None: no photo is asked for; a photo may be added all the same.
    """

    kind: ClassVar[QuestionKind]
    key: Key
    text: BothLanguages
    required: bool
    not_applicable: bool
    show_when: Condition | None = None
    photo_when: Condition | None = None
    law: tuple[LawReference, ...] = ()
    standards: tuple[Words, ...] = ()


class YesNoQuestion(QuestionBase, frozen=True, tag="yes_no"):
    """Yes or no; yes is the good answer wherever `when_no` is given."""

    kind: ClassVar[QuestionKind] = "yes_no"
    when_no: Consequence | None = None


class ChoiceQuestion(QuestionBase, frozen=True, tag="choice"):
    """One of several options."""

    kind: ClassVar[QuestionKind] = "choice"
    options: tuple[Option, ...]


class NumberQuestion(QuestionBase, frozen=True, tag="number"):
    """A number in `unit`, within bounds that count as allowed, with at most `decimals` digits after the point."""

    kind: ClassVar[QuestionKind] = "number"
    unit: Words | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    decimals: Decimals = 0


class TextQuestion(QuestionBase, frozen=True, tag="text"):
    """Free text of at most `max_length` Unicode code points."""

    kind: ClassVar[QuestionKind] = "text"
    max_length: Length = DEFAULT_LENGTH


class DateQuestion(QuestionBase, frozen=True, tag="date"):
    """A calendar date, `YYYY-MM-DD`."""

    kind: ClassVar[QuestionKind] = "date"


class PhotoQuestion(QuestionBase, frozen=True, tag="photo"):
    """Answered by photos that name it, never by a value. `required`: at least one."""

    kind: ClassVar[QuestionKind] = "photo"


Question = YesNoQuestion | ChoiceQuestion | NumberQuestion | TextQuestion | DateQuestion | PhotoQuestion


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """Questions that belong together."""

    key: Key
    title: BothLanguages
    questions: Annotated[tuple[Question, ...], Meta(min_length=1)]


class Checklist(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of a form."""

    schema: Literal["palmcheck/checklist/v1"]
    code: Annotated[str, Meta(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}(?!\n)$", description="such as CL-01")]
    version: Annotated[int, Meta(ge=1)]
    title: BothLanguages
    sections: Annotated[tuple[Section, ...], Meta(min_length=1)]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the form."""
        return tuple(question for section in self.sections for question in section.questions)

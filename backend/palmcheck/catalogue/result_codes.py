"""Result codes of a public record (domain.md section 4), their fixed sentences, and which one answers lead to. Pure.

The sentences are the usual ones of the national publicity system [GK], fixed here so that a public page, an export
and the phone say the same. The twin is pwa/src/checklist/resultCodes.ts.
"""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeGuard, get_args

from palmcheck.catalogue.checklist_answers import value_of
from palmcheck.catalogue.checklist_language import BothLanguages, Checklist, YesNoQuestion
from palmcheck.catalogue.checklist_rules import TargetFacts, visible_answers

ResultCode = Literal[
    "no_problem_found",
    "information_not_published",
    "information_false",
    "cannot_be_contacted",
    "ordered_to_correct",
    "refused_to_cooperate",
    "business_not_carried_on",
    "awaiting_follow_up",
    "other",
]

RESULT_CODES: tuple[ResultCode, ...] = get_args(ResultCode)

RESULT_SENTENCES: Mapping[ResultCode, BothLanguages] = {
    "no_problem_found": BothLanguages("未发现问题", "No problem found"),
    "information_not_published": BothLanguages(
        "未按规定公示应当公示的信息", "Information that must be public was not published"
    ),
    "information_false": BothLanguages(
        "公示信息隐瞒真实情况、弄虚作假", "Published information was concealed or false"
    ),
    "cannot_be_contacted": BothLanguages(
        "通过登记的住所（经营场所）无法联系", "Cannot be contacted at the registered address"
    ),
    "ordered_to_correct": BothLanguages("发现问题已责令改正", "Problem found, ordered to correct"),
    "refused_to_cooperate": BothLanguages("不配合检查情节严重", "Refused to cooperate, serious"),
    "business_not_carried_on": BothLanguages(
        "未发现开展本次抽查涉及的经营活动", "The business that was to be checked is not carried on"
    ),
    "awaiting_follow_up": BothLanguages("发现问题待后续处理", "Problem found, awaiting follow-up"),
    "other": BothLanguages("其他", "Other"),
}


def is_result_code(code: str) -> TypeGuard[ResultCode]:
    """Whether the table has it."""
    return code in RESULT_SENTENCES


def result_sentence(code: ResultCode, language: Literal["zh-CN", "en"]) -> str:
    """The fixed sentence of a code."""
    both = RESULT_SENTENCES[code]
    return both.zh_cn if language == "zh-CN" else both.en


def part_result_code(checklist: Checklist, answers: Mapping[str, object], target_facts: TargetFacts) -> ResultCode:
    """What a department's part comes to: the gravest consequence of what was answered no.

    Hidden answers do not count, nor does a no to a question that suggests nothing. A visit that found no one or no
    business is not answers: those codes are given by the officer.
    """
    consequences = set(consequences_of(checklist, answers, target_facts).values())
    if "case" in consequences:
        return "awaiting_follow_up"
    return "no_problem_found" if consequences <= {None} else "ordered_to_correct"


def consequences_of(
    checklist: Checklist, answers: Mapping[str, object], target_facts: TargetFacts
) -> dict[str, str | None]:
    """What the form suggests for each shown question answered no, by its key."""
    given = visible_answers(checklist, answers, target_facts)
    return {
        question.key: question.when_no
        for question in checklist.questions
        if isinstance(question, YesNoQuestion) and value_of(given.get(question.key)) == "no"
    }


def item_result_codes(item_codes: Iterable[str], part_code: ResultCode) -> dict[str, ResultCode]:
    """The code of each item: the part's own, because a checklist v1 asks about its items together."""
    return dict.fromkeys(item_codes, part_code)

"""The legal grounds on which a result is not public, or no longer: a table, each with its law (R10). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Ground = Literal[
    "state_secret",
    "public_security",
    "trade_secret",
    "personal_privacy",
    "case_under_investigation",
    "court_or_review_decision",
    "other_law",
]


@dataclass(frozen=True)
class GroundWords:
    """A ground as the public reads it, and the law that it stands on."""

    zh_cn: str
    en: str
    law: str


GROUNDS: Mapping[Ground, GroundWords] = {
    "state_secret": GroundWords("涉及国家秘密", "State secret", "《政府信息公开条例》第十四条"),
    "public_security": GroundWords(
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
        "Publication might endanger national, public or economic security or social stability",
        "《政府信息公开条例》第十四条",
    ),
    "trade_secret": GroundWords("涉及商业秘密", "Trade secret", "《政府信息公开条例》第十五条"),
    "personal_privacy": GroundWords("涉及个人隐私", "Personal privacy", "《政府信息公开条例》第十五条"),
    "case_under_investigation": GroundWords(
        "案件正在调查，公开会影响执法活动",
        "A case is under investigation and publication would hinder it",
        "《政府信息公开条例》第十六条",
    ),
    "court_or_review_decision": GroundWords(
        "行政复议决定或法院裁判要求不予公开",
        "A court or an administrative review has so decided",
        "《行政复议法》《行政诉讼法》",
    ),
    "other_law": GroundWords(
        "法律、行政法规规定不得公开", "Another law or regulation forbids it", "《政府信息公开条例》第十四条"
    ),
}
CITES_ITS_LAW: frozenset[Ground] = frozenset({"other_law", "court_or_review_decision"})
"""Grounds that say nothing without the article or the decision: the note must name it."""
GROUND_KEYS: tuple[Ground, ...] = get_args(Ground)


def ground_sentence(ground: Ground, language: Literal["zh-CN", "en"]) -> str:
    """The fixed sentence of a ground."""
    words = GROUNDS[ground]
    return words.zh_cn if language == "zh-CN" else words.en

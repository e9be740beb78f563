"""Why a result was corrected: a table, for the reason is public and free text is not (domain.md 4). Pure."""

from collections.abc import Mapping
from typing import Literal, get_args

Reason = Literal["entry_error", "name_error", "objection_upheld", "court_or_review_decision", "checked_again"]
REASON_KEYS: tuple[Reason, ...] = get_args(Reason)
_SENTENCES: Mapping[Reason, tuple[str, str]] = {
    "entry_error": ("录入有误", "It was entered wrongly"),
    "name_error": ("名称或者代码登记有误", "The name or the code was registered wrongly"),
    "objection_upheld": ("当事人异议经核实成立", "The party's objection was found to be right"),
    "court_or_review_decision": (
        "行政复议决定或者法院裁判改变结论",
        "A court or an administrative review has decided otherwise",
    ),
    "checked_again": ("经复查改变结论", "Checked again, with another result"),
}


def reason_sentence(reason: Reason, language: Literal["zh-CN", "en"]) -> str:
    """The fixed sentence of a reason."""
    return _SENTENCES[reason][language == "en"]

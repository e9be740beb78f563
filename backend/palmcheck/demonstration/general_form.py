"""The form for items that have no checklist of their own: what every joint check asks."""

from palmcheck.catalogue.checklist_language import (
    BothLanguages,
    Checklist,
    Consequence,
    LawReference,
    Section,
    TextQuestion,
    YesNoQuestion,
)

GENERAL = "TY-01"
JOINT_CHECKS = LawReference("《优化营商环境条例》", "第五十四条")
PRICES = LawReference("《中华人民共和国价格法》", "第十三条")


def general_form() -> Checklist:
    """The general form of the demonstration (通用检查结果表)."""
    return Checklist(
        schema="palmcheck/checklist/v1",
        code=GENERAL,
        version=1,
        title=BothLanguages("部门联合抽查通用检查结果表", "General form of a joint check"),
        sections=(
            Section(
                key="identity",
                title=BothLanguages("主体与证照", "Business and licences"),
                questions=(
                    _ask(
                        "at_address",
                        "是否在登记的住所（经营场所）经营？",
                        "Does it operate at its registered address?",
                        "order_to_correct",
                    ),
                    _ask(
                        "licences_valid",
                        "营业执照和有关许可证件是否齐全、有效？",
                        "Are the business licence and permits complete and in force?",
                        "order_to_correct",
                    ),
                    _ask(
                        "licences_shown",
                        "证照是否在醒目位置公示？",
                        "Are they displayed where everyone sees them?",
                        "on_the_spot",
                    ),
                ),
            ),
            Section(
                key="duty",
                title=BothLanguages("主体责任", "Duties"),
                questions=(
                    _ask(
                        "rules_kept",
                        "管理制度、岗位责任是否建立并落实？",
                        "Are rules and duties laid down and followed?",
                        "order_to_correct",
                    ),
                    _ask(
                        "ledger_kept",
                        "台账、记录是否如实完整？",
                        "Are ledgers and records true and complete?",
                        "order_to_correct",
                    ),
                    _ask(
                        "staff_qualified",
                        "从业人员是否具备规定的资格？",
                        "Are the staff qualified as required?",
                        "order_to_correct",
                    ),
                    _ask(
                        "prices_marked", "收费项目和标准是否明码标价？", "Are charges and prices marked?", "on_the_spot"
                    ),
                    _ask(
                        "no_violation",
                        "本次抽查事项是否未发现涉嫌违法行为？",
                        "Was no suspected violation found?",
                        "case",
                    ),
                ),
            ),
            Section(
                key="note",
                title=BothLanguages("情况说明", "Notes"),
                questions=(
                    TextQuestion(
                        key="remark",
                        text=BothLanguages("需要说明的情况", "Anything to note"),
                        required=False,
                        not_applicable=False,
                        max_length=500,
                    ),
                ),
            ),
        ),
    )


def _ask(key: str, chinese: str, english: str, when_no: Consequence) -> YesNoQuestion:
    law = PRICES if key == "prices_marked" else JOINT_CHECKS
    return YesNoQuestion(
        key=key,
        text=BothLanguages(chinese, english),
        required=True,
        not_applicable=True,
        law=(law,),
        when_no=when_no,
    )

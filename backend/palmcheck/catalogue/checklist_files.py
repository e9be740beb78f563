"""A checklist as a spreadsheet: one question a line, in words that a clerk writes. Pure.

What is read is a draft: a cell that says nothing usable is reported with its line, the rest of the line is kept.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import xlsxwriter

from palmcheck.catalogue.checklist_language import Checklist, Condition
from palmcheck.catalogue.checklist_words import ALWAYS, CONSEQUENCES, KINDS, WHEN_NO, condition_read, condition_words
from palmcheck.catalogue.numbering import numbers_of
from palmcheck.catalogue.sheets import columns_of, first_sheet
from palmcheck.jurisdictions.types import FileFault

SHEET = "检查结果表"
COLUMNS: Mapping[str, str] = {
    "section": "部分",
    "section_en": "部分（英文）",
    "number": "题号",
    "text": "问题",
    "text_en": "问题（英文）",
    "kind": "题型",
    "required": "必答",
    "not_applicable": "可答不适用",
    "options": "选项",
    "options_en": "选项（英文）",
    "unit": "单位",
    "minimum": "最小值",
    "maximum": "最大值",
    "decimals": "小数位数",
    "max_length": "最多字数",
    "show_when": "显示条件",
    "photo_when": "拍照要求",
    "when_no": "答否时建议",
    "law": "法律依据",
    "standards": "规章／标准",
}
NEEDED = ("section", "text", "kind")
YES, NO = ("是", "√", "Y", "y", "1"), ("否", "", "×", "N", "n", "0")
_LAW = re.compile(r"(《[^》]+》)\s*(.+)")


def read_checklist(content: bytes) -> tuple[dict[str, Any], list[FileFault]]:
    """Sections and questions of a file, and the cells that could not be used. Raises ItemFileUnreadable.

    `rule` of a fault: unknown_word | number | condition | law.
    """
    lines = first_sheet(content)
    columns = columns_of(lines, COLUMNS, NEEDED)
    sections: list[dict[str, Any]] = []
    faults: list[FileFault] = []
    numbers: dict[str, dict[str, Any]] = {}
    for line, cells in lines:
        said = {field: cells[at] if at < len(cells) else "" for field, at in columns.items()}
        if not any(said.values()):
            continue
        if not sections or (said["section"] and said["section"] != sections[-1]["title"]["zh-CN"]):
            title = {"zh-CN": said["section"], "en": said.get("section_en", "")}
            sections.append({"key": f"section_{len(sections) + 1}", "title": title, "questions": []})
        question = _question(f"question_{len(numbers) + 1}", line, said, numbers, faults)
        numbers[said.get("number") or str(len(numbers) + 1)] = question
        sections[-1]["questions"].append(question)
    return {"sections": sections}, faults


def _question(
    key: str, line: int, said: Mapping[str, str], numbers: Mapping[str, dict[str, Any]], faults: list[FileFault]
) -> dict[str, Any]:
    kind = KINDS.get(said["kind"], "yes_no")
    if said["kind"] not in KINDS:
        faults.append(FileFault(line, "kind", "unknown_word", said["kind"][:200]))
    found: dict[str, Any] = {
        "kind": kind,
        "key": key,
        "text": {"zh-CN": said["text"], "en": said.get("text_en", "")},
        "required": said.get("required", "是") not in NO,
        "not_applicable": said.get("not_applicable", "") in YES,
        "law": list(_laws(line, said.get("law", ""), faults)),
        "standards": _split(said.get("standards", "")),
    }
    found |= _of_kind(kind, line, said, faults)
    known = {**numbers, said.get("number") or str(len(numbers) + 1): found}
    for field in ("show_when", "photo_when"):
        words = said.get(field, "")
        if words:
            try:
                found[field] = _when(field, words, key, numbers if field == "show_when" else known)
            except ValueError:
                faults.append(FileFault(line, field, "condition", words[:200]))
    return found


def _when(field: str, words: str, key: str, numbers: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    if words in ALWAYS:
        return {"all": []}
    if field == "photo_when" and words in WHEN_NO:
        return {"question": key, "is": "no"}
    return condition_read(words, numbers)


def _of_kind(kind: str, line: int, said: Mapping[str, str], faults: list[FileFault]) -> dict[str, Any]:
    match kind:
        case "yes_no":
            word = said.get("when_no", "")
            if word and word not in CONSEQUENCES:
                faults.append(FileFault(line, "when_no", "unknown_word", word[:200]))
            return {"when_no": CONSEQUENCES.get(word)}
        case "choice":
            english = _split(said.get("options_en", ""))
            labels = enumerate(_split(said.get("options", "")))
            return {
                "options": [
                    {
                        "value": f"option_{at + 1}",
                        "label": {"zh-CN": label, "en": english[at] if at < len(english) else ""},
                    }
                    for at, label in labels
                ]
            }
        case "number":
            bounds = {name: _number(line, name, said, faults) for name in ("minimum", "maximum", "decimals")}
            return {"unit": said.get("unit") or None, **bounds, "decimals": int(bounds["decimals"] or 0)}
        case "text":
            longest = _number(line, "max_length", said, faults)
            return {} if longest is None else {"max_length": int(longest)}
    return {}


def _number(line: int, field: str, said: Mapping[str, str], faults: list[FileFault]) -> int | float | None:
    word = said.get(field, "")
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", word):
        return float(word) if "." in word else int(word)
    if word:
        faults.append(FileFault(line, field, "number", word[:200]))
    return None


def _laws(line: int, words: str, faults: list[FileFault]) -> Iterator[dict[str, str]]:
    for each in _split(words):
        found = _LAW.fullmatch(each)
        if found is None:
            faults.append(FileFault(line, "law", "law", each[:200]))
        else:
            yield {"title": found[1], "article": found[2]}


def _split(words: str) -> list[str]:
    return [each.strip() for each in re.split(r"[；;\n]", words) if each.strip()]


def checklist_book(checklist: Checklist) -> bytes:
    """An XLSX of a checklist, as it can be read in again; keys become numbers."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(SHEET)
    wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(COLUMNS), 14)
    sheet.set_column(3, 4, 40)
    sheet.write_row(0, 0, COLUMNS.values(), bold)
    for at, cells in enumerate(_lines(checklist), 1):
        for column, field in enumerate(COLUMNS):
            sheet.write_string(at, column, cells.get(field, ""), wrapped)
    book.close()
    return kept.getvalue()


def _lines(checklist: Checklist) -> Iterator[dict[str, str]]:
    numbers = numbers_of(checklist)
    everything = {question.key: question for question in checklist.questions}
    words_of = {kind: word for word, kind in reversed(tuple(KINDS.items()))}
    advice = {code: word for word, code in CONSEQUENCES.items()}

    def when(condition: Condition | None) -> str:
        return "" if condition is None else condition_words(condition, numbers, everything)

    for section in checklist.sections:
        for question in section.questions:
            own = Condition(question=question.key, is_="no")
            options = getattr(question, "options", ())
            bounds = {name: getattr(question, name, None) for name in ("unit", "minimum", "maximum", "max_length")}
            yield {
                "section": section.title.zh_cn,
                "section_en": section.title.en,
                "number": numbers[question.key],
                "text": question.text.zh_cn,
                "text_en": question.text.en,
                "kind": words_of[question.kind],
                "required": "是" if question.required else "否",
                "not_applicable": "是" if question.not_applicable else "否",
                "options": "；".join(each.label.zh_cn for each in options),
                "options_en": "；".join(each.label.en for each in options),
                **{name: "" if value is None else str(value) for name, value in bounds.items()},
                "decimals": str(getattr(question, "decimals", "")),
                "show_when": when(question.show_when),
                "photo_when": WHEN_NO[0] if question.photo_when == own else when(question.photo_when),
                "when_no": advice.get(getattr(question, "when_no", None) or "", ""),
                "law": "；".join(f"{law.title}{law.article}" for law in question.law),
                "standards": "；".join(question.standards),
            }

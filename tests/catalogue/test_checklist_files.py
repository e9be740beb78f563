"""A checklist as a spreadsheet: what is written out reads in again; what cannot be read is reported, not refused."""

import io
from typing import Any

import msgspec
import pytest
import xlsxwriter

from palmcheck.catalogue.checklist_drafts import draft_mistakes
from palmcheck.catalogue.checklist_files import COLUMNS, checklist_book, read_checklist
from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklists import SHIPPED, shipped_checklist
from palmcheck.kernel.ids import new_id
from tests.catalogue.conftest import Level
from tests.world.county import assert_problem

BASE = "/api/catalogue"


@pytest.mark.parametrize("code", SHIPPED)
def test_a_shipped_checklist_comes_back_with_every_rule(code: str) -> None:
    before = shipped_checklist(code)
    read, faults = read_checklist(checklist_book(before))
    assert faults == []
    whole = {**msgspec.to_builtins(before), **read}
    assert draft_mistakes(whole) == []
    after = msgspec.convert(whole, Checklist)
    assert read_checklist(checklist_book(after)) == (read, [])
    for old, new in zip(before.questions, after.questions, strict=True):
        assert (old.kind, old.text, old.required, old.not_applicable) == (
            new.kind, new.text, new.required, new.not_applicable,
        )  # fmt: skip
        assert (old.show_when is None, old.photo_when is None) == (new.show_when is None, new.photo_when is None)


def test_a_cell_that_says_nothing_usable_is_reported_and_its_line_kept() -> None:
    lines = [
        {"section": "资质", "text": "有证？", "kind": "是否", "when_no": "罚款", "photo_when": "答否时"},
        {"section": "资质", "text": "几人？", "kind": "数字", "maximum": "很多", "show_when": "第1题不为是"},
        {"section": "场所", "text": "哪种？", "kind": "多选", "show_when": "第9题为是", "law": "某法第一条"},
    ]
    read, faults = read_checklist(book(lines))
    assert [(each.line, each.field, each.rule) for each in faults] == [
        (2, "when_no", "unknown_word"),
        (3, "maximum", "number"),
        (4, "kind", "unknown_word"),
        (4, "law", "law"),
        (4, "show_when", "condition"),
    ]
    (first, second), (third,) = (section["questions"] for section in read["sections"])
    assert first["photo_when"] == {"question": first["key"], "is": "no"}
    assert second["show_when"] == {"not": {"question": first["key"], "is": "yes"}}
    assert (third["kind"], "show_when" in third) == ("yes_no", False)


async def test_a_file_becomes_a_draft_and_a_draft_may_be_thrown_away(county: Level) -> None:
    read = await county.office.post(f"{BASE}/checklist-files", content=checklist_book(shipped_checklist("CL-05")))
    assert read.status_code == 200, read.text
    content = {**read.json()["content"], "title": {"zh-CN": "加油站", "en": "Fuel"}}
    address = f"{BASE}/checklist-drafts/{new_id()}"
    draft = {"code": "CL-30", "content": content}
    assert (await county.office.put(address, json=draft)).json()["mistakes"] == []
    assert_problem(await county.office.delete(address), "jurisdictions.version_needed")
    assert (await county.office.delete(address, headers={"If-Match": '"1"'})).status_code == 204
    assert_problem(await county.office.delete(address, headers={"If-Match": '"1"'}), "not_found")
    assert_problem(await county.office.get(address), "not_found")
    assert (await county.office.put(address, json=draft)).json()["row"]["version"] == 1
    published = (await county.office.post(f"{address}/publication", headers={"If-Match": '"1"'})).json()
    assert_problem(await county.office.delete(address, headers={"If-Match": '"1"'}), "catalogue.draft_published")
    book_of_it = await county.auditor.get(f"{BASE}/checklists/{published['id']}/export.xlsx")
    assert read_checklist(book_of_it.content)[1] == []
    assert_problem(
        await county.office.post(f"{BASE}/checklist-files", content=b"no book"), "catalogue.item_file_unreadable"
    )


def book(lines: list[dict[str, Any]]) -> bytes:
    """An XLSX with these lines under the usual headings."""
    kept = io.BytesIO()
    made = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, COLUMNS.values())
    for at, line in enumerate(lines, 1):
        for column, field in enumerate(COLUMNS):
            sheet.write(at, column, line.get(field, ""))
    made.close()
    return kept.getvalue()

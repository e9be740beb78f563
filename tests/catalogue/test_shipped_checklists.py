"""The checklists that come with the program."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from palmcheck.catalogue import checklists
from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklist_rules import check_checklist
from palmcheck.catalogue.checklists import SHIPPED, shipped_checklist
from palmcheck.kernel.canonical import canonical_bytes

FOLDER = Path(checklists.__file__).parent


@pytest.mark.parametrize("code", SHIPPED)
def test_it_contradicts_itself_nowhere(code: str) -> None:
    form = shipped_checklist(code)
    assert check_checklist(form) == []
    assert form.code == code


@pytest.mark.parametrize("code", SHIPPED)
def test_it_reads_and_writes_without_loss(code: str) -> None:
    written = (FOLDER / f"{code}.json").read_text("utf-8")
    form = shipped_checklist(code)
    assert json.loads(msgspec.json.encode(form)) == json.loads(written)
    assert msgspec.convert(msgspec.to_builtins(form), Checklist) == form
    assert canonical_bytes(msgspec.to_builtins(form)) == canonical_bytes(json.loads(written))


@pytest.mark.parametrize("code", SHIPPED)
def test_every_consequence_quotes_its_law_in_full_and_no_more_than_its_opening(code: str) -> None:
    for question in shipped_checklist(code).questions:
        for law in question.law:
            assert law.title.startswith("《")
            assert law.title.endswith("》")
            assert law.title.startswith("《中华人民共和国") or not re.search("[^办]法》", law.title)
            assert law.article.startswith("第")
            assert law.excerpt is not None
            assert law.excerpt.startswith("（本条开头）")
            assert law.excerpt.endswith("……")


def test_what_is_doubtful_is_marked_where_it_is_cited() -> None:
    marked = {
        (code, question.key)
        for code in SHIPPED
        for question in shipped_checklist(code).questions
        if any(law.doubtful for law in question.law)
    }
    assert {("CL-05", "bulk_petrol"), ("CL-06", "prepay_months"), ("CL-07", "police_opening")} <= marked
    assert not any(code in {"CL-01", "CL-02", "CL-03", "CL-04"} for code, _ in marked)


@pytest.mark.parametrize("code", SHIPPED)
def test_both_languages_are_written(code: str) -> None:
    for question in shipped_checklist(code).questions:
        assert any("\u4e00" <= c <= "\u9fff" for c in question.text.zh_cn)
        assert question.text.en.isascii() or set(question.text.en) & set("’±")


def test_every_file_of_the_folder_is_listed() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(SHIPPED)


def test_another_code_is_not_shipped() -> None:
    with pytest.raises(KeyError):
        shipped_checklist("../CL-01")


def test_cl_01_asks_what_its_table_asks() -> None:
    form = shipped_checklist("CL-01")
    asked = {question.key: question for question in form.questions}
    assert [len(section.questions) for section in form.sections] == [7, 5, 5, 4, 4]
    assert not asked["site_notes"].required
    assert [key for key, question in asked.items() if question.not_applicable] == [
        "cold_equipment",
        "chill_temp",
        "additives_ok",
    ]
    assert [key for key, question in asked.items() if question.show_when is not None] == [
        "permit_expiry",
        "manager_assigned",
        "staff_trained",
        "no_cert_count",
        "purchase_records",
        "tableware_clean",
        "disinfect_docs",
    ]

"""Templates and catalogues: escaped, complete, in both languages."""

import json
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import pairwise
from typing import Any, get_args
from uuid import UUID

import msgspec
import pytest

from palmcheck.catalogue.result_codes import RESULT_CODES, RESULT_SENTENCES, result_sentence
from palmcheck.kernel.paging import Page
from palmcheck.planning.types import DrawKind, Method
from palmcheck.public.pages import ERROR_TEXTS
from palmcheck.public.reader import Reader
from palmcheck.public.rendering import RESULT_LOOKS, department, law_day, look, messages, moment, render
from palmcheck.publication.recording import CHANNEL
from palmcheck.publication.service import Language
from palmcheck.publication.types import PublicRecordView, RecordPage
from tests.public.planting import body_of

ID = UUID("01930000-0000-7000-8000-000000000002")
LANGUAGES = get_args(Language)
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def record(language: Language = "zh-CN", **changed: Any) -> PublicRecordView:
    body = body_of(ID, changed.pop("name", "临江鲜老火锅店"), changed.pop("code", None), **changed)
    sentence = result_sentence(body["result_code"], language)
    items = [item | {"result_sentence": sentence} for item in body["items"]]
    return msgspec.convert(body | {"result_sentence": sentence, "items": items}, PublicRecordView)


def record_page(language: Language = "zh-CN", **changed: Any) -> str:
    handling = changed.pop("handling", [])
    shown = RecordPage(record(language, **changed), [], [], ID, [])
    return render(
        "record.html.jinja", Reader(language, True, "/"), shown=shown, record=shown.record, handling=handling
    ).decode()


def search_page(language: Language, records: list[PublicRecordView], q: str = "", **changed: Any) -> str:
    shown = {"cursor": None, "one_character": False, "found": Page(records, None), "places": []} | changed
    wanted = {"q": q} if q else {}
    return render("search.html.jinja", Reader(language, False, "/"), wanted=wanted, **shown).decode()


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"{(\w+)}", text))


def test_both_catalogues_say_the_same_things() -> None:
    chinese, english = messages("zh-CN"), messages("en")
    assert chinese.keys() == english.keys()
    assert {key: placeholders(text) for key, text in chinese.items()} == {
        key: placeholders(text) for key, text in english.items()
    }


def test_no_text_is_left_over_or_missing() -> None:
    folder = files("palmcheck.public") / "templates"
    source = "".join(page.read_text(encoding="utf-8") for page in folder.iterdir())
    whole = set(re.findall(r'\bt\("([a-z_.]+)"(?: ~)?', source))
    begun = {key for key in whole if key.endswith((".", "_"))}
    known = set(messages("zh-CN"))
    assert whole - begun <= known
    # Said by rendering.py, not by a template.
    begun |= {"month.", "condition.", "target_kind.", "answer."}
    used = {key for key in known if key in whole or key.startswith(tuple(begun))}
    assert known - used == {"date"}


@in_both_languages
def test_every_code_has_its_words(language: str) -> None:
    said = messages(language)
    for kind in get_args(DrawKind):
        assert f"draw_kind.{kind}" in said
        assert f"record.why_{kind}" in said
    for method in get_args(Method):
        assert f"method.{method}" in said
    assert f"channel.{CHANNEL}" in said
    for text in {*ERROR_TEXTS.values(), "broken"}:
        assert {f"error.{text}", f"error.{text}_title"} <= said.keys()


def test_every_result_has_a_look_and_none_rests_on_colour_alone() -> None:
    assert RESULT_LOOKS.keys() == RESULT_SENTENCES.keys()
    for code in RESULT_CODES:
        page = record_page(result_code=code)
        assert page.count(result_sentence(code, "zh-CN")) >= 2
        assert page.count('<svg class="icon"') >= 2
    assert look("a code of later years") == look("other")


@in_both_languages
@pytest.mark.parametrize("used", [None, 0, 1, 20, 21])
@pytest.mark.parametrize("version", [1, 2])
def test_every_page_renders(language: Language, used: int | None, version: int) -> None:
    for kind in get_args(DrawKind):
        for method in get_args(Method):
            page = record_page(language, draw_kind=kind, method=method, working_days_used=used, version=version)
            assert f'<html lang="{language}">' in page


def test_late_publication_is_said() -> None:
    assert "第 20 个工作日公示（时限 20 个工作日）" in record_page(working_days_used=20)
    assert "第 21 个工作日公示，已超过 20 个工作日的时限" in record_page(working_days_used=21)
    assert "结果形成当日公示" in record_page(working_days_used=0)
    assert "公示用时" not in record_page(working_days_used=None)


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=1>{{7*7}}{0}"


@in_both_languages
def test_hostile_names_are_only_text(language: Language) -> None:
    hostile = record(
        language,
        name=HOSTILE,
        code=HOSTILE,
        department=HOSTILE,
        jurisdiction=HOSTILE,
        plan_task={"number": HOSTILE, "name": HOSTILE},
        items=[{"code": HOSTILE, "name": HOSTILE, "result_code": "other"}],
    )
    pages = [
        render(
            "record.html.jinja",
            Reader(language, True, HOSTILE),
            shown=RecordPage(hostile, [], [], ID, []),
            record=hostile,
            handling=[],
        ).decode(),
        search_page(language, [hostile], q=HOSTILE, cursor=HOSTILE),
        search_page(language, [], q=HOSTILE),
    ]
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page
        assert "{{7*7}}" in page


@in_both_languages
def test_landmarks_and_headings_are_in_order(language: Language) -> None:
    for page in (record_page(language), search_page(language, [record(language)]), search_page(language, [], q="没有")):
        assert [page.count(f"<{tag}") for tag in ("main", "h1", "footer")] == [1, 1, 1]
        levels = [int(level) for level in re.findall(r"<h(\d)", page)]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.index('href="#content"') < page.index("<header")
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        for named in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page):
            assert named in ids
    assert "<caption" in record_page(language)


def test_no_page_brings_a_script_or_an_inline_style() -> None:
    for page in (record_page(), search_page("zh-CN", [record()])):
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", page)


def test_dates_are_written_as_documents_write_them() -> None:
    assert law_day("zh-CN", date(2026, 11, 3)) == "2026年11月3日"
    assert law_day("en", date(2026, 11, 3)) == "3 November 2026"
    assert moment("zh-CN", datetime(2026, 11, 22, 16, 5, tzinfo=UTC)) == "2026年11月23日 00:05"


def test_a_place_is_said_once() -> None:
    assert department(record()) == "临江县市场监督管理局"
    assert department(record(department="临江县市场监督管理局")) == "临江县市场监督管理局"


def test_links_keep_a_language_that_was_chosen() -> None:
    chosen = Reader("en", True, "/", (("q", "临江"), ("lang", "en")))
    assert chosen.link("/", q="a b&c") == "/?q=a+b%26c&lang=en"
    assert chosen.this_page_in("zh-CN") == "/?q=%E4%B8%B4%E6%B1%9F&lang=zh-CN"
    assert Reader("en", False, "/").link("/", q=None) == "/"


def test_the_catalogues_are_flat_text() -> None:
    for language in LANGUAGES:
        source = (files("palmcheck.public") / "messages" / f"{language}.json").read_text(encoding="utf-8")
        pairs: list[tuple[str, str]] = json.loads(source, object_pairs_hook=list)
        assert len(pairs) == len(dict(pairs)), "a key stands twice"
        assert all(isinstance(text, str) and text for _, text in pairs)

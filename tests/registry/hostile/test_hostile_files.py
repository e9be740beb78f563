"""Every hostile file gets a report that a clerk understands, or works."""

import io
from pathlib import Path

import pytest

from palmcheck.kernel.problems import texts
from palmcheck.registry.importing.batches import STAGED
from palmcheck.registry.importing.preparing import Telling, prepare
from palmcheck.registry.importing.refusals import Refused
from palmcheck.registry.importing.wording import column_text, words
from tests.registry.hostile.files import BUILDERS

WORKS: dict[str, int] = {
    "formula_as_text": 2, "second_sheet": 2, "title_above_header": 2, "gbk": 2, "gb18030_rare": 2, "utf8_bom": 2,
    "utf16_bom": 2, "utf16_without_bom": 2, "last_row_of_a_sheet": 2, "dates_as_text": 2, "full_width": 2,
    "trailing_spaces": 2, "line_breaks_in_cells": 2, "workbook_named_csv": 2, "csv_named_xlsx": 2, "semicolons": 2,
    "tabs_with_hint": 2, "nul_bytes": 2, "mixed_line_ends": 3, "control_characters": 2, "emoji": 2, "escapes": 2,
}  # fmt: skip
"""Files of which every row goes in."""

FAULTS: dict[str, tuple[int, list[tuple[int, str, str]]]] = {
    "formula_cells": (1, [(3, "address", "required")]),
    "merged_cells": (1, [(3, "address", "required")]),
    "a_cell_of_100_kb": (1, [(2, "address", "too_long")]),
    "codes_as_floats": (1, [(2, "credit_code", "code_as_number"), (3, "credit_code", "code_as_number")]),
    "positions": (1, [(2, "position", "position"), (3, "position", "position_swapped"), (4, "position", "position"),
                      (5, "position", "position")]),
    "repeated_codes": (2, [(3, "row", "repeated"), (5, "row", "repeated")]),
    "unbalanced_quotes": (198, [(3, "row", "quotes")]),
    "uneven_rows": (2, [(3, "row", "too_many_cells"), (4, "industry_code", "required"),
                        (4, "credit_risk_class", "required")]),
}  # fmt: skip
"""Files of which the good rows go in, and each bad one is told by line, field and rule."""

REFUSED: dict[str, str] = {
    "wrong_sheet": "no_header", "broken_encoding": "encoding", "declares_2_gb": "unpacks_too_large",
    "zip_bomb": "unpacks_too_large", "two_far_corners": "too_many_cells", "repeated_header": "repeated_columns",
    "missing_columns": "missing_columns", "empty": "empty", "only_blanks": "empty", "only_header": "no_rows",
    "empty_workbook": "empty", "another_zip": "not_a_table", "pdf_named_xlsx": "not_a_table", "encrypted": "encrypted",
    "old_xls": "old_xls", "html_named_xls": "web_page", "cut_off": "damaged", "broken_inside": "damaged",
    "three_hundred_columns": "too_many_columns",
}  # fmt: skip
"""Files that are refused whole, and as what."""


class Read:
    """A file as the reading process reads it."""

    def __init__(self, path: Path) -> None:
        self.telling, self.out = Telling(), io.BytesIO()
        told: list[dict[str, object]] = []
        self.telling.say = lambda **said: told.extend(said["faults"])  # type: ignore[method-assign]
        self.end = prepare(path, {"departments": {}, "own_department": ""}, self.telling, self.out)
        self.faults = [(fault["line"], fault["field"], fault["rule"]) for fault in told]
        self.lines = self.out.getvalue().decode().splitlines()


def test_every_file_is_expected_to_do_something() -> None:
    assert sorted([*WORKS, *FAULTS, *REFUSED]) == sorted(BUILDERS)
    assert len(BUILDERS) >= 30


@pytest.mark.parametrize("name", WORKS)
def test_it_works(name: str, tmp_path: Path) -> None:
    read = Read(BUILDERS[name](tmp_path))

    assert read.faults == []
    assert (read.end["rows"], read.end["bad"]) == (WORKS[name], 0)
    assert [line.count("\t") for line in read.lines] == [len(STAGED) - 1] * WORKS[name]
    assert not any(ord(each) < 32 and each not in "\t\n" for each in read.out.getvalue().decode())


@pytest.mark.parametrize("name", FAULTS)
def test_good_rows_go_in_and_bad_ones_are_told(name: str, tmp_path: Path) -> None:
    read, (good, faults) = Read(BUILDERS[name](tmp_path)), FAULTS[name]

    assert sorted(read.faults) == sorted(faults)
    assert len(read.lines) == good
    assert read.end["rows"] - read.end["bad"] == good
    for _, field, rule in read.faults:
        assert column_text(str(field), "zh-CN")
        assert words("zh-CN")[f"rule.{rule}"]


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_words(name: str, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        Read(BUILDERS[name](tmp_path))

    assert refused.value.code == REFUSED[name]
    for language in ("zh-CN", "en"):
        sentence = texts(language)[f"registry.import_{refused.value.code}"].format_map(refused.value.params)
        assert "{" not in sentence


def test_merged_cells_and_foreign_columns_are_noted(tmp_path: Path) -> None:
    merged = Read(BUILDERS["merged_cells"](tmp_path)).end["notes"]
    dates = Read(BUILDERS["dates_as_text"](tmp_path)).end["notes"]

    assert {"code": "merged_cells", "words": ""} in merged
    assert {"code": "ignored_columns", "words": "成立日期"} in dates


def test_what_a_clerk_meant_is_what_goes_in(tmp_path: Path) -> None:
    spaces = Read(BUILDERS["trailing_spaces"](tmp_path)).lines[0].split("\t")
    wide = Read(BUILDERS["full_width"](tmp_path)).lines[0].split("\t")
    floats = Read(BUILDERS["codes_as_floats"](tmp_path)).lines[0].split("\t")

    assert spaces[1:4] == wide[1:4] == ["临江县第1饭店", "enterprise", wide[3]]
    assert (floats[3], floats[4], floats[9]) == ("\\N", "510198000012345", "6210")

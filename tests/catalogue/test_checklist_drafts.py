"""A draft's mistakes on the vectors that the editor's twin is held to as well, and what only the server judges."""

import json
from pathlib import Path
from typing import Any

import pytest

from palmcheck.catalogue.checklist_drafts import draft_mistakes

FILE = Path(__file__).parents[2] / "schemas" / "vectors" / "checklist_mistakes.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_draft_has_the_mistakes_that_the_vector_names(case: dict[str, Any]) -> None:
    assert [{"key": each.key, "rule": each.rule} for each in draft_mistakes(case["content"])] == case["mistakes"]


@pytest.mark.parametrize("content", [None, [], {}, {"sections": 1}, {"sections": [None]}, {"title": {"zh-CN": 1}}])
def test_whatever_it_is_it_is_told_and_never_raised_over(content: object) -> None:
    assert draft_mistakes(content) != []


def test_what_has_another_shape_is_told_at_its_question() -> None:
    good = next(case["content"] for case in CASES if case["name"] == "a good form")
    bad = json.loads(json.dumps(good))
    bad["sections"][0]["questions"][1]["required"] = "perhaps"
    (told,) = draft_mistakes(bad)
    assert (told.key, told.rule) == ("mode", "shape")

"""The published schema: as generated, and of one mind with the structs."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from palmcheck.catalogue.checklist_language import Checklist
from palmcheck.catalogue.checklist_schema import checklist_schema
from palmcheck.catalogue.checklists import shipped_checklist

SCHEMAS = Path(__file__).parents[2] / "schemas"
SCHEMA = checklist_schema()
SHIPPED: dict[str, Any] = json.loads(msgspec.json.encode(shipped_checklist("CL-01")))


def accepted(form: object) -> tuple[bool, bool]:
    """By the schema, by the structs."""
    try:
        msgspec.convert(form, Checklist)
    except msgspec.ValidationError:
        return jsonschema.Draft202012Validator(SCHEMA).is_valid(form), False
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(form), True


def test_the_file_is_byte_for_byte_the_command_s_output() -> None:
    written = (SCHEMAS / "checklist.schema.json").read_text("utf-8")
    assert written == json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n", "run the module's command"


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", json.loads((SCHEMAS / "vectors" / "checklist.json").read_text("utf-8"))["checklists"])
def test_it_takes_the_checklists_of_the_vectors(name: str) -> None:
    vectors = json.loads((SCHEMAS / "vectors" / "checklist.json").read_text("utf-8"))
    assert accepted(vectors["checklists"][name]) == (True, True)


def test_it_takes_what_is_shipped() -> None:
    assert accepted(SHIPPED) == (True, True)


@pytest.mark.parametrize(
    "change",
    [
        {"show_when": {"all": [{"not": {"target": "kind", "is": "enterprise"}}]}},
        {"show_when": {"question": "a", "is": "b", "any": []}},
        {"show_when": {}},
        {"show_when": {"target": "kind", "is": 3}},
        {"show_when": {"target": "kind"}},
        {"kind": "map"},
        {"options": []},
        {"key": "Upper"},
        {"law": [{"title": "《示例法》"}]},
        {"when_no": "fine"},
        {"required": 1},
    ],
)
def test_schema_and_structs_agree(change: dict[str, Any]) -> None:
    section = {**SHIPPED["sections"][0], "questions": [{**SHIPPED["sections"][0]["questions"][0], **change}]}
    by_schema, by_structs = accepted({**SHIPPED, "sections": [section]})
    assert by_schema == by_structs == (change["show_when"].get("all") is not None if "show_when" in change else False)

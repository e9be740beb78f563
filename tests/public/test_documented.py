"""What the OpenAPI document says of the public API: each answer has an example, and each example keeps its shape."""

import json
from typing import Any

import jsonschema
import pytest

from palmcheck.contract import SCHEMAS

DOCUMENT: dict[str, Any] = json.loads((SCHEMAS / "openapi.json").read_text("utf-8"))
PATHS = [path for path in DOCUMENT["paths"] if path.startswith("/api/public/")]


@pytest.mark.parametrize("path", PATHS)
def test_an_example_says_what_its_schema_says(path: str) -> None:
    operation = DOCUMENT["paths"][path]["get"]
    answer = operation["responses"]["200"]["content"]["application/json"]
    shown = [example["value"] for example in answer["examples"].values()]
    assert shown
    for value in shown:
        jsonschema.validate(value, {**answer["schema"], "components": DOCUMENT["components"]})


@pytest.mark.parametrize("path", PATHS)
def test_a_list_pages_by_a_cursor(path: str) -> None:
    operation = DOCUMENT["paths"][path]["get"]
    if path.endswith(("{id}", "/figures")):
        return
    assert "cursor" in {each["name"] for each in operation["parameters"]}

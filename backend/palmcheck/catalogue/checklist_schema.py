"""The JSON Schema of the checklist language, made from its structs.

`python -m palmcheck.catalogue.checklist_schema > schemas/checklist.schema.json` writes it anew; a test compares.
"""

import inspect
import json
from typing import Any

import msgspec

from palmcheck.catalogue.checklist_language import Checklist

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def checklist_schema() -> dict[str, Any]:
    """The schema of a whole checklist, JSON Schema 2020-12. What spans several questions is `check_checklist`'s."""
    (root,), components = msgspec.json.schema_components([Checklist], ref_template="#/$defs/{name}")
    components["Condition"] = condition_schema(components["Condition"])
    for component in components.values():
        component["description"] = inspect.cleandoc(component["description"])
    return {"$schema": DIALECT, "$id": "urn:palmcheck:checklist:v1", **root, "$defs": dict(sorted(components.items()))}


def condition_schema(flat: dict[str, Any]) -> dict[str, Any]:
    """The five forms of a condition, where the struct has five groups of optional fields."""
    fields = flat["properties"]
    forms = [("question", "is"), ("target", "is"), ("all",), ("any",), ("not",)]
    return {
        "title": flat["title"],
        "description": flat["description"],
        "oneOf": [
            {
                "type": "object",
                "properties": {
                    name: {"type": "string"} if form[0] == "target" and name == "is" else fields[name] for name in form
                },
                "required": list(form),
                "additionalProperties": False,
            }
            for form in forms
        ],
    }


if __name__ == "__main__":
    print(json.dumps(checklist_schema(), ensure_ascii=False, indent=2))

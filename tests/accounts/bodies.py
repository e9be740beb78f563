"""A body that fits for any route, made from the contract, so that a refusal is about the row and not about the form."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from palmcheck.kernel.ids import new_id

Json = dict[str, Any]
BY_FIELD = {
    "department_id": "department",
    "check_item_id": "check_item",
    "checklist_id": "checklist",
    "part_id": "part",
    "plan_task_id": "plan_task",
    "target_id": "target",
    "from_target_id": "target",
    "into_target_id": "other_target",
}
"""Field -> the kind of row that it names."""
VALUES: Json = {
    "roles": ["inspector"],
    "scopes": ["plan.read"],
    "username": "somebody.new",
    "status": None,
    "code": "MATRIX-1",
    "industry": {"code": "6210", "name": "正餐服务"},
    "item_class": "key",
}
"""Fields whose form the contract does not say in full; `status` by its list."""


def body_of(schema: Json, contract: Json, ids: Mapping[str, UUID]) -> Any:
    """A value of a schema, the shortest that has what must be there."""
    if "$ref" in schema:
        return body_of(contract["components"]["schemas"][schema["$ref"].rpartition("/")[2]], contract, ids)
    if "oneOf" in schema:
        return body_of(schema["oneOf"][0], contract, ids)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    match schema.get("type"):
        case "object":
            named = schema.get("properties", {})
            return {name: _field(name, named[name], contract, ids) for name in schema.get("required", ())}
        case "array":
            return [body_of(schema["items"], contract, ids)] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return True
        case _:
            return _text(schema)


def _field(name: str, schema: Json, contract: Json, ids: Mapping[str, UUID]) -> Any:
    if name in BY_FIELD:
        return str(ids[BY_FIELD[name]])
    return VALUES[name] if VALUES.get(name) is not None else body_of(schema, contract, ids)


def _text(schema: Json) -> str:
    form: str = schema.get("format", "")
    match form:
        case "uuid":
            return str(new_id())
        case "date":
            return "2026-06-01"
        case "date-time":
            return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    shortest: int = schema.get("minLength", 0)
    return "样本" * max(1, (shortest + 1) // 2)

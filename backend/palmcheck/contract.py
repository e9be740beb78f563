"""The contract: schemas/openapi.json and schemas/operation.schema.json, generated from the code.

`python -m palmcheck.contract` writes them; tests/test_contract.py fails when they have drifted.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from palmcheck import openapi
from palmcheck.app import create_app
from palmcheck.field.types import SignedOperation
from palmcheck.settings import from_environment

SCHEMAS = Path(__file__).parents[2] / "schemas"


def openapi_document() -> dict[str, Any]:
    """The OpenAPI 3.1 document of the whole API."""
    settings = replace(from_environment(), database_url="postgresql://nobody@127.0.0.1/none")
    return openapi.openapi_document(create_app(settings))


def operation_schema() -> dict[str, Any]:
    """JSON Schema of a signed operation, as a phone pushes it."""
    schema = msgspec.json.schema(SignedOperation, ref_template="#/$defs/{name}")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "PalmCheck signed operation", **schema}


def documents() -> dict[str, bytes]:
    """File name in schemas/ -> its bytes."""
    made = {"openapi.json": openapi_document(), "operation.schema.json": operation_schema()}
    return {
        name: msgspec.json.format(msgspec.json.encode(each, order="sorted"), indent=2) + b"\n"
        for name, each in made.items()
    }


if __name__ == "__main__":
    for name, content in documents().items():
        (SCHEMAS / name).write_bytes(content)

"""The contract in schemas/: what the code generates, what a phone sends, what both sides compute."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from palmcheck.accounts.types import EnrolDevice
from palmcheck.catalogue.checklist_schema import checklist_schema
from palmcheck.contract import SCHEMAS, documents, operation_schema
from palmcheck.field.types import SignedOperation
from palmcheck.kernel.canonical import ZERO_SHA256, canonical_bytes, digest, sha256_hex
from palmcheck.kernel.signatures import is_signed
from tests.world.county import World

Json = dict[str, Any]
VECTORS: Json = json.loads((SCHEMAS / "vectors" / "operation.json").read_text("utf-8"))
KEY: Json = VECTORS["key"]["public"]


@pytest.mark.parametrize("name", ["openapi.json", "operation.schema.json"])
def test_the_files_are_what_the_code_generates(name: str) -> None:
    assert (SCHEMAS / name).read_bytes() == documents()[name], "run `python -m palmcheck.contract`"


def test_the_checklist_schema_is_what_the_code_generates() -> None:
    written = json.loads((SCHEMAS / "checklist.schema.json").read_text("utf-8"))

    assert written == json.loads(json.dumps(checklist_schema())), (
        "run `python -m palmcheck.catalogue.checklist_schema > schemas/checklist.schema.json`"
    )


def test_no_other_contract_lies_there_unchecked() -> None:
    assert {path.name for path in Path(SCHEMAS).glob("*.json")} == {*documents(), "checklist.schema.json"}


def formats_of(schema: object, name: str) -> set[str]:
    """The formats of every property of this name."""
    if isinstance(schema, list):
        return {found for each in schema for found in formats_of(each, name)}
    if not isinstance(schema, dict):
        return set()
    found = {found for each in schema.values() for found in formats_of(each, name)}
    here = schema.get(name)
    return found | {str(here["format"])} if isinstance(here, dict) and "format" in here else found


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("captured_at", "date-time"),
        ("entered_at", "date-time"),
        ("server_time", "date-time"),
        ("published_at", "date-time"),
        ("as_of", "date-time"),
        ("due_on", "date"),
        ("completed_on", "date"),
        ("device_id", "uuid"),
    ],
)
def test_times_dates_and_ids_say_so(name: str, format: str) -> None:
    found = formats_of(msgspec.json.decode(documents()["openapi.json"]), name)
    found |= formats_of(operation_schema(), name)

    assert found == {format}


async def test_what_a_phone_signs_fits_the_published_schema(world: World) -> None:
    phone, parts = await world.phone_with_parts()
    published = json.loads((SCHEMAS / "operation.schema.json").read_text("utf-8"))
    schema = jsonschema.Draft202012Validator(published, format_checker=jsonschema.FormatChecker())
    schema.check_schema(published)
    check_in = phone.check_in(parts[0])
    submission = phone.submission(parts[0], depends_on=[check_in["operation"]["id"]])

    assert [verdict["verdict"] for verdict in await phone.push(check_in, submission)] == ["accepted", "accepted"]
    for signed in (check_in, submission):
        assert list(schema.iter_errors(signed)) == []
    for name in ("id", "sequence", "nonce", "alg", "captured_at"):
        without = {key: value for key, value in check_in["operation"].items() if key != name}
        assert not schema.is_valid({**check_in, "operation": without}), name
    assert not schema.is_valid({**check_in, "operation": {**check_in["operation"], "kind": "part.dance"}})


@pytest.mark.parametrize("case", VECTORS["valid"], ids=lambda case: str(case["name"]))
def test_a_valid_operation_of_the_vectors_verifies(case: Json) -> None:
    data = canonical_bytes(case["operation"])

    assert data.hex() == case["canonical_hex"]
    assert sha256_hex(data) == digest(case["operation"]) == case["sha256"]
    assert is_signed(KEY, case["signature"], data)
    msgspec.convert({"operation": case["operation"], "signature": case["signature"]}, SignedOperation)


def test_the_operations_of_the_vectors_are_a_chain() -> None:
    assert VECTORS["first_previous_sha256"] == ZERO_SHA256
    previous = ZERO_SHA256
    for sequence, case in enumerate(VECTORS["valid"], start=1):
        assert (case["operation"]["sequence"], case["operation"]["previous_sha256"]) == (sequence, previous)
        previous = digest(case["operation"])


@pytest.mark.parametrize("case", VECTORS["tampered"], ids=lambda case: str(case["name"]))
def test_a_tampered_operation_of_the_vectors_does_not_verify(case: Json) -> None:
    assert not is_signed(KEY, case["signature"], canonical_bytes(case["operation"]))


def test_the_enrolment_of_the_vectors_verifies() -> None:
    assert {key: value for key, value in VECTORS["key"]["private"].items() if key != "d"} == KEY
    for case in VECTORS["enrolment"] if isinstance(VECTORS["enrolment"], list) else [VECTORS["enrolment"]]:
        assert is_signed(KEY, case.get("proof") or case["signature"], canonical_bytes(case["claim"]))
        assert set(case["claim"]) == {"purpose", "device_id", "code"}
    assert EnrolDevice.__struct_config__.forbid_unknown_fields


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {**KEY, "crv": "P-384"},
        {**KEY, "kty": "RSA"},
        {**KEY, "y": KEY["x"]},
        {**KEY, "x": KEY["x"][:-4]},
        {**KEY, "x": "!" * 43},
    ],
)
def test_a_key_that_is_none_verifies_nothing(jwk: Json) -> None:
    case = VECTORS["valid"][0]

    assert not is_signed(jwk, case["signature"], canonical_bytes(case["operation"]))

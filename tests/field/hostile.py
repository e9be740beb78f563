"""Operations that no phone of ours sends, each with the code of its refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from palmcheck.kernel.ids import new_id
from tests.world.phone import Json, Phone

MALFORMED, FIT = "field.operation_malformed", "evidence.photo_not_as_submitted"


@dataclass(frozen=True)
class Hostile:
    """`make`: the operation, from the attacker's phone and his own part. `kept`: it was signed, so its row stays."""

    name: str
    code: str
    make: Callable[[Phone, Json], Any]
    kept: bool = False


def _signed(phone: Phone, part: Json, **change: Any) -> Json:
    """A submission that is signed as it is, whatever it says."""
    return phone.submission(part, **change)


def _envelope(phone: Phone, part: Json, **change: Any) -> Json:
    return phone.operation("part.check_in", phone.check_in(part)["operation"]["body"], **change)


def _raw(phone: Phone, part: Json, **change: Any) -> Json:
    """Changed after it was signed."""
    operation = phone.check_in(part)
    operation["operation"] |= change
    return operation


def _photo(phone: Phone, part: Json, **change: Any) -> Json:
    body = phone.result(part)
    body["photos"][0] |= change
    return phone.operation("part.submit", body)


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def _signature(phone: Phone, part: Json, value: str) -> Json:
    return phone.check_in(part) | {"signature": value}


OPERATIONS = [
    Hostile("nothing", MALFORMED, lambda phone, part: {}),
    Hostile("a list in its place", MALFORMED, lambda phone, part: {"operation": [], "signature": ""}),
    Hostile("no signature", MALFORMED, lambda phone, part: {"operation": phone.check_in(part)["operation"]}),
    Hostile("more members", MALFORMED, lambda phone, part: phone.check_in(part) | {"admin": True}),
    Hostile("an unknown kind", MALFORMED, lambda phone, part: _raw(phone, part, kind="part.delete")),
    Hostile("an unknown member", MALFORMED, lambda phone, part: _raw(phone, part, roles=["auditor"])),
    Hostile("an id that is none", MALFORMED, lambda phone, part: _raw(phone, part, id="' or 1=1 --")),
    Hostile("a path as id", MALFORMED, lambda phone, part: _raw(phone, part, id="../../etc/passwd")),
    Hostile("a sequence below one", MALFORMED, lambda phone, part: _raw(phone, part, sequence=0)),
    Hostile("an endless sequence", MALFORMED, lambda phone, part: _raw(phone, part, sequence=10**17)),
    Hostile("an endless clock offset", MALFORMED, lambda phone, part: _raw(phone, part, clock_offset_ms=-(2**60))),
    Hostile("another algorithm", MALFORMED, lambda phone, part: _raw(phone, part, alg="none")),
    Hostile("another schema", MALFORMED, lambda phone, part: _raw(phone, part, schema="palmcheck/operation/v9")),
    Hostile("a time without zone", MALFORMED, lambda phone, part: _raw(phone, part, captured_at="2026-11-24T01:00:00")),
    Hostile("the year 1", MALFORMED, lambda phone, part: _raw(phone, part, captured_at="0001-01-01T00:00:00+14:00")),
    Hostile("the year 9999", MALFORMED, lambda phone, part: _signed(phone, part, left_at="9999-12-31T23:59:59.000Z")),
    Hostile("a NUL", MALFORMED, lambda phone, part: _signed(phone, part, statement="a\x00b")),
    Hostile("answers without bottom", MALFORMED, lambda phone, part: _raw(phone, part, body=_nested(200))),
    Hostile(
        "a body of another kind", MALFORMED, lambda phone, part: phone.operation("part.submit", {"part_id": part["id"]})
    ),
    Hostile(
        "dependencies without end", MALFORMED, lambda phone, part: _raw(phone, part, depends_on=[str(new_id())] * 51)
    ),
    Hostile("a photo of 21 MB", MALFORMED, lambda phone, part: _photo(phone, part, bytes=21_000_000)),
    Hostile("a photo without width", MALFORMED, lambda phone, part: _photo(phone, part, width=0)),
    Hostile("a photo that is a film", MALFORMED, lambda phone, part: _photo(phone, part, media_type="video/mp4")),
    Hostile(
        "half a megabyte of answers",
        "field.operation_too_large",
        lambda phone, part: _signed(phone, part, answers={"q": {"value": "门" * 180_000}}),
    ),
    Hostile("an empty signature", "field.signature_invalid", lambda phone, part: _signature(phone, part, "")),
    Hostile("a signature of noughts", "field.signature_invalid", lambda phone, part: _signature(phone, part, "A" * 86)),
    Hostile("a signature in words", "field.signature_invalid", lambda phone, part: _signature(phone, part, "签" * 40)),
    Hostile(
        "changed after it was signed",
        "field.signature_invalid",
        lambda phone, part: _raw(phone, part, captured_at="2026-01-01T00:00:00.000Z"),
    ),
    Hostile(
        "of another device",
        "field.operation_foreign",
        lambda phone, part: _envelope(phone, part, device_id=str(new_id())),
    ),
    Hostile(
        "of another account",
        "field.operation_foreign",
        lambda phone, part: _envelope(phone, part, account_id=str(new_id())),
    ),
    Hostile(
        "a nonce of its own making",
        "field.nonce_invalid",
        lambda phone, part: _envelope(phone, part, nonce="AAAA"),
        True,
    ),
    Hostile(
        "one photo in two places",
        "evidence.photo_named_twice",
        lambda phone, part: _signed(phone, part, more_photos=phone.result(part)["photos"] * 2),
        True,
    ),
    Hostile(
        "a copy of a photo that is not there",
        "inspections.copy_of_nothing",
        lambda phone, part: _photo(phone, part, annotates=str(new_id())),
        True,
    ),
    Hostile(
        "a part that is nowhere",
        "inspections.part_not_yours",
        lambda phone, part: _signed(phone, part, part_id=str(new_id())),
        True,
    ),
]

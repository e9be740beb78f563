"""tus headers: what is read out of them, and what every malformed one is told."""

import base64
import contextlib
import hashlib
import subprocess
import sys
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palmcheck.evidence import tus_protocol
from palmcheck.evidence.problems import (
    ContentTypeWrong,
    HeaderInvalid,
    MetadataInvalid,
    PhotoTooLarge,
    PhotoTypeNotTaken,
    VersionUnsupported,
)
from palmcheck.evidence.types import Piece
from palmcheck.kernel.problems import Problem

ID = "0199d1f0-0000-7000-8000-0000000000a1"
PART = "0199d1f0-0000-7000-8000-0000000000b2"
KEYS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters=","), min_size=1)
VALUES = st.text(st.characters(exclude_categories=["Cs"]))
HEADER_TEXT = st.text(st.characters(max_codepoint=0xFF))


def encoded(fields: dict[str, str]) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in fields.items())


def announcement(length: str = "300000", **change: str) -> dict[str, str]:
    fields = {"id": ID, "part_id": PART, "sha256": "0f" * 32, "filetype": "image/jpeg", "filename": "a.jpg"}
    return {"upload-length": length, "upload-metadata": encoded(fields | change)}


def piece_headers(**change: str) -> dict[str, str]:
    headers = {"content-type": "application/offset+octet-stream", "upload-offset": "0", "content-length": "5"}
    return headers | {key.replace("_", "-"): value for key, value in change.items()}


@given(fields=st.dictionaries(KEYS, VALUES))
def test_metadata_comes_back_as_it_was_written(fields: dict[str, str]) -> None:
    assert tus_protocol.parse_metadata(encoded(fields)) == fields


def test_spaces_around_pairs_and_keys_without_value_are_the_protocols() -> None:
    assert tus_protocol.parse_metadata("is_confidential,name YS5qcGc=") == {"is_confidential": "", "name": "a.jpg"}
    assert tus_protocol.parse_metadata("a YQ==, b Yg==") == {"a": "a", "b": "b"}
    assert tus_protocol.parse_metadata("") == {}


@given(text=HEADER_TEXT)
def test_any_text_is_metadata_or_a_problem(text: str) -> None:
    with contextlib.suppress(MetadataInvalid):
        assert all(isinstance(value, str) for value in tus_protocol.parse_metadata(text).values())


@pytest.mark.parametrize("text", ["a YQ==,a YQ==", "a YQ==,", " ", "naïve YQ==", "a YQ", "a Y Q==", "a _w==", "a /w=="])
def test_malformed_metadata_is_refused(text: str) -> None:
    with pytest.raises(MetadataInvalid):
        tus_protocol.parse_metadata(text)


def test_an_announcement_is_read() -> None:
    new = tus_protocol.new_upload(announcement())
    assert (new.id, new.part_id, new.length) == (UUID(ID), UUID(PART), 300_000)
    assert (new.sha256, new.media_type, new.filename) == ("0f" * 32, "image/jpeg", "a.jpg")


@given(change=st.dictionaries(st.sampled_from(["filename", "note"]), st.text("abc照片", max_size=9)))
def test_the_same_announcement_has_the_same_digest_and_any_other_another(change: dict[str, str]) -> None:
    plain, changed = announcement(), announcement(**change)
    same = tus_protocol.parse_metadata(plain["upload-metadata"]) == tus_protocol.parse_metadata(
        changed["upload-metadata"]
    )
    digests = {tus_protocol.new_upload(each).request_sha256 for each in (plain, changed)}
    assert len(digests) == (1 if same else 2)


def test_the_length_belongs_to_the_digest() -> None:
    digests = {tus_protocol.new_upload(announcement(length)).request_sha256 for length in ("1", "2", "1")}
    assert len(digests) == 2


@pytest.mark.parametrize("length", ["1", "20000000"])
def test_lengths_up_to_20_megabytes_are_taken(length: str) -> None:
    assert tus_protocol.new_upload(announcement(length)).length == int(length)


@pytest.mark.parametrize(
    ("headers", "problem", "field"),
    [
        ({"upload-metadata": announcement()["upload-metadata"]}, HeaderInvalid, "Upload-Length"),
        (announcement("0"), HeaderInvalid, "Upload-Length"),
        (announcement("-1"), HeaderInvalid, "Upload-Length"),
        (announcement("+5"), HeaderInvalid, "Upload-Length"),
        (announcement("1_000"), HeaderInvalid, "Upload-Length"),
        (announcement("1" * 16), HeaderInvalid, "Upload-Length"),
        (announcement("20000001"), PhotoTooLarge, "Upload-Length"),
        (announcement(filetype="image/svg+xml"), PhotoTypeNotTaken, "filetype"),
        (announcement(filetype=""), PhotoTypeNotTaken, "filetype"),
        (announcement(sha256="0F" * 32), MetadataInvalid, "sha256"),
        (announcement(sha256="0f" * 31), MetadataInvalid, "sha256"),
        (announcement(sha256="0f" * 32 + "\n"), MetadataInvalid, "sha256"),
        (announcement(id="1"), MetadataInvalid, "id"),
        (announcement(id=ID.upper()), MetadataInvalid, "id"),
        (announcement(part_id="{" + PART + "}"), MetadataInvalid, "part_id"),
        (announcement(filename="a\0b"), MetadataInvalid, "filename"),
        (announcement(filename="a" * 256), MetadataInvalid, "filename"),
        ({"upload-length": "5"}, PhotoTypeNotTaken, "filetype"),
    ],
)
def test_what_cannot_be_a_photo_is_told_why(headers: dict[str, str], problem: type[Problem], field: str) -> None:
    with pytest.raises(problem) as refused:
        tus_protocol.new_upload(headers)
    assert refused.value.field == field


@given(text=HEADER_TEXT, length=HEADER_TEXT)
def test_random_text_is_no_announcement_and_is_told_so(text: str, length: str) -> None:
    with pytest.raises(Problem) as refused:
        tus_protocol.new_upload({"upload-metadata": text, "upload-length": length})
    assert refused.value.status in {400, 413, 422}


@given(content=st.binary(max_size=99), algorithm=st.sampled_from(["sha256", "sha1"]))
def test_a_checksum_fits_its_own_bytes_and_no_others(content: bytes, algorithm: str) -> None:
    value = hashlib.new(algorithm, content).digest()
    checksum = tus_protocol.parse_checksum(f"{algorithm} {base64.b64encode(value).decode()}")
    hasher = checksum.hasher()
    hasher.update(content)
    assert hasher.digest() == checksum.digest
    hasher.update(b"more")
    assert hasher.digest() != checksum.digest


@given(text=HEADER_TEXT)
def test_random_text_is_no_checksum_and_is_told_so(text: str) -> None:
    with pytest.raises(HeaderInvalid) as refused:
        tus_protocol.parse_checksum(text)
    assert refused.value.field == "Upload-Checksum"


@pytest.mark.parametrize(
    "text", ["md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha256 YQ==", "sha256", "sha1 !", "SHA1 " + "A" * 28]
)
def test_checksums_that_we_do_not_offer_are_refused(text: str) -> None:
    with pytest.raises(HeaderInvalid):
        tus_protocol.parse_checksum(text)


def test_a_piece_is_read_and_may_keep_silent_about_its_length() -> None:
    assert tus_protocol.piece(piece_headers()) == Piece(0, 5, None)
    chunked = {key: value for key, value in piece_headers(upload_offset="7").items() if key != "content-length"}
    assert tus_protocol.piece(chunked) == Piece(7, None, None)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"content_type": "application/octet-stream"}, ContentTypeWrong),
        ({"content_type": ""}, ContentTypeWrong),
        ({"upload_offset": ""}, HeaderInvalid),
        ({"upload_offset": "-1"}, HeaderInvalid),
        ({"upload_offset": "٣"}, HeaderInvalid),
        ({"content_length": "x"}, HeaderInvalid),
        ({"upload_checksum": ""}, HeaderInvalid),
    ],
)
def test_a_piece_that_is_none_is_refused(change: dict[str, str], problem: type[Problem]) -> None:
    with pytest.raises(problem):
        tus_protocol.piece(piece_headers(**change))


@pytest.mark.parametrize("headers", [{}, {"tus-resumable": "0.2.2"}, {"tus-resumable": "1.0.0 "}])
def test_only_our_version_is_spoken(headers: dict[str, Any]) -> None:
    with pytest.raises(VersionUnsupported):
        tus_protocol.check_version(headers)
    tus_protocol.check_version({"tus-resumable": "1.0.0"})


def test_the_protocol_stands_without_framework_and_database() -> None:
    program = (
        "import sys, palmcheck.evidence.tus_protocol\n"
        "assert not {'litestar', 'sqlalchemy', 'asyncpg'} & set(sys.modules), 'not pure'"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": ":".join(sys.path)})

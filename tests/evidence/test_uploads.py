"""Photos by tus 1.0 over real sockets: what is kept, what is refused, and what becomes of the part."""

from typing import Any

import httpx
import pytest

from palmcheck.kernel.ids import new_id
from tests.evidence.visits import TUS, UPLOADS, Visits, photo_of, piece_headers


def assert_problem(answer: httpx.Response, status: int, code: str, **members: Any) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert {key: answer.json().get(key) for key in members} == members


async def test_the_server_says_what_it_speaks_to_anybody(visits: Visits) -> None:
    async with httpx.AsyncClient(base_url=visits.url) as nobody:
        answer = await nobody.options(UPLOADS)
        there = await nobody.options(f"{UPLOADS}/{new_id()}")
    assert answer.status_code == there.status_code == 204
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation,creation-with-upload,checksum,expiration,termination"
    assert answer.headers["tus-max-size"] == "20000000"
    assert answer.headers["tus-checksum-algorithm"] == "sha256,sha1"


async def test_a_photo_in_three_pieces_is_complete_with_the_last(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    created = await phone.announce(photo)
    assert (created.status_code, created.headers["location"]) == (201, photo.path)
    assert created.headers["upload-offset"] == "0"
    for start, end in ((0, 1000), (1000, 2999), (2999, 3000)):
        answer = await phone.send(photo, start, end)
        assert (answer.status_code, answer.headers["upload-offset"]) == (204, str(end))
        assert answer.headers["tus-resumable"] == "1.0.0"
    asked = await phone.http.head(photo.path, headers=TUS)
    assert (asked.headers["upload-offset"], asked.headers["upload-length"]) == ("3000", "3000")
    assert asked.headers["cache-control"] == "no-store"
    assert await visits.trail(phone) == ["evidence.upload_created", "evidence.upload_completed"]


async def test_both_checksum_algorithms_and_none_are_taken(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 900)
    await phone.announce(photo)
    for offset, algorithm in ((0, "sha1"), (300, "sha256"), (600, None)):
        body = photo.content[offset : offset + 300]
        headers = piece_headers(offset, body, algorithm) if algorithm else piece_headers(offset)
        answer = await phone.http.patch(photo.path, headers=headers, content=body)
        assert answer.status_code == 204
    assert await phone.offset(photo) == 900


async def test_a_repeated_announcement_answers_the_same_and_says_how_much_is_in(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await phone.send(photo, 0, 1200)
    again = await phone.announce(photo)
    assert (again.status_code, again.headers["location"]) == (201, photo.path)
    assert again.headers["upload-offset"] == "1200"
    await phone.send(photo, 1200)
    assert (await phone.announce(photo)).headers["upload-offset"] == "3000"
    assert await visits.trail(phone) == ["evidence.upload_created", "evidence.upload_completed"]


async def test_an_id_stands_for_one_content_of_one_account(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    assert_problem(await phone.announce(photo, filename="other.jpg"), 409, "id_reuse", field="id")


async def test_a_partner_may_add_a_photo_but_not_touch_the_others(visits: Visits) -> None:
    lead = await visits.phone()
    partner = await visits.phone(jurisdiction_id=lead.actor.jurisdiction_id)
    photo = photo_of(await visits.part(lead, partner))
    await lead.announce(photo)
    assert_problem(await partner.announce(photo), 409, "id_reuse")
    assert_problem(await partner.send(photo, 0, 10), 404, "not_found")
    assert_problem(await partner.http.delete(photo.path, headers=TUS), 404, "not_found")
    assert (await partner.http.head(photo.path, headers=TUS)).status_code == 404
    assert (await partner.announce(photo_of(photo.part_id))).status_code == 201
    assert await lead.offset(photo) == 0


async def test_the_same_id_in_two_jurisdictions_is_two_photos(visits: Visits) -> None:
    """Phones mint the ids: whoever learns one must not write over its bytes from elsewhere."""
    one, other = await visits.phone(), await visits.phone()
    mine = photo_of(await visits.part(one))
    theirs = photo_of(await visits.part(other), id=mine.id)
    await one.announce(mine)
    await one.send(mine, 0, 2000)
    await other.announce(theirs)
    assert (await other.send(theirs, 0, 100)).status_code == 204
    assert await one.offset(mine) == 2000
    assert (await one.send(mine, 2000)).status_code == 204


async def test_only_officers_of_the_part_may_add_photos(visits: Visits) -> None:
    lead, stranger = await visits.phone(), await visits.phone()
    part_id = await visits.part(lead)
    colleague = await visits.phone(jurisdiction_id=lead.actor.jurisdiction_id)
    for each in (stranger, colleague):
        assert_problem(await each.announce(photo_of(part_id)), 403, "evidence.part_not_yours", rule="R11")


async def test_only_inspectors_on_their_phone_are_let_in(visits: Visits) -> None:
    photo = photo_of(new_id())
    async with httpx.AsyncClient(base_url=visits.url) as nobody:
        answer = await nobody.post(UPLOADS, headers=photo.announcement())
    assert_problem(answer, 401, "accounts.signed_out")
    lead = await visits.phone(roles=("team_lead",))
    assert_problem(await lead.announce(photo), 403, "accounts.not_allowed")
    desk = await visits.phone(on_device=False)
    assert_problem(await desk.announce(photo), 403, "accounts.device_needed")


async def test_a_piece_that_does_not_continue_is_told_where_it_stands(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await phone.send(photo, 0, 1000)
    for start in (0, 999, 1001):
        answer = await phone.send(photo, start, start + 10)
        assert_problem(answer, 409, "evidence.offset_mismatch", params={"offset": "1000"})
    await phone.send(photo, 1000)
    assert_problem(await phone.send(photo, 1000), 409, "evidence.offset_mismatch")
    nothing_more = await phone.send(photo, 3000)
    assert (nothing_more.status_code, nothing_more.headers["upload-offset"]) == (204, "3000")


async def test_a_refused_sender_of_a_large_piece_hears_why(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 900_000)
    await phone.announce(photo)
    for _ in range(10):
        headers = piece_headers(1, photo.content[1:])
        answer = await phone.http.patch(photo.path, headers=headers, content=photo.content[1:])
        assert_problem(answer, 409, "evidence.offset_mismatch")


async def test_a_damaged_piece_leaves_the_photo_as_it_was(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await phone.send(photo, 0, 1000)
    headers = piece_headers(1000, photo.content[1000:2000])
    answer = await phone.http.patch(photo.path, headers=headers, content=photo.content[1001:2001])
    assert_problem(answer, 460, "evidence.checksum_mismatch", field="Upload-Checksum")
    assert await phone.offset(photo) == 1000
    assert (await phone.send(photo, 1000)).status_code == 204


async def test_a_photo_that_is_not_the_announced_one_is_deleted_and_may_come_again(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    damaged = photo.content[:-1] + bytes([photo.content[-1] ^ 1])
    answer = await phone.http.patch(photo.path, headers=piece_headers(0), content=damaged)
    assert_problem(answer, 460, "evidence.checksum_mismatch", field="sha256")
    assert (await phone.http.head(photo.path, headers=TUS)).status_code == 410
    assert_problem(await phone.send(photo), 410, "evidence.upload_gone")
    again = await phone.announce(photo)
    assert (again.status_code, again.headers["upload-offset"]) == (201, "0")
    assert (await phone.send(photo)).status_code == 204
    assert await visits.trail(phone) == [
        "evidence.upload_created",
        "evidence.upload_terminated",
        "evidence.upload_reopened",
        "evidence.upload_completed",
    ]


@pytest.mark.parametrize("chunked", [False, True])
async def test_more_bytes_than_announced_are_refused_and_none_of_them_kept(visits: Visits, chunked: bool) -> None:
    async def in_chunks(body: bytes) -> Any:
        yield body[:50]
        yield body[50:]

    phone = await visits.phone()
    photo = photo_of(await visits.part(phone), 1000)
    await phone.announce(photo)
    await phone.send(photo, 0, 940)
    body = bytes(61)
    content: Any = in_chunks(body) if chunked else body
    answer = await phone.http.patch(photo.path, headers=piece_headers(940), content=content)
    assert_problem(answer, 413, "evidence.past_the_end", params={"length": "1000"})
    assert await phone.offset(photo) == 940


async def test_what_the_protocol_does_not_allow_is_refused(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    old = photo.announcement() | {"Tus-Resumable": "0.2.2"}
    answer = await phone.http.post(UPLOADS, headers=old)
    assert_problem(answer, 412, "evidence.version_unsupported")
    assert answer.headers["tus-version"] == "1.0.0"
    large = photo.announcement() | {"Upload-Length": "20000001"}
    assert_problem(await phone.http.post(UPLOADS, headers=large), 413, "evidence.photo_too_large")
    await phone.announce(photo)
    for method in ("HEAD", "PATCH", "DELETE"):
        assert (await phone.http.request(method, photo.path)).status_code == 412
    wrong = piece_headers(0) | {"Content-Type": "image/jpeg"}
    answer = await phone.http.patch(photo.path, headers=wrong, content=photo.content)
    assert_problem(answer, 415, "evidence.content_type_wrong")
    assert await phone.offset(photo) == 0


async def test_an_incomplete_upload_can_be_given_up(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await phone.send(photo, 0, 500)
    assert (await phone.http.delete(photo.path, headers=TUS)).status_code == 204
    assert (await phone.http.head(photo.path, headers=TUS)).status_code == 410
    assert_problem(await phone.http.delete(photo.path, headers=TUS), 410, "evidence.upload_gone")
    assert await visits.trail(phone) == ["evidence.upload_created", "evidence.upload_terminated"]
    assert (await phone.announce(photo)).headers["upload-offset"] == "0"


async def test_a_complete_photo_is_evidence_and_stays(visits: Visits) -> None:
    phone = await visits.phone()
    photo = photo_of(await visits.part(phone))
    await phone.announce(photo)
    await phone.send(photo)
    assert_problem(await phone.http.delete(photo.path, headers=TUS), 409, "evidence.upload_complete", rule="R15")
    assert await phone.offset(photo) == 3000


async def test_an_unknown_upload_is_not_found(visits: Visits) -> None:
    phone = await visits.phone()
    assert_problem(await phone.send(photo_of(new_id())), 404, "not_found")
    assert (await phone.http.head(f"{UPLOADS}/x", headers=TUS)).status_code == 404
